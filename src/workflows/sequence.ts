import type { Steps } from "../ports/engine.ts";
import type { GateInfo, StageOutcome } from "../stage/records.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import type { Back } from "./broken-stage.ts";
import type { CarriedOut, Implementation } from "./implement-work.ts";
import type { OpenStage } from "./pass-stage.ts";
import type { RunInput } from "./run-stages.ts";
import type { StagePorts } from "./stage-ports.ts";
import type { HeldFile, PersonsWords } from "./stage-run.ts";

/** A stage whose gate was decided. */
export interface PassedStage {
  /** Its place among the stages of the run. */
  readonly index: number;
  readonly stage: StageSpec;
  readonly open: OpenStage;
  readonly outcome: StageOutcome;
  /** What the decision was about. */
  readonly gate: GateInfo;
}

/** A run of several stages while it goes on: what its parts share. */
export interface Sequence {
  readonly ports: StagePorts;
  readonly steps: Steps;
  readonly run: RunInput;
  /** Undefined where nothing can carry out plans. */
  readonly implementation: Implementation | undefined;
  /** The plan of the run, where agents carried it out. */
  carriedOut?: CarriedOut;
  /** Where the run goes back to from what is being carried out. */
  goesBack?: Back;
  /** Stages whose approval stands, in order. */
  readonly passed: PassedStage[];
  /** What people said between stages; for all that come after. */
  readonly words: PersonsWords[];
  /** How often something was done so far, by name: keeps keys of steps and events apart. */
  readonly counts: Map<string, number>;
}

/** How often this has been done, counting this time. */
export function countOf({ counts }: Sequence, what: string): number {
  const count = (counts.get(what) ?? 0) + 1;
  counts.set(what, count);
  return count;
}

/** Scope of what happens between stages; no stage is named so. */
export const BETWEEN = "between";

/** The files that the approval of a stage stands for. */
export const approvedFiles = ({ gate }: Pick<PassedStage, "gate">): readonly HeldFile[] =>
  gate.artifacts.map(({ target: path, digest }) => ({ path, digest, boxes: true }));
