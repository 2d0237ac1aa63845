/** What the reader finds in whole plans, beside what a person read out of them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readPlan } from "../../../src/plan/read-plan.ts";
import { compareWithTruth, differences, readTruth } from "./truth.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/plans");
const SAMPLES = path.resolve("../shared/samples/plans");

const planOf = (folder: string, name: string) =>
  readPlan([
    { file: `docs/plans/${name}.md`, text: readFileSync(path.join(folder, `${name}.md`), "utf8") },
  ]);

const truthsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".truth.json"))
    .map((file) => file.replace(/\.truth\.json$/, ""));

const PLAN_FILES = ["analysis-in-phases", "buscador", "groups-and-fans", "release-notes"];

test.each(PLAN_FILES)("the plan %s is read as a person reads it", (name) => {
  const plan = planOf(FIXTURES, name);
  const found = compareWithTruth(plan, readTruth(path.join(FIXTURES, `${name}.truth.json`)));
  expect(plan.dialect).toBe("plan-file");
  expect(differences(found)).toStrictEqual([]);
});

const samples = truthsIn(path.join(FIXTURES, "samples")).filter((name) =>
  existsSync(path.join(SAMPLES, `${name}.md`)),
);

test.skipIf(samples.length === 0)(
  "sample plans are read as a person reads them (skipped where they are absent)",
  () => {
    const wrong = samples.flatMap((name) => {
      const truth = readTruth(path.join(FIXTURES, "samples", `${name}.truth.json`));
      return differences(compareWithTruth(planOf(SAMPLES, name), truth)).map(
        (line) => `${name}: ${line}`,
      );
    });
    expect(wrong).toStrictEqual([]);
  },
);

/** Counted in the samples by other means than the reader, and looked at: phases, tasks (of these: parts of others), verifications. */
const COUNTS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "architecture-review": [12, 84, 0, 1],
  "documentation-cleanup": [7, 47, 0, 8],
  "git-workflow-phase1-core-branching": [5, 13, 0, 1],
  "git-workflow-phase4-advanced": [10, 13, 0, 1],
  "git-workflow-phase5-worktrees": [12, 12, 0, 1],
  "implement-design-command": [20, 178, 0, 21],
  "implement-fan-in-fan-out": [13, 114, 0, 1],
  "implement-template-command": [7, 132, 0, 30],
  "medium-priority-fixes": [7, 93, 0, 17],
  "orchestrator-dashboard-nextjs": [8, 23, 0, 9],
  "parallel-execution-architecture": [6, 29, 0, 7],
  "parallel-execution-dependencies": [8, 35, 0, 9],
  TEMPLATE: [0, 0, 0, 0],
  "EXECUTION-ORDER": [0, 0, 0, 0],
};

test.skipIf(!existsSync(SAMPLES))(
  "every sample plan has what was counted in it (skipped where they are absent)",
  () => {
    const found = Object.fromEntries(
      Object.keys(COUNTS).map((name) => {
        const { phases, tasks, verifications } = planOf(SAMPLES, name);
        const parts = tasks.filter(({ parent }) => parent !== undefined).length;
        return [name, [phases.length, tasks.length, parts, verifications.length]];
      }),
    );
    expect(found).toStrictEqual(COUNTS);
  },
);
