import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOf } from "../../../src/schedule/solver/check-schedule.ts";
import { lowerBound } from "../../../src/schedule/solver/lower-bound.ts";
import { longestPaths } from "../../../src/schedule/solver/paths.ts";
import { makeProblem, mirrored, type ProblemParts } from "../../../src/schedule/solver/problem.ts";
import { createSearch } from "../../../src/schedule/solver/search.ts";
import { shortestMakespan } from "./brute-force.ts";

const parts = (most: number): fc.Arbitrary<ProblemParts> =>
  fc.integer({ min: 1, max: most }).chain((size) =>
    fc.record({
      durations: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: size, maxLength: size }),
      arcs: fc
        .array(
          fc.record({
            from: fc.nat(size - 1),
            to: fc.nat(size - 1),
            lag: fc.option(fc.integer({ min: -2, max: 4 }), { nil: undefined }),
          }),
          { maxLength: size },
        )
        .map((arcs) =>
          arcs
            .filter(({ from, to }) => from < to)
            .map(({ from, to, lag }) => (lag === undefined ? { from, to } : { from, to, lag })),
        ),
      capacities: fc.constant([3, 2]),
      demands: fc.array(fc.tuple(fc.nat(3), fc.nat(2)), { minLength: size, maxLength: size }),
    }),
  );

const search = (input: ProblemParts, budget: number, seed = 1) => {
  const problem = makeProblem(input);
  const found = createSearch(problem, { seed, budget });
  found.advance(budget);
  return { problem, solution: found.best() };
};

test("small problems without negative lags are solved to the optimum, and every schedule is feasible", () => {
  fc.assert(
    fc.property(parts(6), (input) => {
      const arcs = input.arcs.filter(({ lag = 0 }) => lag >= 0);
      const { problem, solution } = search({ ...input, arcs }, 400);
      const optimum = shortestMakespan(problem);
      expect(faultsOf(problem, solution.starts)).toEqual([]);
      expect(solution.makespan).toBe(optimum);
      expect(solution.bound).toBeLessThanOrEqual(optimum);
    }),
    { numRuns: 400 },
  );
});

test("schedules with lags of any sign are feasible, no shorter than the bound, and end when they say", () => {
  fc.assert(
    fc.property(parts(14), (input) => {
      const { problem, solution } = search(input, 100);
      expect(faultsOf(problem, solution.starts)).toEqual([]);
      const ends = Array.from(
        solution.starts,
        (start, node) => start + (input.durations[node] ?? 0),
      );
      expect(solution.makespan).toBe(Math.max(...ends));
      expect(solution.makespan).toBeGreaterThanOrEqual(solution.bound);
    }),
    { numRuns: 300 },
  );
});

test("the same seed and budget give the same schedule, however the search is cut up", () => {
  fc.assert(
    fc.property(parts(14), fc.integer({ min: 1, max: 30 }), (input, slice) => {
      const { problem, solution } = search(input, 200, 5);
      const cut = createSearch(problem, { seed: 5, budget: 200 });
      while (cut.advance(slice));
      expect(cut.best()).toEqual(solution);
    }),
    { numRuns: 50 },
  );
});

test("a problem and its mirror have the same longest path, and mirrored twice it is itself", () => {
  fc.assert(
    fc.property(parts(14), (input) => {
      const arcs = input.arcs.filter(({ lag }) => lag === undefined);
      const problem = makeProblem({ ...input, arcs });
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
});
