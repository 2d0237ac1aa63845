import { listByKeys } from "./list-by-keys.ts";
import { decodeInParallel } from "./parallel-decoder.ts";
import { longestPaths } from "./paths.ts";
import { int, mirrored, NEVER, type Problem } from "./problem.ts";
import { serialDecoder, TOO_LATE } from "./serial-decoder.ts";

/** A schedule built from one side of time: 0 from its beginning, 1 from its end. Starts count from that side. */
export interface SidedSchedule {
  readonly starts: Int32Array;
  side: 0 | 1;
  /** The tick of time at which it ends, and from which those of side 1 count. */
  end: number;
  /** Its length, as far as it matters to the search. */
  makespan: number;
  /** Ticks by which deadlines are missed, added up. */
  late: number;
}

/** Schedules of a problem made from both sides of time, one into the other. */
export interface TwoSides {
  /** A non-delay schedule from a side, by longest path to the end of it, each moved by `shift`. Into `result`. */
  begin(side: 0 | 1, shift: () => number, result: SidedSchedule): void;
  /**
   * Build a schedule anew from the other side, in the order in which activities end there, each moved by `shift`. Without shifts it never
   * gets longer or later: a justification. False, and `result` is of no use, when it gets longer than `limit`.
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
  const { size, durations, deadlines, drops } = problem;
  const keys = new Float64Array(size);
  const list = new Int32Array(size);
  const floors = floorsOf(problem);
  const sides = [problem, { ...mirrored(problem), releases: floors.ticks }].map((side) => {
    const { tails } = longestPaths(side);
    return { side, tails, makeList: listByKeys(side, keys), decoder: serialDecoder(side, tails) };
  });
  const urgency = urgencyOf(problem);
  const isDue = deadlines.some((tick) => tick < NEVER);
  const complete = (result: SidedSchedule, end: number): void => {
    result.end = end;
    result.late = isDue ? lateness(problem, result) : 0;
  };
  let begun = 0;
  return {
    begin(wanted, shift, result) {
      // Who knows no end can't tell from there where drops and deadlines are.
      const number = drops.length > 0 || isDue ? 0 : wanted;
      const of = sides[number];
      if (!of) return;
      const urgent = number === 0 ? urgency : of.tails;
      for (let node = 0; node < size; node++) keys[node] = shift() - int(urgent, node);
      result.side = number;
      result.makespan = decodeInParallel(of.side, keys, result.starts);
      begun++;
      complete(result, result.makespan);
    },
    turn(from, limit, shift, result) {
      const number = from.side === 0 ? 1 : 0;
      const of = sides[number];
      if (!of) return false;
      for (let node = 0; node < size; node++)
        keys[node] = -(int(from.starts, node) + int(durations, node)) - shift(node);
      of.makeList(list);
      const anchor = Number.isFinite(limit) ? limit : from.end;
      if (number === 1 && isDue) floors.raise(from, anchor);
      const backward = number === 1 && (drops.length > 0 || isDue);
      const limits = backward ? { end: Math.min(limit, anchor), anchor } : { end: limit };
      const makespan = of.decoder.decode(list, result.starts, limits);
      if (makespan === TOO_LATE || makespan > limit) return false;
      result.side = number;
      // Where time has drops, one made backwards stays at its anchor: how much shorter it is shows when it is turned.
      result.makespan = backward ? Math.max(makespan, from.makespan) : makespan;
      complete(result, backward ? anchor : makespan);
      return true;
    },
    schedules: () => sides.reduce((sum, { decoder }) => sum + decoder.schedules(), begun),
  };
}

function lateness({ durations, deadlines }: Problem, schedule: SidedSchedule): number {
  let late = 0;
  for (const [node, start] of startsOf(schedule, durations).entries())
    late += Math.max(0, start + int(durations, node) - int(deadlines, node));
  return late;
}

/** Longest path from the start of each to the end, as if who is due had that much less time: what begins first. */
function urgencyOf(problem: Problem): Int32Array {
  const { length } = longestPaths(problem);
  const due = problem.deadlines.filter((tick) => tick < NEVER).reduce((a, b) => Math.max(a, b), 0);
  const end = Math.max(length, due);
  const deliveries = problem.deadlines.map((tick) => Math.max(0, end - tick));
  return longestPaths({ ...problem, deliveries }).tails;
}

/** Ticks before which activities don't start in the mirrored problem: what is to be delivered after them, and deadlines. */
function floorsOf({ durations, deliveries, deadlines }: Problem) {
  const ticks = deliveries.slice();
  return {
    ticks,
    /** Hold on to deadlines, or, of those missed, to what is kept of them, in a schedule that ends at the anchor. */
    raise(from: SidedSchedule, anchor: number): void {
      for (const [node, start] of startsOf(from, durations).entries()) {
        const due = int(deadlines, node);
        const kept = due === NEVER ? due : Math.max(due, start + int(durations, node));
        ticks[node] = Math.max(int(deliveries, node), anchor - kept);
      }
    },
  };
}

/** Starts in the direction of time. */
export function startsOf({ starts, end, side }: SidedSchedule, durations: Int32Array): Int32Array {
  if (side === 0) return starts.slice();
  return starts.map((start, node) => end - start - int(durations, node));
}
