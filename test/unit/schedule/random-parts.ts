import fc from "fast-check";
import type { ProblemParts } from "../../../src/schedule/solver/problem.ts";

export interface Drawn {
  /** Activities at most. */
  readonly most: number;
  /** Smallest lag; negative ones let an activity start before what it waits for. */
  readonly leastLag: number;
  /** With releases and drops of capacity. */
  readonly dated: boolean;
}

/** Random problems with two resources, of 3 and 2 units. */
export const randomParts = ({ most, leastLag, dated }: Drawn): fc.Arbitrary<ProblemParts> =>
  fc.integer({ min: 1, max: most }).chain((size) => {
    const each = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
      fc.array(of, { minLength: size, maxLength: size });
    const arc = fc
      .record({
        from: fc.nat(size - 1),
        to: fc.nat(size - 1),
        lag: fc.option(fc.integer({ min: leastLag, max: 4 }), { nil: undefined }),
      })
      .filter(({ from, to }) => from < to)
      .map(({ from, to, lag }) => (lag === undefined ? { from, to } : { from, to, lag }));
    const drop = fc
      .record({ resource: fc.nat(1), from: fc.nat(10), length: fc.nat(5), units: fc.nat(3) })
      .map(({ resource, from, length, units }) => ({ resource, from, to: from + length, units }));
    return fc.record({
      durations: each(fc.integer({ min: 0, max: 4 })),
      arcs: size === 1 ? fc.constant([]) : fc.array(arc, { maxLength: size }),
      capacities: fc.constant([3, 2]),
      demands: each(fc.tuple(fc.nat(3), fc.nat(2))),
      ...(dated ? { releases: each(fc.nat(6)), drops: fc.array(drop, { maxLength: 3 }) } : {}),
    });
  });
