import { expect, test } from "vitest";
import { parallelTasks } from "../../../src/analysis/parallel-tasks.ts";
import { batchesOf } from "../../../src/analysis/tasks/batches.ts";
import { marksSection } from "../../../src/analysis/tasks/marks-section.ts";
import { phaseInsides } from "../../../src/analysis/tasks/phase-dependencies.ts";
import {
  sequenceMinutes,
  sequenceVerdicts,
} from "../../../src/analysis/tasks/sequence-verdicts.ts";
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
  const verdicts = sequenceVerdicts(shop);
  const minutes = sequenceMinutes(shop, verdicts, sure);
  expect(
    verdicts.map((each) => ({
      verdict: each.verdict,
      minutes: minutes.get(each),
      ties: each.ties.map(({ resource }) => resource),
    })),
  ).toEqual([
    { verdict: "needed", minutes: 0, ties: ["src/cart.ts"] },
    { verdict: "not-needed", minutes: 60, ties: [] },
  ]);
  const careful = sequenceMinutes(shop, verdicts, luckOf(shop.barriers, 200));
  expect(verdicts[1] && careful.get(verdicts[1])).toBeGreaterThan(30);
});

/** Two tasks share a file, but for the last ten. */
const writes = (task: number) =>
  task >= 790 ? `src/${task}.ts` : `src/${Math.floor(task / 2)}.ts`;

test("of many groups of a large plan some are measured, those first that nothing needs; how many is told", () => {
  const pairs = Array.from({ length: 400 }, (_, index) => index);
  const large = analysed(
    [
      "# Implementation Plan: Large",
      "## Phase 1: All",
      ...pairs.map(
        (at) =>
          `**Execution Note:** Tasks 1.${2 * at + 1}-1.${2 * at + 2} are [SEQUENTIAL] - one file`,
      ),
      ...pairs.flatMap((at) =>
        [2 * at, 2 * at + 1].map((task) => `- [ ] 1.${task + 1} Create \`${writes(task)}\``),
      ),
    ].join("\n"),
  );
  const verdicts = sequenceVerdicts(large);
  const minutes = sequenceMinutes(large, verdicts, luckOf(large.barriers, 1));
  expect(verdicts.filter(({ verdict }) => verdict === "not-needed")).toHaveLength(5);
  expect([...minutes.keys()].map(({ verdict }) => verdict).slice(0, 6)).toEqual([
    ...Array.from({ length: 5 }, () => "not-needed"),
    "needed",
  ]);
  expect(minutes.size).toBeLessThan(verdicts.length);
  expect(JSON.stringify(marksSection(large, verdicts, minutes))).toContain(
    `${minutes.size} groups were measured`,
  );
});

test("a group whose tasks name nothing can't be judged", () => {
  const vague = analysed(SHOP.replace("1.4 Create `src/b.ts`", "1.4 Think it over"));
  const [, second] = sequenceVerdicts(vague);
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
