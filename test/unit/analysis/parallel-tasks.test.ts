import { expect, test } from "vitest";
import { parallelTasks } from "../../../src/analysis/parallel-tasks.ts";
import { batchesOf } from "../../../src/analysis/tasks/batches.ts";
import { phaseInsides } from "../../../src/analysis/tasks/phase-dependencies.ts";
import { sequenceVerdicts } from "../../../src/analysis/tasks/sequence-verdicts.ts";
import { luckOf } from "../../../src/analysis/measure/trials.ts";
import { analysed, inputOf, SHOP } from "./analysed.ts";

const shop = analysed(SHOP);

test("dependencies within phases, by origin, in waves", () => {
  expect(
    phaseInsides(shop).map(({ phase, waves, byOrigin, minutes }) => ({
      phase,
      waves,
      minutes,
      origins: [...byOrigin].map(([origin, edges]) => [origin, edges.length]),
    })),
  ).toEqual([
    {
      phase: "1",
      waves: [
        ["1.1", "1.3"],
        ["1.2", "1.4"],
      ],
      minutes: 150,
      origins: [["sequential", 2]],
    },
    { phase: "2", waves: [["2.1", "2.2", "2.3"]], minutes: 90, origins: [] },
  ]);
});

test("a sequential group is needed where its tasks share a file; what it costs is simulated", () => {
  // without luck: 1.3 and 1.4 side by side end after 60 minutes in place of 120; 1.1 and 1.2 write one file and stay apart
  const sure = {
    replications: 1,
    factors: new Map(shop.barriers.nodes.map(({ key }) => [key, Float64Array.of(1)])),
  };
  expect(
    sequenceVerdicts(shop, sure).map(({ verdict, minutes, ties }) => ({
      verdict,
      minutes,
      ties: ties.map(({ resource }) => resource),
    })),
  ).toEqual([
    { verdict: "needed", minutes: 0, ties: ["src/cart.ts"] },
    { verdict: "not-needed", minutes: 60, ties: [] },
  ]);
  const [, careful] = sequenceVerdicts(shop, luckOf(shop.barriers, 200));
  expect(careful?.minutes).toBeGreaterThan(30);
});

test("a group whose tasks name nothing can't be judged", () => {
  const vague = analysed(SHOP.replace("1.4 Create `src/b.ts`", "1.4 Think it over"));
  const [, second] = sequenceVerdicts(vague, luckOf(vague.barriers, 1));
  expect(second?.verdict).toBe("unknown");
  expect(second?.unknown).toEqual(["1.4"]);
});

test("batches of next: ours have no conflict inside, the original's do", () => {
  const [ours, head, seed] = batchesOf(shop, 3);
  expect(ours?.batches).toEqual([["1.3", "1.1"], ["1.4", "1.2"], ["2.1", "2.2"], ["2.3"]]);
  expect(ours?.clashes).toEqual([]);
  expect(head?.batches[0]).toEqual(["1.1", "1.2", "1.3"]);
  expect(head?.clashes).toEqual([
    { batch: 1, one: "1.1", other: "1.2", over: "src/cart.ts", kind: "file" },
    { batch: 1, one: "1.1", other: "1.2", over: "1.1-1.2", kind: "sequence" },
  ]);
  expect(seed?.clashes.map(({ over }) => over)).toEqual(["src/cart.ts", "1.1-1.2", "src/menu.ts"]);
});

test("the finding says so, each statement with a figure", () => {
  const finding = parallelTasks(inputOf(shop));
  expect(finding.summary.map(({ figure }) => figure)).toEqual([
    { value: 5, unit: "tasks", of: 7 },
    { value: 1, unit: "sequential groups", of: 2 },
    { value: 5, unit: "conflicts inside batches" },
  ]);
  expect(finding.sections.map(({ id }) => id)).toEqual([
    "within-phases-shop",
    "marks-shop",
    "outputs-shop",
    "fans-shop",
    "batches-shop",
  ]);
});
