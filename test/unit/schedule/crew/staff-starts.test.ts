import fc from "fast-check";
import { expect, test } from "vitest";
import { crewFaultsOf } from "../../../../src/schedule/solver/crew/check-crew-schedule.ts";
import type { CrewParts } from "../../../../src/schedule/solver/crew/crew-parts.ts";
import { makeCrewProblem } from "../../../../src/schedule/solver/crew/crew-problem.ts";
import { createCrewSearch } from "../../../../src/schedule/solver/crew/crew-search.ts";
import { staffStarts } from "../../../../src/schedule/solver/crew/staff-starts.ts";
import { crewParts } from "./arbitrary-parts.ts";

test("starts of equals are given people as long as there are enough", () => {
  const one = { options: [{ work: 3, needs: [{ pool: 0, count: 1 }] }] };
  const parts: CrewParts = {
    activities: [one, one, one, { options: [{ work: 2, needs: [{ pool: 0, count: 2 }] }] }],
    arcs: [],
    capacities: [],
    absences: [[], []],
    pools: [[{ person: 0 }, { person: 1 }]],
  };
  const found = staffStarts(parts, Int32Array.of(0, 0, 3, 6));
  expect(found).toMatchObject({ makespan: 8, people: [[0], [1], [0], [0, 1]] });
  expect(found && crewFaultsOf(parts, found)).toEqual([]);
  expect(staffStarts(parts, Int32Array.of(0, 0, 0, 3))).toBeUndefined();
});

test("people, totals and times are right whatever the problem: only links and resources are left to check", () => {
  let staffed = 0;
  fc.assert(
    fc.property(crewParts({ most: 8 }), (parts) => {
      const search = createCrewSearch(makeCrewProblem(parts), { seed: 1, budget: 20 });
      search.advance(20);
      const found = staffStarts(parts, search.best().starts);
      if (!found) return;
      staffed++;
      expect(
        crewFaultsOf({ ...parts, arcs: [] }, found).filter((one) => !/of resource/.test(one)),
      ).toEqual([]);
    }),
    { numRuns: 200 },
  );
  expect(staffed).toBeGreaterThan(50);
});
