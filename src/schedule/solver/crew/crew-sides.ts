import { listByKeys } from "../list-by-keys.ts";
import { int } from "../problem.ts";
import { CrewBuilder } from "./crew-builder.ts";
import { parallelCrewDecoder } from "./crew-parallel-decoder.ts";
import { crewPaths } from "./crew-paths.ts";
import { isTwoSided, mirroredCrew, type CrewProblem } from "./crew-problem.ts";
import { emptySchedule, latenessOf, type CrewSchedule } from "./crew-schedule.ts";
import { decodeCrewList } from "./crew-serial-decoder.ts";
import type { Guide } from "./guide.ts";

/** A schedule built from one side of time: 0 from its beginning, 1 from its end. Its times count from that side. */
export interface SidedCrewSchedule extends CrewSchedule {
  side: 0 | 1;
}

/**
 * Schedules of a problem made from both sides of time, one into the other; from the beginning alone where it is bound to time by absences,
 * releases or what is fixed.
 */
export interface CrewSides {
  /** A non-delay schedule from a side, by longest path to the end of it, each moved by `shift`. Into `result`. */
  begin(side: 0 | 1, shift: () => number, result: SidedCrewSchedule): void;
  /**
   * Build a schedule anew from the other side, in the order in which activities end there, each moved by `shift`; or, from the beginning
   * alone, in the order of their starts. False, and `result` is of no use, when it gets longer than `limit`.
   */
  turn(
    from: SidedCrewSchedule,
    limit: number,
    shift: Float64Array,
    result: SidedCrewSchedule,
  ): boolean;
  /** Schedules made so far; one is a start for each activity. */
  schedules(): number;
  /** Whether there are two. */
  readonly isTwoSided: boolean;
}

export function crewSides(problem: CrewProblem, guide: Guide): CrewSides {
  const { size } = problem;
  const keys = new Float64Array(size);
  const list = new Int32Array(size);
  const both = isTwoSided(problem);
  const sides = (both ? [problem, mirroredCrew(problem)] : [problem]).map((side) => {
    const builder = new CrewBuilder(side, guide, emptySchedule(side));
    return {
      paths: crewPaths(side),
      builder,
      makeList: listByKeys(side, keys),
      decode: parallelCrewDecoder(builder),
    };
  });
  const finish = (result: SidedCrewSchedule, side: 0 | 1): void => {
    result.side = side;
    if (side === 1)
      result.lateness = latenessOf(
        problem,
        result.starts.map((start) => result.makespan - start),
      );
  };
  return {
    isTwoSided: both,
    begin(wanted, shift, result) {
      const number = both ? wanted : 0;
      const side = sides[number];
      if (!side) return;
      for (let node = 0; node < size; node++) keys[node] = shift() - int(side.paths.tails, node);
      side.decode(keys, result);
      finish(result, number);
    },
    turn(from, limit, shift, result) {
      const number = both && from.side === 0 ? 1 : 0;
      const side = sides[number];
      if (!side) return false;
      for (let node = 0; node < size; node++)
        keys[node] = (both ? -int(from.ends, node) : int(from.starts, node)) + (shift[node] ?? 0);
      side.makeList(list);
      if (!decodeCrewList(side.builder, side.paths, list, { schedule: result, limit }))
        return false;
      finish(result, number);
      return result.makespan <= limit;
    },
    schedules: () =>
      sides.reduce((sum, { builder }) => sum + builder.assigned, 0) / Math.max(1, size),
  };
}
