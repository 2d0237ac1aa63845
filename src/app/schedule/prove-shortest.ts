import type { ExactSolver } from "../../ports/exact-solver.ts";
import type { ScheduleSearch } from "../../ports/schedule-search.ts";
import type { ProofAnswer } from "../../schedule/answers/schedule-answer.ts";
import { crewFaultsOf, type CrewTimes } from "../../schedule/solver/crew/check-crew-schedule.ts";
import type { CrewParts } from "../../schedule/solver/crew/crew-parts.ts";
import type { CrewSolution } from "../../schedule/solver/crew/crew-solution.ts";
import { staffStarts } from "../../schedule/solver/crew/staff-starts.ts";
import { withoutPeople } from "../../schedule/solver/crew/without-people.ts";
import { faultsOf } from "../../schedule/solver/check-schedule.ts";
import { makeProblem, type ProblemParts } from "../../schedule/solver/problem.ts";

export interface ProofPorts {
  readonly scheduleSearch: ScheduleSearch;
  readonly exactSolver: ExactSolver;
}

/** How long is tried to prove that a schedule is the shortest: first by bounds, then by the exact solver. */
const SHARES = { search: 3_000, bounds: 7_000, exact: 20_000 } as const;
export const PROOF_SECONDS = (SHARES.search + SHARES.bounds + SHARES.exact) / 1_000;
/** Schedules of the problem without people: what the proof starts from. */
const BUDGET = 5_000;

/** Activities up to which the exact solver is asked: of more, its model alone takes longer than there is time for. */
const MOST_EXACT = 1_000;

export interface Proven {
  readonly bound: number;
  /** A shorter schedule that was found on the way; undefined where there was none. */
  readonly shorter: CrewTimes | undefined;
  readonly proof: ProofAnswer;
}

interface ProofTask {
  readonly parts: CrewParts;
  readonly solution: CrewTimes & Pick<CrewSolution, "bound">;
  readonly seed: number;
}

/**
 * Raise the bound of a schedule of people by the problem without them (`withoutPeople`). Where the bound is the makespan, the schedule is
 * the shortest. A shorter schedule without people is given people, if it can be; what is found is checked, and a bound above a schedule
 * that holds is a fault, and thrown. By the clock: the same command can come further another time.
 */
export async function proveShortest(
  { scheduleSearch, exactSolver }: ProofPorts,
  task: ProofTask,
  signal?: AbortSignal,
): Promise<Proven> {
  const { makespan, bound } = task.solution;
  if (bound >= makespan) return answerFor(task, { bound, by: "bounds" });
  const parts = withoutPeople(task.parts);
  const { solution: known } = await scheduleSearch.search(
    {
      task: { kind: "activities", parts },
      seed: task.seed,
      budget: BUDGET,
      milliseconds: SHARES.search,
      proof: SHARES.bounds,
    },
    signal,
  );
  checkHolds(parts, known.starts);
  const tried = { bound: known.bound, starts: known.starts, by: "bounds" } as const;
  if (known.bound >= Math.min(makespan, known.makespan))
    return answerFor(task, { ...tried, note: { text: APART } });
  if (task.parts.activities.length > MOST_EXACT)
    return answerFor(task, { ...tried, note: { text: TOO_MANY } });
  const proof = await exactSolver.prove({ parts, known, milliseconds: SHARES.exact }, signal);
  if (proof.state === "unavailable")
    return answerFor(task, { ...tried, note: { text: proof.reason, hint: proof.hint } });
  const { starts } = proof;
  checkHolds(parts, starts);
  if (proof.state === "optimal")
    return answerFor(task, {
      bound: proof.makespan,
      starts,
      by: "minizinc",
      note: { text: APART },
    });
  const text = proof.reason === "canceled" ? "stopped" : `not decided in ${PROOF_SECONDS} s`;
  return answerFor(task, { bound: proof.bound, starts, by: "minizinc", note: { text } });
}

const APART = "people apart, the shortest is shorter: who can do what keeps the rest open";
const TOO_MANY = `more than ${MOST_EXACT} activities, which MiniZinc is not asked about`;

interface Found {
  readonly bound: number;
  /** Of a schedule without people. */
  readonly starts?: Int32Array;
  readonly by: ProofAnswer["by"];
  readonly note?: Note;
}

function answerFor({ parts, solution }: ProofTask, { starts, by, note, ...found }: Found): Proven {
  const shorter = starts && staffed(parts, starts, solution);
  const { makespan } = shorter ?? solution;
  const bound = Math.max(found.bound, solution.bound);
  if (bound > makespan)
    throw new Error(`a proof does not hold: nothing below ${bound}, but there is ${makespan}`);
  if (bound === makespan)
    return { bound, shorter, proof: { state: "proved", by, note: null, hint: null } };
  const [text, hint] = [note?.text ?? null, note?.hint ?? null];
  const state = hint === null ? "open" : "unavailable";
  return { bound, shorter, proof: { state, by, note: text, hint } };
}

/** The starts with people, if that can be had, is shorter, and no later for deadlines. */
function staffed(
  parts: CrewParts,
  starts: Int32Array,
  { makespan, lateness }: CrewTimes,
): CrewTimes | undefined {
  const found = staffStarts(parts, starts);
  if (!found || found.makespan >= makespan || found.lateness > lateness) return undefined;
  return crewFaultsOf(parts, found).length === 0 ? found : undefined;
}

function checkHolds(parts: ProblemParts, starts: Int32Array): void {
  const [fault] = faultsOf(makeProblem(parts), starts);
  if (fault !== undefined) throw new Error(`a schedule without people does not hold: ${fault}`);
}

interface Note {
  readonly text: string;
  readonly hint?: string;
}
