import { oneLine } from "../../core/text.ts";
import type { Budget, Effort } from "../../schedule/answers/schedule-answer.ts";
import { compile, type Compiled } from "../../schedule/project/compile/compile.ts";
import { isBeyond, scheduleOf } from "../../schedule/project/compile/schedule-of.ts";
import type { Project } from "../../schedule/project/project.ts";
import type { Schedule } from "../../schedule/project/schedule.ts";
import { crewFaultsOf } from "../../schedule/solver/crew/check-crew-schedule.ts";
import type { CrewSolution } from "../../schedule/solver/crew/crew-solution.ts";
import { invalid } from "./open-project.ts";
import type { Listening } from "./schedule-cases.ts";
import { proveShortest, type ProofPorts } from "./prove-shortest.ts";

/** How a schedule is looked for. */
export interface SearchWish {
  readonly budget?: Budget;
  readonly seed?: number;
  /** Try to prove that it is the shortest. */
  readonly prove?: boolean;
}

export interface Searched {
  readonly schedule: Schedule;
  readonly compiled: Compiled;
  readonly effort: Effort;
}

export const USUAL_SEED = 1;
/** Schedules that are made where nothing is said: fewer of large projects, so that it stays a matter of seconds. */
const USUAL_BUDGET = { most: 10_000, least: 10, starts: 2_000_000 };

/** Schedules to make of a project with so many activities. */
export const usualBudget = (size: number): number =>
  Math.max(
    USUAL_BUDGET.least,
    Math.min(USUAL_BUDGET.most, Math.floor(USUAL_BUDGET.starts / Math.max(1, size))),
  );

/**
 * The shortest schedule that is found, held against a checker that shares no code with the search: one that breaks what was asked for is a
 * fault, and is thrown, never given. The same seed and budget in schedules give the same one. Throws SCHEDULE_INVALID with all that keeps
 * the project from being scheduled.
 */
export async function searchSchedule(
  ports: ProofPorts,
  project: Project,
  wish: SearchWish,
  { onProgress, signal }: Listening = {},
): Promise<Searched> {
  const size = project.activities.length + project.syncPoints.length;
  const budget = wish.budget ?? { kind: "schedules", count: usualBudget(size) };
  const seed = wish.seed ?? USUAL_SEED;
  if (wish.prove === true) ports.exactSolver.prepare?.();
  for (let horizon: number | undefined; ;) {
    const compiled = compiledOf(project, horizon);
    const { tick, parts } = compiled;
    const { solution, ended } = await ports.scheduleSearch.search(
      {
        task: { kind: "crew", parts },
        seed,
        budget: budget.kind === "schedules" ? budget.count : Infinity,
        ...(budget.kind === "time" && { milliseconds: budget.ms }),
        ...(onProgress && {
          onProgress: ({ makespan, bound, schedules }) =>
            onProgress({ makespan: makespan * tick, bound: bound * tick, schedules }),
        }),
      },
      signal,
    );
    checkHolds(compiled, solution);
    if (isBeyond(compiled, solution)) {
      horizon = compiled.horizon * 2;
      continue;
    }
    const stopped = ended === "canceled";
    // The last one may be half made.
    const schedules = Math.round(solution.schedules);
    const proved =
      wish.prove === true && !stopped
        ? await proveShortest(ports, { parts, solution, seed }, signal)
        : { bound: solution.bound, shorter: undefined, proof: null };
    const { bound, shorter, proof } = proved;
    // What a proof finds depends on the clock.
    const repeatable = budget.kind === "schedules" && !stopped && !shorter;
    return {
      schedule: scheduleOf(compiled, { ...(shorter ?? solution), bound, schedules }, seed),
      compiled,
      effort: { schedules, seed, budget, stopped, repeatable, proof },
    };
  }
}

function compiledOf(project: Project, horizon: number | undefined): Compiled {
  const compiled = compile(project, horizon === undefined ? {} : { horizon });
  if (compiled.ok) return compiled.value;
  throw invalid(`${oneLine(project.name, 200)} can't be scheduled`, compiled.error);
}

function checkHolds({ parts }: Compiled, solution: CrewSolution): void {
  const [fault] = crewFaultsOf(parts, solution);
  if (fault !== undefined) throw new Error(`a schedule does not hold: ${fault}`);
}
