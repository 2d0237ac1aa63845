import fc from "fast-check";
import type {
  CrewActivity,
  CrewOption,
  CrewParts,
  PoolMember,
} from "../../../../src/schedule/solver/crew/crew-parts.ts";
import { crewPartFaults } from "../../../../src/schedule/solver/crew/crew-part-faults.ts";

/** What problems may have beside precedence, people and resources. */
export interface Traits {
  /** Activities at most. */
  readonly most: number;
  readonly negativeLags?: boolean;
  /** Absences, releases, what is fixed. */
  readonly bound?: boolean;
}

/** Drops keys without a value, as the types want them. */
const given = <T extends object>(one: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as T;

const PEOPLE = 4;

const pool = fc
  .uniqueArray(fc.nat(PEOPLE - 1), { minLength: 1, maxLength: PEOPLE })
  .chain((people) =>
    fc.tuple(
      ...people.map((person) =>
        fc
          .record({ factor: fc.constantFrom(1, 1, 1.5, 2), cost: fc.constantFrom(0, 0, 1) })
          .map(({ factor, cost }): PoolMember => ({ person, factor, cost })),
      ),
    ),
  );

const option: fc.Arbitrary<CrewOption> = fc.record({
  work: fc.nat(4),
  demands: fc.array(fc.record({ resource: fc.nat(1), amount: fc.nat(2) }), { maxLength: 2 }),
  needs: fc.array(fc.record({ pool: fc.nat(2), count: fc.integer({ min: 1, max: 2 }) }), {
    maxLength: 2,
  }),
  cost: fc.nat(2),
});

const activity = ({ bound = false }: Traits): fc.Arbitrary<CrewActivity> =>
  fc
    .record({
      options: fc.array(option, { minLength: 1, maxLength: 2 }),
      deadline: fc.option(fc.nat(12), { nil: undefined }),
      release: bound ? fc.option(fc.nat(6), { nil: undefined }) : fc.constant(undefined),
      fixed: bound
        ? fc.option(
            fc
              .record({ start: fc.nat(4), ticks: fc.nat(4), people: fc.uniqueArray(fc.nat(3)) })
              .map(({ start, ticks, people }) => ({ start, end: start + ticks, people })),
            { nil: undefined, freq: 5 },
          )
        : fc.constant(undefined),
    })
    .map((one) => given<CrewActivity>(one));

/** Absences from gaps and lengths. */
const absences = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })), { maxLength: 3 })
  .map((pairs) => {
    let now = -1;
    return pairs.map(([gap, length]) => {
      const from = now + gap;
      now = from + length;
      return { from, to: now };
    });
  });

/** Problems that can be solved: options that cannot be served are left out, activities with none of them too. */
export const crewParts = (traits: Traits): fc.Arbitrary<CrewParts> =>
  fc
    .record({
      activities: fc.array(activity(traits), { minLength: 1, maxLength: traits.most }),
      arcs: fc.array(
        fc.record({
          from: fc.nat(traits.most - 1),
          to: fc.nat(traits.most - 1),
          kind: fc.constantFrom(
            "FS" as const,
            "FS" as const,
            "SS" as const,
            "FF" as const,
            "SF" as const,
          ),
          lag: fc.integer({ min: traits.negativeLags === true ? -3 : 0, max: 3 }),
        }),
        { maxLength: traits.most },
      ),
      absences:
        traits.bound === true
          ? fc.tuple(absences, absences, absences, absences)
          : fc.constant([[], [], [], []]),
      pools: fc.tuple(pool, pool, pool),
    })
    .map(({ activities, arcs, ...rest }) => {
      const common = { ...rest, capacities: [2, 3], arcs: [] };
      const isPossible = (one: CrewOption): boolean =>
        crewPartFaults({ ...common, activities: [{ options: [one] }] }).length === 0;
      const possible = activities
        .map((one) => ({ ...one, options: one.options.filter(isPossible) }))
        .filter(({ options }) => options.length > 0);
      return {
        ...common,
        activities: possible,
        arcs: arcs.filter(({ from, to }) => from < to && to < possible.length),
      };
    });
