import type { LevelKey } from "./levels-lexicon.ts";

/** A case before it has its number and its fixtures. */
export interface DraftCase {
  readonly level: LevelKey;
  readonly title: string;
  readonly given: string | null;
  readonly when: string | null;
  readonly then: string;
  readonly requirements: readonly string[];
  readonly source: string;
  /** Systems that a stand-in plays. */
  readonly systems: readonly string[];
}
