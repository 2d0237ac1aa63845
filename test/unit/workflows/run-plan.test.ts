/** Whole runs of plans in memory: what lands, what is asked, what is tried again, and that a kill changes none of it. */
import { expect, test } from "vitest";
import { eventsOf, ofType, planWorld, started, storyOf } from "./plan-world.ts";

const CORE = `# Implementation Plan: Core

## Phase 1: Base

- [x] 1.1 Lay the ground
- [ ] 1.2 Write the reader
  - Files: \`reader.txt\`
- [ ] 1.3 Write the writer (depends on 1.2)

**VERIFY Phase 1**:
- [ ] The reader reads

## Phase 2: More

- [ ] 2.1 Join them
`;

test("runs to its end: commits, boxes, evidence", async () => {
  const world = planWorld({
    plans: { "docs/plans/core.md": CORE },
    deeds: { "1.2": (tree) => void tree.set("reader.txt", "x") },
  });
  const engine = await started(world);
  const record = await engine.settled("run-1");
  expect(record).toMatchObject({ status: "completed", output: { done: 5, failed: 0 } });
  expect((await storyOf(engine)).join(", ")).toBe(
    "1.2 started, 1.2 worked, 1.2 accepted, 1.2 landed, 1.3 started, 1.3 worked, 1.3 accepted, 1.3 landed, " +
      "VERIFY 1 started, VERIFY 1 worked, VERIFY 1 completed, 2.1 started, 2.1 worked, 2.1 accepted, 2.1 landed",
  );
  const head = world.git.heads.at(-1) ?? "";
  expect(world.git.log(head).map((message) => message.split("\n")[0])).toEqual([
    "Join them",
    "Write the writer (depends on 1.2)",
    "Write the reader",
  ]);
  expect(world.disk.get("docs/plans/core.md")).toBe(CORE.replaceAll("[ ]", "[x]"));
  const events = await eventsOf(engine);
  for (const { evidence } of ofType(events, "task-advanced").filter(
    ({ event }) => event === "accepted",
  ))
    expect(await world.files.artifacts.get(evidence ?? "")).toMatchObject({ ok: true });
  expect(ofType(events, "plan-run-finished")).toMatchObject([{ done: 5, head }]);
});
