import { int } from "../problem.ts";
import type { CrewProblem } from "./crew-problem.ts";
import { costOf } from "./crew-cost.ts";
import { headsOf } from "./crew-schedule.ts";
import type { SidedCrewSchedule } from "./crew-sides.ts";
import { levelLoad } from "./level-load.ts";

/** A schedule of a problem with people. */
export interface CrewSolution {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Which of its own options each activity has, from 0. */
  readonly options: Int32Array;
  /** Who does each activity: those of the first need of its option first; of fixed ones as given. */
  readonly people: readonly (readonly number[])[];
  readonly makespan: number;
  /** Ticks after their deadlines that activities end, added up. */
  readonly lateness: number;
  /** Costs of options and people, added up. */
  readonly cost: number;
  /** Ticks that each person is busy with activities. */
  readonly loads: Float64Array;
  /** No schedule ends earlier. */
  readonly bound: number;
  /** Schedules made. */
  readonly schedules: number;
}

/** In the direction of time, with people's loads made as even as they can be by handing single activities over. */
export function crewSolution(
  problem: CrewProblem,
  found: SidedCrewSchedule,
  search: Pick<CrewSolution, "bound" | "schedules">,
): CrewSolution {
  const { size, seats } = problem;
  const turned = (from: Int32Array, to: Int32Array): Int32Array =>
    found.side === 0 ? from.slice() : to.map((tick) => found.makespan - tick);
  const schedule = {
    ...found,
    starts: turned(found.starts, found.ends),
    ends: turned(found.ends, found.starts),
    people: found.people.slice(),
  };
  const loads = levelLoad(problem, schedule);
  return {
    ...search,
    starts: schedule.starts,
    ends: schedule.ends,
    options: schedule.options.map((option, node) => option - int(problem.options.starts, node)),
    people: Array.from({ length: size }, (_, node) => {
      const first = int(seats, node);
      return Array.from(schedule.people.subarray(first, first + headsOf(problem, schedule, node)));
    }),
    makespan: schedule.makespan,
    lateness: schedule.lateness,
    cost: costOf(problem, schedule),
    loads,
  };
}
