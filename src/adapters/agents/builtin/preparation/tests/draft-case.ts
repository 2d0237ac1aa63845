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

/** A case as it is told: with its number and the fixtures that it begins from. */
export type Case = DraftCase & { readonly id: string; readonly fixtures: readonly string[] };

/** The ids that cases are about, each once. */
export const idsOf = (cases: readonly { readonly requirements: readonly string[] }[]): string[] => [
  ...new Set(cases.flatMap(({ requirements }) => requirements)),
];
