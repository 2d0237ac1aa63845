import type { RunEvent } from "../core/event.ts";
import type { Adapting } from "../stage/rules/adapting.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import type { StageInput } from "./stage-run.ts";

/** A stage whose turn has come. */
export interface TakeDownRequest {
  readonly runId: string;
  readonly stage: StageSpec;
  readonly scope: string;
  /** Path of the specification, relative to the project. */
  readonly subject: string;
  readonly agentLimit: number | null;
  readonly refresh: boolean;
  /** What rules work from. */
  readonly adapting: Adapting;
}

/** What the stage works from, or why it is passed over; with what rules made of it. Journaled. */
export type TakenDown =
  | { readonly input: StageInput; readonly events: readonly RunEvent[] }
  | { readonly notNeeded: string; readonly events: readonly RunEvent[] };

/**
 * Take down all that a stage works from, as it is at this moment: what it requires is checked by hashes, documents are
 * read, the repository is measured, rules are applied. Throws a `WavegateError` for what a person can mend: a
 * specification with errors, a document that is missing or not approved.
 */
export type TakeDown = (request: TakeDownRequest) => Promise<TakenDown>;
