import type { Measures, Rating } from "../../core/event.ts";
import type { JudgedBy, Measured } from "../measured.ts";
import { eventsOf, settledRoles, type StageHistory } from "../stage-history.ts";

/** A place in the source documents that asks for the metric; `own` for what Wavegate adds. */
export type Source = `S${0 | 1 | 2} §${number}${`.${number}` | ""}` | "own";

export type Unit =
  | "share"
  | "percent"
  | "count"
  | "ms"
  | "bytes"
  | "score"
  | "rating"
  | "words"
  | "usd"
  | "tokens";

/**
 * One metric (ST-20). `measure` reads recorded events only and is the same for one run and for many: shares are of
 * everything in all runs, not means of shares.
 */
export interface Metric {
  /** As the source documents name it. */
  readonly name: string;
  readonly sources: readonly Source[];
  /** What it is and how it is computed, for people who will rely on it. */
  readonly definition: string;
  readonly unit: Unit;
  /** Whether it is also shown for each specialist. */
  readonly perRole: boolean;
  /** Stages that it is about; absent for all. */
  readonly stages?: readonly string[];
  /** Who says it, where nothing can count it. */
  readonly judgedBy?: JudgedBy;
  /** Over these stages; only of `role`, if one is named. */
  readonly measure: (stages: readonly StageHistory[], role?: string) => Measured;
}

export const UNITS: Readonly<Record<Unit, string>> = {
  share: "share, 0–100 %",
  percent: "percent, 0–100",
  count: "count",
  ms: "milliseconds",
  bytes: "bytes",
  score: "score, 0–100",
  rating: "rating, 1 (bad) to 5 (good)",
  words: "words, each with how often",
  usd: "US dollars",
  tokens: "tokens",
};

/** A number that was recorded with the specialists' answers. */
export const answerMeasures = (
  stages: readonly StageHistory[],
  name: string,
  role?: string,
): readonly number[] =>
  stages.flatMap((stage) =>
    settledRoles(stage, role).flatMap(({ measures }) => numberIn(measures, name)),
  );

/** What was recorded with the last gate that each stage opened. */
export const gateMeasures = (stages: readonly StageHistory[], name: string): readonly number[] =>
  stages.flatMap((stage) => numberIn(eventsOf(stage, "gate-opened").at(-1)?.measures, name));

/** What was recorded with the last review of each stage. */
export const lastReviews = (stages: readonly StageHistory[]) =>
  stages.flatMap((stage) => eventsOf(stage, "review-finished").at(-1) ?? []);

export const numberIn = (measures: Measures | undefined, name: string): readonly number[] => {
  const value = measures?.[name];
  return typeof value === "number" ? [value] : [];
};

export const wordIn = (measures: Measures | undefined, name: string): readonly string[] => {
  const value = measures?.[name];
  return typeof value === "string" ? [value] : [];
};

export const sum = (values: readonly number[]): number =>
  values.reduce((all, value) => all + value, 0);

/** The last rating of a metric in each stage, of each role. */
export const ratingsIn = (
  stages: readonly StageHistory[],
  metric: string,
  role?: string,
): readonly number[] =>
  stages.flatMap((stage) => {
    const given = stage.events.flatMap(({ event }): readonly Rating[] =>
      "ratings" in event ? (event.ratings ?? []) : [],
    );
    const last = new Map(
      given
        .filter((rating) => rating.metric === metric)
        .filter((rating) => role === undefined || rating.role === role)
        .map(({ role: whose, score }) => [whose ?? "", score]),
    );
    return [...last.values()];
  });
