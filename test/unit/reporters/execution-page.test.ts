import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { RecordedEvent } from "../../../src/core/event.ts";
import { executionOf } from "../../../src/history/execution/record-execution.ts";
import { executionPage } from "../../../src/reporters/execution/page/execution-page.ts";
import {
  advanced,
  begins,
  CROWDED,
  HALF_WAY,
  plannedTask,
  QUESTION,
  recordedRun,
  startedRun,
  WHOLE,
} from "../history/execution-runs.ts";

function pageOf(records: readonly RecordedEvent[]): string {
  const history = executionOf(records);
  if (!history) throw new Error("The events begin no run of plans.");
  return executionPage(history);
}

test("the same events give the same page, with every task, attempt, batch and word in it", () => {
  const page = pageOf(WHOLE);
  expect(pageOf(WHOLE)).toBe(page);
  for (const words of [
    "7 tasks on 2 workers: planned 6 m 30 s, took 7 m 51 s.",
    "2.2 Give a tool back; attempt 1: waits for a person; from 4 m 42 s for 38.0 s",
    "1.3 Names without blanks; attempt 1: an agent at work, worker 2; from 1 m 51 s for 39.0 s; came to nothing: tests did not pass.",
    "2.3 List what is overdue; planned from 5 m 30 s for 1 m; done",
    "Batch 4: 2.1, 2.2; 2 landed; from 5 m 32 s for 9.0 s",
    "waited for VERIFY 1",
    "<td>mara</td><td>allow</td>",
  ])
    expect(page).toContain(words);
});

test("a page of a run that goes on ends with its last event, and says how to answer", () => {
  const page = pageOf(HALF_WAY);
  expect(page).toContain("goes on; shown until 2026-03-02T09:04:42Z.");
  expect(page).toContain("<code>wavegate task run-plan-4t7m2c9q 2.2 --allow</code>");
});

test("bars as planned have a scale of their own where the run was far shorter, and it is said", () => {
  expect(pageOf(CROWDED)).toContain(
    "Planned bars are on a scale of their own, 1 h 30 m as long as the run took.",
  );
  expect(pageOf(WHOLE)).not.toContain("scale of their own");
});

test("nothing is loaded or sent, only its own script runs, and text of others is text", () => {
  const bad = `</title><script>alert(1)</script>\u202E"'&`;
  const page = pageOf(
    recordedRun([
      [0, startedRun([plannedTask("1", { title: bad, phase: bad }), plannedTask(bad)])],
      [0, begins("1")],
      [1, advanced("1", "asked", "blocked", { question: { ...QUESTION, message: bad } })],
    ]),
  );
  expect(page).not.toContain("alert(1)</script>");
  expect(page).not.toContain("\u202E");
  expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = ""]) => text);
  expect(scripts).toHaveLength(1);
  const digest = createHash("sha256")
    .update(scripts[0] ?? "")
    .digest("base64");
  expect(page).toContain(`script-src 'sha256-${digest}'`);
});
