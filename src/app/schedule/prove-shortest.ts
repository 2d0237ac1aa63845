import type { ExactSolver } from "../../ports/exact-solver.ts";
import type { ScheduleSearch } from "../../ports/schedule-search.ts";
import type { ProofAnswer } from "../../schedule/answers/schedule-answer.ts";
import type { CrewParts } from "../../schedule/solver/crew/crew-parts.ts";
import type { CrewSolution } from "../../schedule/solver/crew/crew-solution.ts";
import { withoutPeople } from "../../schedule/solver/crew/without-people.ts";
import { faultsOf } from "../../schedule/solver/check-schedule.ts";
import { makeProblem } from "../../schedule/solver/problem.ts";

export interface ProofPorts {
  readonly scheduleSearch: ScheduleSearch;
  readonly exactSolver: ExactSolver;
}

/** How long is tried to prove that a schedule is the shortest: first by bounds, then by the exact solver. */
const SHARES = { search: 3_000, bounds: 7_000, exact: 20_000 } as const;
export const PROOF_SECONDS = (SHARES.search + SHARES.bounds + SHARES.exact) / 1_000;
/** Schedules of the problem without people: what the proof starts from. */
const BUDGET = 5_000;

/**
 * Raise the bound of a schedule of people by the problem without them (`withoutPeople`). The bound is at most the makespan: then the
 * schedule is the shortest. Bounds by the clock: the same command can come further another time.
 */
export async function proveShortest(
  { scheduleSearch, exactSolver }: ProofPorts,
  task: { readonly parts: CrewParts; readonly solution: CrewSolution; readonly seed: number },
  signal?: AbortSignal,
): Promise<{ readonly bound: number; readonly proof: ProofAnswer }> {
  const { makespan, bound } = task.solution;
  const answer = (raised: number, by: ProofAnswer["by"], note?: Note) => {
    const least = Math.min(makespan, Math.max(bound, raised));
    if (least >= makespan)
      return { bound: least, proof: { state: "proved", by, note: null, hint: null } } as const;
    const [text, hint] = [note?.text ?? null, note?.hint ?? null];
    const state = hint === null ? "open" : "unavailable";
    return { bound: least, proof: { state, by, note: text, hint } } as const;
  };
  if (bound >= makespan) return answer(bound, "bounds");
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
  const [fault] = faultsOf(makeProblem(parts), known.starts);
  if (fault !== undefined) throw new Error(`a schedule without people does not hold: ${fault}`);
  const apart = "people apart, the shortest is shorter: who can do what keeps the rest open";
  if (known.bound >= makespan) return answer(known.bound, "bounds");
  if (known.bound >= known.makespan) return answer(known.bound, "bounds", { text: apart });
  const proof = await exactSolver.prove({ parts, known, milliseconds: SHARES.exact }, signal);
  if (proof.state === "unavailable")
    return answer(known.bound, "bounds", { text: proof.reason, hint: proof.hint });
  if (proof.state === "optimal") return answer(proof.makespan, "minizinc", { text: apart });
  const ended = proof.reason === "canceled" ? "stopped" : `not decided in ${PROOF_SECONDS} s`;
  return answer(proof.bound, "minizinc", { text: ended });
}

interface Note {
  readonly text: string;
  readonly hint?: string;
}
