import type { RunEvent } from "../core/event.ts";
import type { Spec } from "../spec/model.ts";
import type { StageSpec } from "./stage-spec.ts";

/** What is known when a stage's input has been taken down: all that a rule may look at. */
export interface Measured {
  /** The specification as the stage gets it. */
  readonly spec: Spec;
  readonly text: string;
  /** Further documents by name, `repository.json` among them where the stage reads it. */
  readonly documents: Readonly<Record<string, string>>;
}

/** The stage as it is to be passed, or why it is not needed; with events that say what brought it about. */
export type Adapted =
  | { readonly stage: StageSpec; readonly events: readonly RunEvent[] }
  | { readonly notNeeded: string; readonly events: readonly RunEvent[] };

/**
 * What is made of a stage once its input is measured (ST-14). Asked exactly once for each time a stage begins; what it
 * gives is journaled with the input, so that a replay by a newer version changes nothing.
 */
export type AdaptStage = (stage: StageSpec, measured: Measured) => Adapted;

/** No rule: the stage as the configuration has it. */
export const unadapted: AdaptStage = (stage) => ({ stage, events: [] });
