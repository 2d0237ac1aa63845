import { oneLine } from "../../core/text.ts";
import type { ExactSolver, Proof, ProofRequest } from "../../ports/exact-solver.ts";
import { makeProblem, type Problem } from "../../schedule/solver/problem.ts";
import { miniZincModel, type ModelGoal } from "./minizinc-model.ts";
import { runMiniZinc, type MiniZincRun } from "./minizinc-run.ts";
import { findMiniZinc, prepareThread } from "./minizinc-thread.ts";

/** Part of the time in which a shorter schedule is looked for; in the rest the bound is raised. */
const SHARE = 0.7;

/** Chuffed, a solver that learns from conflicts, in the optional package `minizinc`, which is loaded when something is to be proved. */
export const miniZinc: ExactSolver = {
  prepare() {
    const program = findMiniZinc();
    if (program !== undefined) prepareThread(program);
  },
  async prove(request, signal) {
    const program = findMiniZinc();
    if (program === undefined)
      return {
        state: "unavailable",
        reason: "The package minizinc is not installed.",
        hint: "Install it beside wavegate: npm install minizinc@4.5.1",
      };
    if (request.known.late > 0) return { ...request.known, state: "open", reason: "late" };
    return new Prover(program, request, signal).prove();
  },
};

/** First all that is shorter than what is known; if that takes too long, makespans from the bound upwards, each refuted or had. */
class Prover {
  readonly #program: string;
  readonly #problem: Problem;
  readonly #until: number;
  readonly #signal: AbortSignal | undefined;
  #starts: Int32Array;
  #makespan: number;
  #bound: number;

  constructor(program: string, { parts, known, milliseconds }: ProofRequest, signal?: AbortSignal) {
    this.#program = program;
    this.#problem = makeProblem(parts);
    this.#until = performance.now() + milliseconds;
    this.#signal = signal;
    [this.#starts, this.#makespan, this.#bound] = [known.starts, known.makespan, known.bound];
  }

  async prove(): Promise<Proof> {
    const all = this.#left() * SHARE;
    let run = await this.#ask({ least: this.#bound, most: this.#makespan - 1 }, all);
    if (run.state === "ended") this.#bound = this.#makespan;
    while (run.state !== "canceled" && run.state !== "failed" && this.#bound < this.#makespan) {
      if (this.#left() <= 0) break;
      run = await this.#ask({ least: this.#bound, most: this.#bound }, this.#left());
      if (run.state === "ended" && run.solution === undefined) this.#bound++;
    }
    return this.#answer(run);
  }

  #left(): number {
    return this.#until - performance.now();
  }

  /** What is found counts at once. */
  async #ask(goal: ModelGoal, milliseconds: number): Promise<MiniZincRun> {
    const nothing = { state: "ended", solution: undefined, message: "" } as const;
    if (goal.most < goal.least) return nothing;
    if (milliseconds <= 0) return { ...nothing, state: "time" };
    const model = miniZincModel(this.#problem, goal);
    if (model === undefined) return nothing;
    const run = await runMiniZinc(this.#program, model, milliseconds, this.#signal);
    if (run.solution) {
      const values = run.solution;
      const { durations } = this.#problem;
      this.#starts = durations.map((_, node) => values.get(`s${node}`) ?? 0);
      this.#makespan = this.#starts.reduce(
        (latest, start, node) => Math.max(latest, start + (durations[node] ?? 0)),
        0,
      );
    }
    return run;
  }

  #answer({ state, message }: MiniZincRun): Proof {
    const [starts, makespan] = [this.#starts, this.#makespan];
    if (this.#bound >= makespan) return { state: "optimal", starts, makespan };
    if (state === "failed")
      return {
        state: "unavailable",
        reason: `MiniZinc failed: ${oneLine(message)}`,
        hint: "Go on without a proof, or report what it said.",
      };
    const reason = state === "canceled" ? "canceled" : "time";
    return { state: "open", starts, makespan, bound: this.#bound, reason };
  }
}
