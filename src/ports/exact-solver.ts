import type { ProblemParts } from "../schedule/solver/problem.ts";
import type { Solution } from "../schedule/solver/search.ts";

export interface ProofRequest {
  readonly parts: ProblemParts;
  /** A schedule without faults that keeps all deadlines: where the proof begins. */
  readonly known: Pick<Solution, "starts" | "makespan" | "bound" | "late">;
  readonly milliseconds: number;
}

/** `optimal`: no schedule is shorter than this one. `open`: the best that is known now, and what no schedule can beat. */
export type Proof =
  | { readonly state: "optimal"; readonly starts: Int32Array; readonly makespan: number }
  | {
      readonly state: "open";
      readonly starts: Int32Array;
      readonly makespan: number;
      readonly bound: number;
      readonly reason: "time" | "canceled" | "late";
    }
  | { readonly state: "unavailable"; readonly reason: string; readonly hint: string };

/** Proves that a schedule is the shortest, or finds a shorter one. What it finds is checked by who asked. */
export interface ExactSolver {
  /** A proof is likely to be asked for: what can be loaded before is loaded, beside other work. Does nothing where there is nothing to load. */
  prepare?(): void;
  /** Never throws for what is not installed or runs out of time or memory; a proof that ended in time is the same each time. */
  prove(request: ProofRequest, signal?: AbortSignal): Promise<Proof>;
}
