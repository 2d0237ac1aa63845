/** Who marks a plan often, and remembers what was read, writes what is written by reading it each time. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createMarkPlans, createTakePlans } from "../../../../src/app/execution/take-plans.ts";
import { createMemoryFiles } from "../../../../src/testing/memory-files.ts";
import { createMemoryPlanFiles } from "../../../../src/testing/memory-plan-files.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { newStatus } from "../../../../src/plan/status/new-status.ts";
import type { MarkState } from "../../../../src/workflows/plan-run/taken-plans.ts";

const STATES: readonly MarkState[] = ["completed", "in_progress", "failed", "skipped", "pending"];
const FILE = "docs/plans/core.md";
const text = readFileSync(new URL("../../../fixtures/plans/core.md", import.meta.url), "utf8");
const plan = readPlan([{ file: FILE, text }]);
const keys = plan.tasks.map(({ key }) => key);

function placeOf(disk: Map<string, string>) {
  const { artifacts, digest } = createMemoryFiles();
  return {
    planFiles: createMemoryPlanFiles(disk),
    projectPaths: { list: async () => [] },
    artifacts,
    clock: { now: () => 0 },
    digestOf: digest,
  } as never;
}

const turn = fc.record({
  marks: fc.uniqueArray(
    fc.record({ state: fc.constantFrom(...STATES), key: fc.constantFrom(...keys) }),
    { selector: ({ state }) => state, maxLength: 3 },
  ),
  /** Somebody ticks a task by hand, or writes a line. */
  others: fc.constantFrom("", "", "", "tick", "line"),
});

test("the same texts and the same answers, whatever is marked, and whoever else edits", async () => {
  const wish = { plans: [{ name: "core", file: FILE }], inferred: false };
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 6 }), fc.boolean(), async (turns, recorded) => {
      const disks = [0, 1].map(() => {
        const disk = new Map([[FILE, text]]);
        if (recorded) disk.set("docs/plan-outputs/core/status.json", newStatus(plan, 0));
        return disk;
      });
      const [one = new Map(), other = new Map()] = disks;
      const remembering = createMarkPlans(placeOf(one));
      const { seen } = await createTakePlans(placeOf(one))(wish);
      let known = seen;
      for (const { marks, others } of turns) {
        for (const disk of disks)
          if (others !== "")
            disk.set(
              FILE,
              others === "tick"
                ? (disk.get(FILE) ?? "").replace("[ ]", "[x]")
                : `${disk.get(FILE)}\nA line.\n`,
            );
        const request = {
          ...wish,
          marks: marks.map(({ state, key }) => ({ file: FILE, tasks: [key], state })),
          seen: known,
        };
        const first = await remembering(request);
        const second = await createMarkPlans(placeOf(other))(request);
        expect([...one]).toEqual([...other]);
        expect({ ...first, taken: first.taken !== null }).toEqual({
          ...second,
          taken: second.taken !== null,
        });
        known = first.seen;
      }
    }),
    { numRuns: 60 },
  );
});
