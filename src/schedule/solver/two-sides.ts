import { listByKeys } from "./list-by-keys.ts";
import { decodeInParallel } from "./parallel-decoder.ts";
import { longestPaths } from "./paths.ts";
import { int, mirrored, type Problem } from "./problem.ts";
import { serialDecoder, TOO_LATE } from "./serial-decoder.ts";

/** A schedule built from one side of time: 0 from its beginning, 1 from its end. Starts count from that side. */
export interface SidedSchedule {
  readonly starts: Int32Array;
  makespan: number;
  side: 0 | 1;
}

/** Schedules of a problem made from both sides of time, one into the other. */
export interface TwoSides {
  /** A non-delay schedule from a side, by longest path to the end of it, each moved by `shift`. Into `result`. */
  begin(side: 0 | 1, shift: () => number, result: SidedSchedule): void;
  /**
   * Build a schedule anew from the other side, in the order in which activities end there, each moved by `shift`. Without shifts it never
   * gets longer: a justification. False, and `result` is of no use, when it gets longer than `limit`.
   */
  turn(
    from: SidedSchedule,
    limit: number,
    shift: (node: number) => number,
    result: SidedSchedule,
  ): boolean;
  /** Schedules made so far; one is a start for each activity. */
  schedules(): number;
}

export function twoSides(problem: Problem): TwoSides {
  const { size, durations } = problem;
  const keys = new Float64Array(size);
  const list = new Int32Array(size);
  const sides = ([problem, mirrored(problem)] as const).map((side) => {
    const { tails } = longestPaths(side);
    return { side, tails, makeList: listByKeys(side, keys), decoder: serialDecoder(side, tails) };
  });
  let begun = 0;
  return {
    begin(side, shift, result) {
      const of = sides[side];
      if (!of) return;
      for (let node = 0; node < size; node++) keys[node] = shift() - int(of.tails, node);
      result.makespan = decodeInParallel(of.side, keys, result.starts);
      result.side = side;
      begun++;
    },
    turn(from, limit, shift, result) {
      const other = sides[1 - from.side];
      if (!other) return false;
      for (let node = 0; node < size; node++)
        keys[node] = -(int(from.starts, node) + int(durations, node)) - shift(node);
      other.makeList(list);
      const makespan = other.decoder.decode(list, result.starts, limit);
      result.makespan = makespan;
      result.side = from.side === 0 ? 1 : 0;
      return makespan !== TOO_LATE && makespan <= limit;
    },
    schedules: () => sides.reduce((sum, { decoder }) => sum + decoder.schedules(), begun),
  };
}

/** Starts in the direction of time. */
export function startsOf(
  { starts, makespan, side }: SidedSchedule,
  durations: Int32Array,
): Int32Array {
  if (side === 0) return starts.slice();
  return starts.map((start, node) => makespan - start - int(durations, node));
}
