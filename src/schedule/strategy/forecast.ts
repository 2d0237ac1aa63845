import type { Point } from "./timeline.ts";

/** When it is likely to be done: many runs of the schedule's policy with durations drawn at random (MISSION WV-04). */
export interface Forecast {
  readonly runs: number;
  readonly seed: number;
  /** Where it ends in half of the runs, in four of five, in nineteen of twenty. */
  readonly p50: Point;
  readonly p80: Point;
  readonly p95: Point;
  readonly mean: number;
  readonly deviation: number;
  readonly earliest: Point;
  readonly latest: Point;
  /** The same percentiles without the events of the risk register. */
  readonly calm: { readonly p50: Point; readonly p80: Point; readonly p95: Point };
  /** The part of runs that ends by the schedule's end, and by the deadline. */
  readonly onTime: number;
  readonly byDeadline?: number;
  readonly histogram: readonly Bar[];
  /** In the order of the project's activities. */
  readonly activities: readonly ActivityForecast[];
  /** Groups, sync points, milestones and activities with a deadline. */
  readonly moments: readonly MomentForecast[];
  readonly estimates: EstimateSources;
}

/** Runs that end at `from` or later and before `to`, on the axis; the last bar includes its `to`. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface ActivityForecast {
  readonly activity: string;
  /** The part of the runs in which it was critical (Van Slyke, Operations Research 11 (1963) 839–860). */
  readonly criticality: number;
  /** Correlation (Pearson) of its duration with the end of the whole, −1 … 1: "cruciality" (Williams, JORS 43 (1992) 353–357). */
  readonly sensitivity: number;
  /** Duration on the axis: as planned, mean, and where it is no longer in 95 % of the runs. */
  readonly planned: number;
  readonly mean: number;
  readonly p95: number;
  /** Best, likely and worst as drawn from, as factors of the likely one, and where they come from. */
  readonly optimistic: number;
  readonly pessimistic: number;
  readonly source: string;
}

export interface MomentForecast {
  readonly id: string;
  readonly kind: "group" | "sync" | "activity";
  readonly planned: number;
  readonly p50: number;
  readonly p80: number;
  readonly p95: number;
  /** The part of the runs in which it is reached as planned, and by its deadline. */
  readonly onTime: number;
  readonly byDeadline?: number;
}

export interface EstimateSources {
  /** Activities with best and worst case of their own, with factors instead, and without any figure. */
  readonly threePoint: number;
  readonly factor: number;
  readonly noFigure: number;
  /** How far all durations go up and down together, 0 … 1. */
  readonly correlation: number;
  /** What is drawn from, and its sources, in words. */
  readonly method: string;
}
