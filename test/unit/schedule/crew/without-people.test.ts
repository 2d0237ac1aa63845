import fc from "fast-check";
import { expect, test } from "vitest";
import { makeCrewProblem } from "../../../../src/schedule/solver/crew/crew-problem.ts";
import { createCrewSearch } from "../../../../src/schedule/solver/crew/crew-search.ts";
import { withoutPeople } from "../../../../src/schedule/solver/crew/without-people.ts";
import { faultsOf } from "../../../../src/schedule/solver/check-schedule.ts";
import { makeProblem } from "../../../../src/schedule/solver/problem.ts";
import { crewParts } from "./arbitrary-parts.ts";

test.each([false, true])(
  "every schedule of people is one of the problem without them (bound to time: %s)",
  (bound) => {
    fc.assert(
      fc.property(crewParts({ most: 10, negativeLags: true, bound }), (parts) => {
        const search = createCrewSearch(makeCrewProblem(parts), { seed: 1, budget: 20 });
        search.advance(20);
        const { starts } = search.best();
        expect(faultsOf(makeProblem(withoutPeople(parts)), starts)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  },
);

/** Three ticks of one of a pool. */
const work = (pool: number) => ({ options: [{ work: 3, needs: [{ pool, count: 1 }] }] });

test("people who are all alike are units of a resource, and skills that few have another", () => {
  const parts = {
    activities: [work(0), work(0), work(1), work(1)],
    arcs: [{ from: 0, to: 1, kind: "SS", lag: 1 } as const],
    capacities: [],
    absences: [[], [], []],
    pools: [[{ person: 0 }, { person: 1 }, { person: 2 }], [{ person: 2, factor: 2 }]],
  };
  const { durations, arcs, capacities, demands } = withoutPeople(parts);
  expect(durations).toEqual([3, 3, 6, 6]);
  expect(arcs).toEqual([{ from: 0, to: 1, lag: 1 }]);
  const rows = capacities.map((units, at) => [units, ...demands.map((row) => row[at])]);
  expect(rows).toContainEqual([3, 1, 1, 1, 1]);
  expect(rows).toContainEqual([1, 0, 0, 1, 1]);
});
