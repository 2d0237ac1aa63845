import { expect, test } from "vitest";
import {
  implementationPatterns,
  patternFigures,
} from "../../../src/analysis/implementation-patterns.ts";
import { toldP95 } from "../../../src/analysis/measure/settings.ts";
import { firstSteps, ganttOf } from "../../../src/analysis/patterns/first-steps.ts";
import { analysed, inputOf, SHOP } from "./analysed.ts";

const shop = analysed(SHOP);
const [figures] = patternFigures([shop]);

const expected = (workers: number) =>
  Object.fromEntries(
    (figures?.simulated ?? [])
      .filter((each) => each.workers === workers)
      .map((each) => [each.pattern, each.expected]),
  );

test("expected minutes of each pattern, by hand", () => {
  // one worker: all work one after the other, 240 minutes of tasks and 10 of verification
  expect(new Set(Object.values(expected(1)))).toEqual(new Set([250]));
  // dag: 1.3, 1.4, VERIFY 1 are the longest chain; phases: 130, then 60 as 2.2 and 2.3 write one file
  expect(expected(3)).toEqual({
    independent: 90,
    dag: 130,
    batched: 190,
    pipeline: 130,
    phases: 190,
    waves: 150,
  });
});

test("the same plans give the same figures", () => {
  expect(patternFigures([shop])).toEqual([figures]);
  expect(figures?.replications).toBe(200);
});

test("first steps, drawn", () => {
  const steps = firstSteps(shop, "phases", { workers: 3, most: 3 });
  expect(steps).toEqual([
    { key: "1.1", start: 0, end: 10 },
    { key: "1.3", start: 0, end: 60 },
    { key: "1.2", start: 10, end: 30 },
  ]);
  expect(ganttOf(steps)).toBe(
    [
      `1.1    0-10  ${"=".repeat(8)}`,
      `1.3    0-60  ${"=".repeat(48)}`,
      `1.2   10-30  ${" ".repeat(8)}${"=".repeat(16)}`,
    ].join("\n"),
  );
});

test("the finding names what barriers cost, and a plan without tasks is a gap", () => {
  const empty = analysed("# Nothing\n", "docs/plans/none.md");
  const finding = implementationPatterns(inputOf(shop, empty));
  expect(finding.sections.map(({ id }) => id)).toEqual([
    "comparison-shop",
    "tradeoffs-shop",
    "examples-shop",
  ]);
  expect(finding.gaps).toEqual(["docs/plans/none.md has no tasks."]);
  expect(finding.summary[1]?.text).toContain("barriers between phases cost");
});

test("the slowest twentieth of few replications is not told", () => {
  expect(toldP95(12.34, 20)).toBe(12.3);
  expect(toldP95(12.34, 19)).toBeNull();
  const tasks = Array.from({ length: 3_000 }, (_, at) => `- [ ] 1.${at + 1} Do it`);
  const large = implementationPatterns(
    inputOf(analysed(`# Plan\n\n## Phase 1: A\n\n${tasks.join("\n")}\n`)),
  );
  expect(large.summary.map(({ text }) => text).join("\n")).not.toContain("P95");
});
