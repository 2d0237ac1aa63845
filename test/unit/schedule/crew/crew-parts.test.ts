import fc from "fast-check";
import { expect, test } from "vitest";
import {
  beginningFor,
  calendarOf,
  endOfWork,
  nextWorked,
} from "../../../../src/schedule/solver/crew/calendar.ts";
import { crewFaultsOf } from "../../../../src/schedule/solver/crew/check-crew-schedule.ts";
import { crewPartFaults } from "../../../../src/schedule/solver/crew/crew-part-faults.ts";
import type { CrewActivity, CrewParts } from "../../../../src/schedule/solver/crew/crew-parts.ts";
import {
  makeCrewProblem,
  mirroredCrew,
} from "../../../../src/schedule/solver/crew/crew-problem.ts";
import { workingCapacity } from "../../../../src/schedule/solver/crew/working-capacity.ts";
import { crewParts } from "./arbitrary-parts.ts";

const absences = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 })), { maxLength: 5 })
  .map((pairs) => {
    let now = -1;
    return pairs.map(([gap, length]) => {
      const from = now + gap;
      now = from + length;
      return { from, to: now };
    });
  });

test("work ends, and has to begin, where a walk from tick to tick says it does", () => {
  fc.assert(
    fc.property(absences, fc.nat(40), fc.integer({ min: 1, max: 12 }), (away, tick, work) => {
      const calendar = calendarOf(away);
      const works = (at: number): boolean => !away.some(({ from, to }) => from <= at && at < to);
      const walked = (start: number): number => {
        let left = work;
        let now = start;
        for (; left > 0; now++) if (works(now)) left--;
        return now;
      };
      expect(endOfWork(calendar, tick, work)).toBe(walked(tick));
      expect(endOfWork(calendar, tick, 0)).toBe(tick);
      let next = tick;
      while (!works(next)) next++;
      expect(nextWorked(calendar, tick)).toBe(next);
      const end = tick + 20;
      let begin = 0;
      while (walked(begin) < end) begin++;
      expect(Math.max(0, beginningFor(calendar, end, work))).toBe(begin);
    }),
    { numRuns: 500 },
  );
});

test("a problem turned around twice is itself", () => {
  fc.assert(
    fc.property(crewParts({ most: 8, negativeLags: true }), (parts) => {
      const problem = makeCrewProblem(parts);
      expect(mirroredCrew(mirroredCrew(problem))).toEqual(problem);
      const kinds = Array.from(problem.before.kinds).filter((kind) => kind === 1).length;
      expect(
        Array.from(mirroredCrew(problem).after.kinds).filter((kind) => kind === 2).length,
      ).toBe(kinds);
    }),
  );
});

const base: CrewParts = {
  activities: [],
  arcs: [],
  capacities: [1],
  absences: [[], []],
  pools: [[{ person: 0 }], [{ person: 0 }, { person: 1 }]],
};
const needing = (...needs: { pool: number; count: number }[]): CrewActivity => ({
  options: [{ work: 1, needs }],
});

test.each<[string, Partial<CrewParts>, string]>([
  ["nobody who can", { pools: [[]], activities: [needing({ pool: 0, count: 1 })] }, "people"],
  ["too few", { activities: [needing({ pool: 0, count: 2 })] }, "people"],
  [
    "too few different ones",
    { activities: [needing({ pool: 0, count: 1 }, { pool: 1, count: 2 })] },
    "people",
  ],
  ["no such pool", { activities: [needing({ pool: 7, count: 1 })] }, "number"],
  ["no option", { activities: [{ options: [] }] }, "number"],
  ["work that is no number", { activities: [{ options: [{ work: Number.NaN }] }] }, "number"],
  ["negative work", { activities: [{ options: [{ work: -1 }] }] }, "number"],
  ["half a tick", { activities: [{ options: [{ work: 0.5 }] }] }, "number"],
  [
    "more than there is, in two parts",
    {
      activities: [
        {
          options: [
            {
              work: 1,
              demands: [
                { resource: 0, amount: 1 },
                { resource: 0, amount: 1 },
              ],
            },
          ],
        },
      ],
    },
    "capacity",
  ],
  [
    "a circle",
    {
      activities: [needing(), needing()],
      arcs: [
        { from: 0, to: 1 },
        { from: 1, to: 0, kind: "SS", lag: -5 },
      ],
    },
    "cycle",
  ],
  ["an arc into nowhere", { activities: [needing()], arcs: [{ from: 0, to: 1 }] }, "number"],
  [
    "an endless lag",
    { activities: [needing(), needing()], arcs: [{ from: 0, to: 1, lag: Infinity }] },
    "number",
  ],
  [
    "absences that meet",
    {
      absences: [
        [
          { from: 0, to: 2 },
          { from: 2, to: 3 },
        ],
        [],
      ],
    },
    "time",
  ],
  ["an absence backwards", { absences: [[{ from: 3, to: 2 }], []] }, "time"],
  ["a factor of 0", { pools: [[{ person: 0, factor: 0 }]] }, "number"],
  ["somebody twice in a pool", { pools: [[{ person: 0 }, { person: 0 }]] }, "number"],
  ["somebody who is not there", { pools: [[{ person: 2 }]] }, "number"],
  [
    "more time than can be counted",
    { activities: Array.from({ length: 2 }, () => ({ options: [{ work: 2 ** 29 }] })) },
    "time",
  ],
  [
    "fixed backwards",
    { activities: [{ ...needing(), fixed: { start: 2, end: 1, people: [] } }] },
    "number",
  ],
])("told before: %s", (_, parts, kind) => {
  expect(crewPartFaults({ ...base, ...parts }).map((fault) => fault.kind)).toContain(kind);
});

test("parts without faults have none, and of very many only the first are told", () => {
  expect(
    crewPartFaults({ ...base, activities: [needing({ pool: 0, count: 1 }), needing()] }),
  ).toEqual([]);
  const bad = Array.from({ length: 5_000 }, () => needing({ pool: 0, count: 9 }));
  expect(crewPartFaults({ ...base, activities: bad }).length).toBe(1_000);
});

const done = {
  starts: [0, 2, 2],
  ends: [2, 5, 4],
  options: [0, 0, 0],
  people: [[0], [0], [1]],
  makespan: 5,
  lateness: 1,
  cost: 3,
};
const checked: CrewParts = {
  ...base,
  absences: [[{ from: 3, to: 4 }], []],
  activities: [
    { options: [{ work: 2, needs: [{ pool: 0, count: 1 }], cost: 3 }] },
    { options: [{ work: 2, needs: [{ pool: 1, count: 1 }] }], deadline: 4 },
    {
      options: [{ work: 2, needs: [{ pool: 1, count: 1 }], demands: [{ resource: 0, amount: 1 }] }],
      release: 1,
    },
  ],
  arcs: [{ from: 0, to: 1 }],
};

test.each<[string, Partial<typeof done>, string]>([
  ["nothing", {}, ""],
  ["one after the other", { starts: [0, 1, 2], ends: [2, 3, 4] }, "1 is 1 too early after 0"],
  ["one at a time", { people: [[0], [0], [0]] }, "0 does 1 and 2 at once"],
  ["who can", { people: [[1], [0], [1]] }, "0 has 1, who cannot do it"],
  ["how many", { people: [[0], [0], []] }, "2 has 0 people for 1"],
  ["absences", { ends: [2, 4, 4] }, "1 ends at 4, its people are done at 5"],
  [
    "a start in an absence",
    { starts: [0, 3, 2], ends: [2, 6, 4] },
    "1 starts while nobody of its people works",
  ],
  ["release", { starts: [0, 2, 0], ends: [2, 5, 2] }, "2 starts before its release"],
  ["an option that is there", { options: [0, 0, 1] }, "2 has no option 1"],
  ["the totals", { makespan: 4 }, "it ends at 5, not at 4"],
  ["lateness", { lateness: 0 }, "it is 1 late, not 0"],
  ["cost", { cost: 0 }, "it costs 3, not 0"],
])("the checker looks at %s", (_, change, fault) => {
  const faults = crewFaultsOf(checked, { ...done, ...change });
  if (fault === "") expect(faults).toEqual([]);
  else expect(faults).toContain(fault);
});

test("the checker looks at shared resources, and takes what is fixed as it is", () => {
  const user: CrewActivity = { options: [{ work: 2, demands: [{ resource: 0, amount: 1 }] }] };
  const fixed: CrewActivity = { ...user, fixed: { start: 0, end: 2, people: [0] } };
  const times = {
    starts: [0, 0],
    ends: [2, 2],
    options: [0, 0],
    people: [[], []] as number[][],
    makespan: 2,
    lateness: 0,
    cost: 0,
  };
  const both = (activities: readonly CrewActivity[], people: number[][]): readonly string[] =>
    crewFaultsOf({ ...base, activities }, { ...times, people });
  expect(both([user, user], [[], []])).toEqual(["2 of resource 0 at 0, which has 1"]);
  expect(both([fixed, fixed], [[0], [0]])).toEqual([]);
  expect(both([fixed, user], [[0], []])).toEqual(["2 of resource 0 at 0, which has 1"]);
  expect(both([fixed, fixed], [[0], [1]])).toEqual(["1 is fixed, but others do it"]);
});

test("capacity over time: the first tick by which so much can have been done, walked tick by tick", () => {
  const calendars = fc.array(absences, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(calendars, fc.nat(30), fc.integer({ min: 1, max: 40 }), (people, from, work) => {
      const works = (tick: number): number =>
        people.filter((away) => !away.some((one) => one.from <= tick && tick < one.to)).length;
      let tick = from;
      for (let left = work; left > 0; tick++) left -= works(tick);
      const overAt = workingCapacity(
        people.length,
        people.map((away) => calendarOf(away)),
      );
      expect(overAt(from, work)).toBe(tick);
    }),
    { numRuns: 500 },
  );
});

test("years of absences are not walked through for each activity that is checked", () => {
  const size = 200;
  let reads = 0;
  const away = Array.from({ length: 5_000 }, (_, day) => ({ from: day * 3 + 2, to: day * 3 + 3 }));
  const counting = new Proxy(away, {
    get: (list, key): unknown => {
      reads++;
      return Reflect.get(list, key);
    },
  });
  // One tick at the begin of each third free pair, one after the other.
  const starts = Array.from({ length: size }, (_, node) => 14_000 - (size - node) * 3 - 2);
  const ends = starts.map((start) => start + 1);
  const faults = crewFaultsOf(
    {
      activities: starts.map(() => ({ options: [{ work: 1, needs: [{ pool: 0, count: 1 }] }] })),
      arcs: [],
      pools: [[{ person: 0 }]],
      capacities: [],
      absences: [counting],
    },
    {
      starts,
      ends,
      options: starts.map(() => 0),
      people: starts.map(() => [0]),
      makespan: ends.at(-1) ?? 0,
      lateness: 0,
      cost: 0,
    },
  );
  expect(faults).toEqual([]);
  expect(reads).toBeLessThan(size * 60);
});
