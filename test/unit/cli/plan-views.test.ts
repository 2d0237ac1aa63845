/** `show`, `why`, `trace` and `watch` of a run that carries out plans, as people and programs use them. */
import { expect, test } from "vitest";
import { planWorld } from "../workflows/plan-world.ts";
import { createHarness } from "./harness.ts";

const FILE = "docs/plans/core.md";
const PLAN = `# Implementation Plan: Core

## Phase 1: Base

- [ ] 1.1 Write the reader
- [ ] 1.2 Write the writer (depends on 1.1)
`;

/** 1.1 changes what a person has to look at first. */
function project(brought: string[] = []) {
  const world = planWorld({
    plans: { [FILE]: PLAN },
    deeds: { "1.1": (tree) => void tree.set("a.txt", "x").set(".github/workflows/ci.yml", "y") },
  });
  const harness = createHarness(undefined, {
    variables: {},
    branch: undefined,
    changes: async function* () {},
    world,
  });
  harness.hooks.brought = brought;
  harness.disk.set(FILE, PLAN);
  harness.disk.set("wavegate.config.yaml", "execution:\n  retries: 0\n");
  return (...args: readonly string[]) => harness.run(args);
}

test("a run that asks: show has every answer, why says what waits for it, and the run's end tells the same", async () => {
  const brought: string[] = [];
  const run = project(brought);
  const asked = await run("run", "core", "--agent", "coder", "--progress");
  expect(asked.code).toBe(4);
  expect(asked.stdout).toContain("[PROGRESS] task=1.1 status=started\n");
  expect(asked.stdout).toContain("[PROGRESS] task=1.1 status=blocked\n");
  const shown = (await run("show", "latest")).stdout;
  for (const answer of ["allow", "retry", "refuse", "skip"])
    expect(shown).toMatch(new RegExp(`wavegate task run1-\\S+ 1\\.1 --${answer}\n`));
  expect((await run("why", "latest")).stdout).toContain("1.2  it waits for 1.1");
  const why = (await run("why", "latest", "1.1")).stdout;
  expect(why).toContain("attempt 1 by coder  asked");
  expect(why).toContain(".github/workflows/ci.yml");
  // Whoever looks at it has it, wherever it was made.
  expect(brought).toEqual([expect.stringMatching(/^[0-9a-f]{40}$/)]);
  expect(why).toContain(brought.join().slice(0, 12));
  expect(JSON.parse((await run("why", "latest", "1.2", "--json")).stdout)).toMatchObject({
    task: { status: "open" },
    reason: { kind: "stuck", on: "1.1" },
  });
  expect(await run("why", "latest", "1.3")).toMatchObject({ code: 2 });
});

test("a run that ended: its page, its trace by workers, its events as they are stored", async () => {
  const run = project();
  await run("run", "core", "--agent", "coder");
  // `latest` may change meanwhile: the command that is shown names the run.
  const [, id = ""] =
    /wavegate task (\S+) 1\.1 --allow/.exec((await run("show", "latest")).stdout) ?? [];
  expect((await run("task", id, "1.1", "--allow")).code).toBe(0);
  const page = await run("trace", "latest", "--format", "html");
  expect(page).toMatchObject({ code: 0, stderr: "" });
  expect(page.stdout).toMatch(/^<!doctype html>[\s\S]*planned against actual[\s\S]*<\/html>\n/);
  expect((await run("trace", "latest")).stdout).toContain(`"worker 1"`);
  const report: unknown = JSON.parse((await run("show", "latest", "--json")).stdout);
  expect(report).toMatchObject({ execution: { figures: { counts: { done: 2 } }, asks: [] } });
  const markers = (await run("watch", "latest", "--progress")).stdout;
  expect(markers).toContain("[PROGRESS] summary completed=2 pending=0 failed=0");
});
