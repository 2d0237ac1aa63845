import fc from "fast-check";
import { expect, test } from "vitest";
import { shortestMakespan } from "../../../bench/brute-force.mjs";
import { faultsOf, latenessOf } from "../../../src/schedule/solver/check-schedule.ts";
import { lowerBound } from "../../../src/schedule/solver/lower-bound.ts";
import { longestPaths } from "../../../src/schedule/solver/paths.ts";
import { freeAt } from "../../../src/schedule/solver/free-at.ts";
import { makeProblem, mirrored, type ProblemParts } from "../../../src/schedule/solver/problem.ts";
import { stepUsage } from "../../../src/schedule/solver/step-usage.ts";
import { tickUsage } from "../../../src/schedule/solver/tick-usage.ts";
import { raiseBound } from "../../../src/schedule/solver/raise-bound.ts";
import { createSearch } from "../../../src/schedule/solver/search.ts";
import { randomParts } from "./random-parts.ts";

const search = (input: ProblemParts, budget: number, seed = 1) => {
  const problem = makeProblem(input);
  const found = createSearch(problem, { seed, budget });
  found.advance(budget);
  return { problem, solution: found.best() };
};

test("small problems without negative lags are solved to the optimum, and every schedule is feasible", () => {
  fc.assert(
    fc.property(randomParts({ most: 6, leastLag: 0, dated: true }), (input) => {
      const { problem, solution } = search(input, 400);
      const optimum = shortestMakespan(input, solution.makespan);
      expect(faultsOf(problem, solution.starts)).toEqual([]);
      expect(solution.makespan).toBe(optimum);
      expect(solution.bound).toBeLessThanOrEqual(solution.makespan);
    }),
    { numRuns: 300 },
  );
});

test("schedules with lags of any sign are feasible, no shorter than the bound, and end when they say", () => {
  for (const dated of [false, true])
    fc.assert(
      fc.property(randomParts({ most: 14, leastLag: -2, dated }), (input) => {
        const { problem, solution } = search(input, 100);
        expect(faultsOf(problem, solution.starts)).toEqual([]);
        const ends = Array.from(
          solution.starts,
          (start, node) => start + (input.durations[node] ?? 0),
        );
        expect(solution.makespan).toBe(Math.max(...ends));
        expect(solution.makespan).toBeGreaterThanOrEqual(solution.bound);
      }),
      { numRuns: 200 },
    );
});

test("deadlines are met where brute force meets them, and else the schedule says by how much it is late", () => {
  fc.assert(
    fc.property(
      randomParts({ most: 5, leastLag: 0, dated: true }),
      fc.array(fc.integer({ min: 2, max: 20 }), { minLength: 5, maxLength: 5 }),
      (parts, deadlines) => {
        const input = { ...parts, deadlines };
        const { problem, solution } = search(input, 400);
        expect(faultsOf(problem, solution.starts)).toEqual([]);
        expect(solution.late).toBe(latenessOf(problem, solution.starts));
        const optimum = shortestMakespan(input, 60);
        if (optimum === undefined) expect(solution.late).toBeGreaterThan(0);
        else expect(solution).toMatchObject({ late: 0, makespan: optimum });
      },
    ),
    { numRuns: 300 },
  );
});

test("what is free is the same, tick by tick and step by step", () => {
  fc.assert(
    fc.property(
      randomParts({ most: 14, leastLag: 0, dated: true }),
      fc.array(fc.nat(30), { minLength: 14, maxLength: 14 }),
      fc.option(fc.nat(30), { nil: undefined }),
      (input, earliest, anchor) => {
        const problem = makeProblem(input);
        const places = [tickUsage, stepUsage].map((make) => {
          const usage = make(problem, freeAt(problem));
          return [undefined, anchor, undefined].flatMap((from) => {
            usage.clear(from);
            return input.durations.map((_, node) => usage.place(node, earliest[node] ?? 0));
          });
        });
        expect(places[1]).toEqual(places[0]);
      },
    ),
    { numRuns: 300 },
  );
});

test("minutes of years are scheduled as fast as days, and a hundred thousand activities in one piece", () => {
  const minutes = { durations: [400_000, 500_000, 600_000, 1], arcs: [{ from: 0, to: 3 }] };
  const shared = { capacities: [2], demands: [[1], [1], [1], [2]] };
  expect(search({ ...minutes, ...shared }, 200).solution.makespan).toBe(900_001);
  const size = 20_001;
  const many = {
    durations: Array.from({ length: size }, (_, node) => 1 + (node % 7)),
    arcs: Array.from({ length: size - 10 }, (_, node) => ({ from: node, to: node + 10 })),
    capacities: [3],
    demands: Array.from({ length: size }, () => [1]),
  };
  const { problem, solution } = search(many, 1);
  expect(faultsOf(problem, solution.starts)).toEqual([]);
  expect(solution.makespan / solution.bound).toBeLessThan(1.01);
});

test("a problem that no schedule solves is refused", () => {
  const parts = { durations: [2], arcs: [], capacities: [1], demands: [[2]] };
  expect(() => makeProblem(parts)).toThrow("Activity 0 takes 2 of resource 0: too much.");
});

test("the same seed and budget give the same schedule, however the search is cut up", () => {
  fc.assert(
    fc.property(
      randomParts({ most: 14, leastLag: -2, dated: true }),
      fc.integer({ min: 1, max: 30 }),
      (input, slice) => {
        const { problem, solution } = search(input, 200, 5);
        const cut = createSearch(problem, { seed: 5, budget: 200 });
        while (cut.advance(slice));
        expect(cut.best()).toEqual(solution);
      },
    ),
    { numRuns: 50 },
  );
});

test("a problem and its mirror have the same longest path, and mirrored twice it is itself", () => {
  fc.assert(
    fc.property(randomParts({ most: 14, leastLag: 0, dated: false }), (input) => {
      const problem = makeProblem(input);
      expect(longestPaths(mirrored(problem)).length).toBe(longestPaths(problem).length);
      expect(mirrored(mirrored(problem))).toEqual(problem);
    }),
  );
});

test("the bound adds up what a resource has to do between the earliest head and the shortest tail", () => {
  // 0 → {1, 2, 3} → 4, and 1, 2, 3 share one unit: 2 + 3 × 4 + 1.
  const problem = makeProblem({
    durations: [2, 4, 4, 4, 1],
    arcs: [1, 2, 3].flatMap((middle) => [
      { from: 0, to: middle },
      { from: middle, to: 4 },
    ]),
    capacities: [1],
    demands: [[0], [1], [1], [1], [0]],
  });
  expect(lowerBound(problem)).toBe(15);
  expect(
    search({ durations: [], arcs: [], capacities: [1], demands: [] }, 10).solution.makespan,
  ).toBe(0);
});

test("the bound sees that no two of some can run at once, though no one resource says so", () => {
  // 0 and 1 meet on one resource, 1 and 2 on another, 0 and 2 on the third: 4 + 4 + 4.
  const threesome = makeProblem({
    durations: [4, 4, 4],
    arcs: [],
    capacities: [1, 1, 1],
    demands: [
      [1, 0, 1],
      [1, 1, 0],
      [0, 1, 1],
    ],
  });
  expect(lowerBound(threesome)).toBe(12);
});

test("the bound refutes makespans by what must be done in the middle, and by drops", () => {
  // Four of 3 ticks and 2 of 3 units: no two at once, though together they have less than 4 × 3 × 2 / 3 ticks.
  const middle = { durations: [3, 3, 3, 3], arcs: [], capacities: [3] };
  const demands = [[2], [2], [2], [2]];
  expect(lowerBound(makeProblem({ ...middle, demands }))).toBe(12);
  const drops = [{ resource: 0, from: 2, to: 5, units: 2 }];
  expect(lowerBound(makeProblem({ ...middle, demands, drops }))).toBe(17);
});

test("bounds hold for larger problems, dated or not, with lags of any sign", () => {
  fc.assert(
    fc.property(randomParts({ most: 7, leastLag: -3, dated: true }), (input) => {
      const optimum = shortestMakespan(input, 200);
      const problem = makeProblem(input);
      const bound = lowerBound(problem);
      expect(bound).toBeLessThanOrEqual(optimum ?? Infinity);
      const raised = raiseBound(problem, { bound, makespan: 200 }, () => false);
      expect(raised).toBeGreaterThanOrEqual(bound);
      expect(raised).toBeLessThanOrEqual(optimum ?? Infinity);
    }),
    { numRuns: 150 },
  );
});

test("the checker names what is wrong with a schedule", () => {
  const problem = makeProblem({
    durations: [3, 2, 2],
    arcs: [{ from: 0, to: 1 }],
    capacities: [1],
    demands: [[1], [1], [1]],
  });
  expect(faultsOf(problem, Int32Array.from([0, 3, 5]))).toEqual([]);
  expect(faultsOf(problem, Int32Array.from([0, 2, 5])).length).toBe(2);
  expect(faultsOf(problem, Int32Array.from([0, 3, 4]))).toEqual([
    "2 of resource 0 at 4, which has 1",
  ]);
  expect(faultsOf(problem, Int32Array.from([-1, 3, 5]))).toEqual(["0 starts before time 0"]);
  const dated = makeProblem({
    durations: [3],
    arcs: [],
    capacities: [2],
    demands: [[1]],
    releases: [1],
    deadlines: [9],
    drops: [{ resource: 0, from: 5, to: 7, units: 2 }],
  });
  expect(faultsOf(dated, Int32Array.from([2]))).toEqual([]);
  expect(faultsOf(dated, Int32Array.from([0]))).toEqual(["0 starts too early"]);
  expect(faultsOf(dated, Int32Array.from([3]))).toEqual(["1 of resource 0 at 5, which has 0"]);
  expect(latenessOf(dated, Int32Array.from([8]))).toBe(2);
});
