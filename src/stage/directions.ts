import type { OutputDemand } from "./depth/demand.ts";
import type { AdditionName } from "./rules/addition.ts";

/** What depth and rules ask of one role, beyond its prompt and contract. Goes into the prompt, and to the role as a document. */
export type Directions = {
  /** Depth by the word of its table, `exhaustive`; null where no table speaks of the role. */
  readonly depth: string | null;
  /** Sentences for the prompt. */
  readonly instructions: readonly string[];
  /** Checked in code, like the contract. */
  readonly demands: readonly OutputDemand[];
  /** Sections to write besides those of the contract. */
  readonly sections: readonly AdditionName[];
  /** Only what is required, in few words. */
  readonly brief: boolean;
};

export const NO_DIRECTIONS: Directions = {
  depth: null,
  instructions: [],
  demands: [],
  sections: [],
  brief: false,
};

/** Name of the document that carries them. */
export const DIRECTIONS_DOCUMENT = "directions.json";
