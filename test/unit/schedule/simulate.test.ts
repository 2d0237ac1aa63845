import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.ts";
import { breakageOf } from "../../../src/schedule/breakage.ts";
import { blastRadius } from "../../../src/schedule/blast-radius.ts";
import { PATTERNS, type Pattern } from "../../../src/schedule/patterns.ts";
import { runPattern } from "../../../src/schedule/run-pattern.ts";
import { simulate, type SimulationOptions } from "../../../src/schedule/simulate.ts";
import { prepareWork, type Work } from "../../../src/schedule/work.ts";

const ALL: readonly Pattern[] = ["independent", "dag", "pipeline", "phases", "batched", "waves"];

/** Two phases; 2 waits for 0, 5 for 4. Expected by hand below. */
const work: Work = {
  minutes: [4, 2, 3, 6, 1, 2],
  phaseOf: [0, 0, 0, 1, 1, 1],
  edges: [
    [0, 2],
    [4, 5],
  ],
  resources: [[], [], [], [], [], []],
};
const exclusive: Work = { ...work, resources: [[], [], [], [7], [7], [7]] };

const makespan = (of: Work, pattern: Pattern, workers: number, batch = workers) =>
  runPattern(prepareWork(of), { pattern, workers, batch, durations: of.minutes }).makespan;

test.each<readonly [Pattern, number, number]>([
  // 18 minutes of work.
  ["independent", 1, 18],
  ["dag", 1, 18],
  ["batched", 1, 18],
  // 0 ∥ 1, then 2 (by document) at 2, 3 at 4, 4 at 5, 5 at 6.
  ["independent", 2, 10],
  // Tails: 0 has 7, 3 has 6, 2 and 4 have 3, 1 and 5 have 2. 0 ∥ 3 at 0; 2 at 4 – 7, 4 at 6 – 7; 1 and 5 at 7 – 9.
  ["dag", 2, 9],
  // Phase 0 is 0 ∥ 1, then 2: ends at 7. Phase 1 is 3 ∥ (4, 5): ends at 13.
  ["phases", 2, 13],
  // {0, 1} 4, {2} 3, {3, 4} 6, {5} 2.
  ["batched", 2, 15],
  // Both phases may run: as phases come first, 0 ∥ 1, 3 at 2 – 8, 2 at 4 – 7, 4 at 7 – 8, 5 at 8 – 10.
  ["pipeline", 2, 10],
  // Levels {0, 1, 3, 4} and {2, 5}: 0 and 3, 4-tailed 4 at 4 – 5, 1 at 5 – 7; then 3 ∥ 2.
  ["waves", 2, 10],
  // 0 – 4, 2 at 4 – 7 and 3 at 0 – 6.
  ["dag", 8, 7],
  ["phases", 8, 13],
  ["waves", 8, 9],
])("%s with %d workers takes %d minutes", (pattern, workers, minutes) => {
  expect(makespan(work, pattern, workers)).toBe(minutes);
});

test("a resource is for one task at a time, and no more than that is put in line", () => {
  expect(makespan(exclusive, "dag", 8)).toBe(9);
  expect(makespan(exclusive, "phases", 8)).toBe(16);
  const run = runPattern(prepareWork(exclusive), {
    pattern: "dag",
    workers: 8,
    batch: 8,
    durations: exclusive.minutes,
  });
  expect(run.starts.slice(0, 3)).toEqual(Float64Array.of(0, 0, 4));
});

test("a batch is waited for whole", () => {
  const free: Work = { ...work, edges: [] };
  // {0, 2, 1} ends at 5, {3, 5, 4} 6 later; in twos {0, 2} {1} {3, 5} {4}.
  expect(makespan(free, "batched", 2, 3)).toBe(11);
  expect(makespan(free, "batched", 2, 2)).toBe(13);
  expect(makespan(work, "batched", 1, 5)).toBe(18);
});

test("dependencies against the phases are passed over and counted; work that waits for itself is refused", () => {
  const backwards: Work = { ...work, edges: [[3, 0]] };
  const run = (pattern: Pattern) =>
    runPattern(prepareWork(backwards), { pattern, workers: 1, batch: 1, durations: work.minutes });
  expect([run("phases").makespan, run("phases").forced > 0, run("dag").forced]).toEqual([
    18,
    true,
    0,
  ]);
  const cyclic: Work = { ...work, edges: [[1, 1]] };
  expect(() => prepareWork(cyclic)).toThrow("waits for itself");
});

test("junctions take no worker and no time", () => {
  const joined: Work = {
    minutes: [5, 0, 5],
    phaseOf: [-1, -1, -1],
    edges: [
      [0, 1],
      [1, 2],
    ],
    resources: [[], [], []],
  };
  expect(makespan(joined, "dag", 1)).toBe(10);
  expect(makespan(joined, "waves", 1)).toBe(10);
});

test("running everything at once breaks what it ignores, and that is counted", () => {
  const prepared = prepareWork(exclusive);
  const run = runPattern(prepared, {
    pattern: "independent",
    workers: 8,
    batch: 8,
    durations: work.minutes,
  });
  expect(breakageOf(prepared, run)).toEqual({ violations: 2, collisions: 3 });
});

test("a failure holds up what waits for it, and where there are barriers all that is behind them", () => {
  const prepared = prepareWork(work);
  const mean = (pattern: Pattern) => blastRadius(prepared, pattern).mean;
  expect(mean("independent")).toBe(0);
  expect(mean("dag")).toBe(2 / 6);
  expect(mean("phases")).toBeCloseTo((4 + 3 + 3 + 0 + 1 + 0) / 6);
  expect(mean("pipeline")).toBe(2 / 6);
  expect(blastRadius(prepared, "phases").most).toBe(4);
});

const anyWork: fc.Arbitrary<Work> = fc
  .array(
    fc.record({
      minutes: fc.nat(9),
      phase: fc.integer({ min: -1, max: 3 }),
      waitsFor: fc.array(fc.nat(20), { maxLength: 3 }),
      uses: fc.array(fc.nat(3), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((nodes) => ({
    minutes: nodes.map(({ minutes }) => minutes),
    phaseOf: nodes.map(({ phase }) => phase),
    edges: nodes.flatMap(({ waitsFor }, to) =>
      waitsFor.filter((from) => from < to).map((from): [number, number] => [from, to]),
    ),
    resources: nodes.map(({ uses }) => [...new Set(uses)]),
  }));

test("a safe pattern runs everything once, in order, apart on resources, with no more workers than there are", () => {
  const safe = ALL.filter((pattern) => PATTERNS[pattern].safe);
  fc.assert(
    fc.property(
      anyWork,
      fc.constantFrom(...safe),
      fc.integer({ min: 1, max: 4 }),
      (any, pattern, workers) => {
        const prepared = prepareWork(any);
        const run = runPattern(prepared, { pattern, workers, batch: 3, durations: any.minutes });
        expect(breakageOf(prepared, run)).toEqual({ violations: 0, collisions: 0 });
        expect(run.starts.every((start) => start >= 0)).toBe(true);
        for (const [node, start] of run.starts.entries())
          if ((any.minutes[node] ?? 0) > 0) {
            const beside = any.minutes.filter(
              (minutes, other) =>
                minutes > 0 && (run.starts[other] ?? 0) <= start && (run.ends[other] ?? 0) > start,
            );
            expect(beside.length).toBeLessThanOrEqual(workers);
          }
        const least = any.minutes.reduce((a, b) => a + b, 0) / workers;
        expect(run.makespan).toBeGreaterThanOrEqual(Math.max(least, ...prepared.tail) - 1e-9);
      },
    ),
  );
});

const options: SimulationOptions = {
  patterns: ALL,
  workers: [1, 3, 8],
  noise: { kind: "lognormal", sigma: 0.5 },
  replications: 200,
  seed: 7,
};

test("the same seed gives the same figures; each pattern meets the same durations", () => {
  const once = simulate(exclusive, options);
  expect(simulate(exclusive, options)).toEqual(once);
  expect(simulate(exclusive, { ...options, seed: 8 })).not.toEqual(once);
  expect(once).toHaveLength(18);
  for (const { pattern, workers, overDag, utilisation, makespan: spread, violations } of once) {
    if (pattern === "dag") expect(overDag).toBe(0);
    if (workers === 1)
      expect([overDag, utilisation]).toEqual([expect.closeTo(0, 6), expect.closeTo(1, 6)]);
    if (pattern === "phases" && workers > 1) expect(overDag).toBeGreaterThan(0);
    expect(violations > 0).toBe(pattern === "independent" && workers > 1);
    expect(spread.p95).toBeGreaterThan(spread.p50);
  }
});

test("noise has the mean it should have", () => {
  const one: Work = { minutes: [100], phaseOf: [0], edges: [], resources: [[]] };
  const mean = (noise: SimulationOptions["noise"]) =>
    simulate(one, { ...options, patterns: ["dag"], workers: [1], replications: 20_000, noise })[0]
      ?.makespan.mean;
  expect(mean({ kind: "lognormal", sigma: 0.5 })).toBeCloseTo(100, -0.5);
  expect(mean({ kind: "triangular", low: 0.5, mode: 1, high: 3 })).toBeCloseTo(150, -0.5);
  expect(mean({ kind: "triangular", low: 2, mode: 2, high: 2 })).toBe(200);
});

test("seeded numbers are even, and differ by seed", () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  const random = seededRandom(1);
  for (let draw = 0; draw < 100_000; draw++) {
    const tenth = Math.floor(random() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  expect(seededRandom(1)()).not.toBe(seededRandom(2)());
});
