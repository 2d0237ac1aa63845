import type { Score, ScorePart } from "../../spec/scores/score.ts";

/** The figures that rules look at (ST-14, ST-16), in the order in which they are shown. */
export const SCORE_NAMES = ["complexity", "clarity", "uncertainty", "debt"] as const;

export type ScoreName = (typeof SCORE_NAMES)[number];

/** Values that a person set in place of computed ones, 0 to 100. */
export type ScoreSettings = Readonly<Partial<Record<ScoreName, number>>>;

/** Where a value comes from. */
export type ScoreSource = "computed" | "configuration" | "command line";

/** One score as a run uses it. Journaled with the run. */
export type Reading = {
  /** What rules look at. */
  readonly value: number;
  readonly source: ScoreSource;
  /** What the formula gives, also where a person set another value. */
  readonly computed: number;
  readonly parts: readonly { readonly [Key in keyof ScorePart]: ScorePart[Key] }[];
  /** What limits the computation, for people; null where nothing does. */
  readonly note: string | null;
};

export type Readings = { readonly [Name in ScoreName]: Reading };

/** A score by its formula, under what a person set: the command line goes before the configuration. */
export function reading(
  name: ScoreName,
  score: Score,
  set: {
    readonly configuration: ScoreSettings;
    readonly commandLine: ScoreSettings;
    readonly note?: string | null;
  },
): Reading {
  const own = set.commandLine[name];
  const configured = set.configuration[name];
  return {
    value: own ?? configured ?? score.value,
    source:
      own !== undefined ? "command line" : configured !== undefined ? "configuration" : "computed",
    computed: score.value,
    parts: score.parts,
    note: set.note ?? null,
  };
}
