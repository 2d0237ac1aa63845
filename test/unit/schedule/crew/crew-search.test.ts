import fc from "fast-check";
import { expect, test } from "vitest";
import { crewFaultsOf } from "../../../../src/schedule/solver/crew/check-crew-schedule.ts";
import type { CrewParts } from "../../../../src/schedule/solver/crew/crew-parts.ts";
import { makeCrewProblem } from "../../../../src/schedule/solver/crew/crew-problem.ts";
import { createCrewSearch } from "../../../../src/schedule/solver/crew/crew-search.ts";
import { crewParts, type Traits } from "./arbitrary-parts.ts";
import { shortestCrewMakespan } from "./crew-brute-force.ts";

/** Small problems of each kind; more of them on request. */
const RUNS = Number(process.env["WAVEGATE_RUNS"] ?? 150);

/** Large enough for gaps, windows and several people to matter. */
const middling = (bound: boolean) => crewParts({ most: 14, negativeLags: true, bound });

const searched = (parts: CrewParts, budget: number, seed = 1) => {
  const search = createCrewSearch(makeCrewProblem(parts), { seed, budget });
  search.advance(budget);
  return search.best();
};

test.each<[string, Traits]>([
  ["with nothing bound to time", { most: 4, negativeLags: true }],
  ["with absences, releases and fixed activities", { most: 4, negativeLags: true, bound: true }],
])("small problems %s: feasible, the bound right, nearly always the shortest", (_, traits) => {
  let [all, reached] = [0, 0];
  fc.assert(
    fc.property(crewParts(traits), (parts) => {
      const solution = searched(parts, 150);
      const optimum = shortestCrewMakespan(parts, solution.makespan);
      expect(crewFaultsOf(parts, solution)).toEqual([]);
      expect(solution.bound).toBeLessThanOrEqual(optimum);
      all++;
      if (solution.makespan === optimum) reached++;
    }),
    { numRuns: RUNS },
  );
  if (RUNS > 1_000) process.stdout.write(`${reached} of ${all}\n`);
  expect(reached / all).toBeGreaterThan(0.98);
});

test.each([false, true])(
  "larger ones are feasible, too, with lags of any sign (bound to time: %s)",
  (bound) => {
    fc.assert(
      fc.property(middling(bound), (parts) => {
        const solution = searched(parts, 60);
        expect(crewFaultsOf(parts, solution)).toEqual([]);
        expect(solution.makespan).toBeGreaterThanOrEqual(solution.bound);
        const busy = parts.absences.map((_, person) =>
          solution.people.reduce(
            (sum, people, node) =>
              people.includes(person)
                ? sum + (solution.ends[node] ?? 0) - (solution.starts[node] ?? 0)
                : sum,
            0,
          ),
        );
        expect(Array.from(solution.loads)).toEqual(busy);
      }),
      { numRuns: 150 },
    );
  },
);

/** Smaller is better, by all aims in turn. */
const rank = ({ makespan, lateness, cost, loads }: ReturnType<typeof searched>): string =>
  [makespan, lateness, cost * 1000, loads.reduce((sum, load) => sum + load * load, 0)]
    .map((value) => String(Math.round(value)).padStart(12, "0"))
    .join();

test("the same seed gives the same schedule however the search is cut up, and a larger budget never a worse one", () => {
  fc.assert(
    fc.property(middling(true), fc.integer({ min: 1, max: 30 }), (parts, slice) => {
      const whole = searched(parts, 150, 5);
      const cut = createCrewSearch(makeCrewProblem(parts), { seed: 5, budget: 150 });
      while (cut.advance(slice));
      expect(cut.best()).toEqual(whole);
      expect(rank(searched(parts, 400, 5)) <= rank(whole)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

const anybody = [{ person: 0 }, { person: 1 }];
const one = (work: number, pool = 0) => ({ options: [{ work, needs: [{ pool, count: 1 }] }] });

test("after the makespan lateness counts, then cost, then an even load", () => {
  const people = { arcs: [], capacities: [], absences: [[], []] };
  const late = searched(
    {
      ...people,
      activities: [one(4), { ...one(2), deadline: 2 }, one(2), one(2)],
      pools: [anybody],
    },
    500,
  );
  expect([late.makespan, late.lateness, late.ends[1]]).toEqual([6, 0, 2]);
  const dear = searched(
    {
      ...people,
      activities: [
        one(3, 0),
        one(3, 1),
        {
          options: [
            { work: 1, cost: 2 },
            { work: 2, cost: 1 },
          ],
        },
      ],
      pools: [
        [
          { person: 0, cost: 1 },
          { person: 1, cost: 3 },
        ],
        anybody,
      ],
    },
    500,
  );
  expect([dear.makespan, dear.cost, dear.people[0]]).toEqual([3, 2, [0]]);
  const chain = [0, 1, 2].map((from) => ({ from, to: from + 1 }));
  const even = searched(
    { ...people, activities: [one(1), one(1), one(1), one(1)], arcs: chain, pools: [anybody] },
    50,
  );
  expect(Array.from(even.loads)).toEqual([2, 2]);
});

test("a person who takes longer or is away is taken where it ends earlier all the same", () => {
  const parts: CrewParts = {
    activities: [one(4), one(4), { options: [{ work: 4, needs: [{ pool: 0, count: 2 }] }] }],
    arcs: [
      { from: 0, to: 2 },
      { from: 1, to: 2 },
    ],
    capacities: [],
    absences: [[{ from: 2, to: 5 }], []],
    pools: [[{ person: 0 }, { person: 1, factor: 1.5 }]],
  };
  const solution = searched(parts, 100);
  expect(crewFaultsOf(parts, solution)).toEqual([]);
  expect(Array.from(solution.ends)).toEqual([expect.any(Number), expect.any(Number), 13]);
  expect(solution.bound).toBe(12);
});

test("what is fixed stays, and the rest goes around it", () => {
  const parts: CrewParts = {
    activities: [
      { ...one(5), fixed: { start: 3, end: 8, people: [0] } },
      { ...one(2), release: 2 },
      { ...one(2), release: 2 },
    ],
    arcs: [{ from: 1, to: 0 }],
    capacities: [],
    absences: [[], []],
    pools: [anybody],
  };
  const solution = searched(parts, 100);
  expect(crewFaultsOf(parts, solution)).toEqual([]);
  expect([solution.starts[0], solution.ends[0], solution.people[0]]).toEqual([3, 8, [0]]);
  expect(solution.people.slice(1)).toEqual([[1], [1]]);
  expect(solution.makespan).toBe(8);
});

test("none at all, and twenty thousand", () => {
  const none = { arcs: [], capacities: [], absences: [], pools: [] };
  expect(searched({ ...none, activities: [] }, 10).makespan).toBe(0);
  const parts: CrewParts = {
    activities: Array.from({ length: 20_000 }, (_, node) => one(1 + ((node * 7) % 5), node % 3)),
    arcs: Array.from({ length: 19_000 }, (_, node) => ({ from: node, to: node + 1_000 })),
    capacities: [],
    absences: Array.from({ length: 60 }, () => []),
    pools: [0, 1, 2].map((kind) =>
      Array.from({ length: 20 }, (_, at) => ({ person: 3 * at + kind })),
    ),
  };
  const solution = searched(parts, 4);
  expect(crewFaultsOf(parts, solution)).toEqual([]);
  expect(solution.makespan).toBeLessThan(1.05 * solution.bound);
});

test("parts with faults are not searched for ever", () => {
  const parts = {
    activities: [{ options: [{ work: 1, needs: [{ pool: 0, count: 3 }] }] }],
    arcs: [],
    capacities: [],
    absences: [[], []],
    pools: [anybody],
  };
  expect(() => searched(parts, 10)).toThrow("fits nowhere");
});
