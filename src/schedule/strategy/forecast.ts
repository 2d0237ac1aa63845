import type { Project } from "../project/project.ts";
import type { PartialOrder } from "./order/model.ts";
import { momentForecast, momentsOf } from "./simulation/moments.ts";
import { histogramOf, percentile, shareUntil } from "./simulation/percentiles.ts";
import {
  simulateOrder,
  withReserve,
  type RiskEvent,
  type Runs,
} from "./simulation/simulate-order.ts";
import { factorAt, spreadOf, spreadTables, type Spread } from "./simulation/spread.ts";
import { deadlineAt, type Point, type Timeline } from "./timeline.ts";

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

export interface ForecastOptions {
  /** 10,000 where it is not given; fewer where the project is so large that it would take long (`WORK_LIMIT`). */
  readonly runs?: number;
  readonly seed?: number;
  readonly correlation?: number;
  readonly events?: readonly RiskEvent[];
  /** The forecast without events, where it is there already, of as many runs. */
  readonly calm?: Pick<Forecast, "p50" | "p80" | "p95">;
}

export const DEFAULT_RUNS = 10_000;
const DEFAULT_SEED = 1;
/**
 * Estimates of one project err together (the same people made them, the same things were not known): independent ones would promise too
 * narrow an end. That it is a quarter is our choice.
 */
export const DEFAULT_CORRELATION = 0.25;
/** Nodes and remembered moments of all runs together, some seconds: 10,000 runs of 500 activities, 25 of 100,000. */
const WORK_LIMIT = 5_000_000;
/** So many no longer fit into the processor's caches: each takes twice as long. */
const BEYOND_CACHES = 100_000;

function runsFor(size: number, wanted = DEFAULT_RUNS): number {
  const each = (size + 1) * (1 + Math.min(1, size / BEYOND_CACHES));
  return Math.max(1, Math.min(wanted, Math.floor(WORK_LIMIT / each)));
}

/** The distribution of ends by simulation. */
export function forecast(
  project: Project,
  order: PartialOrder,
  timeline: Timeline,
  options: ForecastOptions = {},
): Forecast {
  const { seed = DEFAULT_SEED, correlation = DEFAULT_CORRELATION, events = [] } = options;
  const moments = momentsOf(project, order, timeline);
  const runs = runsFor(order.nodes.length + moments.length, options.runs);
  const spreads = project.activities.map(({ work }) => spreadOf(work));
  const simulation = {
    runs,
    seed,
    correlation,
    moments: moments.map(({ nodes }) => nodes),
  };
  const result = simulateOrder(order, spreads, { ...simulation, events });
  const calmOf = (): Forecast["calm"] => {
    if (options.calm)
      return { p50: options.calm.p50, p80: options.calm.p80, p95: options.calm.p95 };
    const calm =
      events.length === 0
        ? result
        : simulateOrder(order, spreads, { ...simulation, events: [], moments: [] });
    return percentiles(calm.ends.toSorted(), timeline);
  };
  const ends = result.ends.toSorted();
  const planned = order.nodes.reduce((last, { to }) => Math.max(last, to), 0);
  const mean = ends.reduce((sum, end) => sum + end, 0) / runs;
  const deadline =
    project.deadline === undefined ? undefined : deadlineAt(timeline, project.deadline);
  return {
    runs,
    seed,
    ...percentiles(ends, timeline),
    mean,
    deviation: Math.sqrt(ends.reduce((sum, end) => sum + (end - mean) ** 2, 0) / runs),
    earliest: timeline.endAt(ends[0] ?? 0),
    latest: timeline.endAt(ends.at(-1) ?? 0),
    calm: calmOf(),
    onTime: shareUntil(ends, planned),
    ...(deadline === undefined ? {} : { byDeadline: shareUntil(ends, deadline.minute) }),
    histogram: histogramOf(ends),
    activities: activityForecasts(project, order, { spreads, result }),
    moments: moments.map((moment, index) =>
      momentForecast(moment, result.moments[index] ?? new Float64Array(0)),
    ),
    estimates: sourcesOf(order, spreads, correlation),
  };
}

const percentiles = (sorted: Float64Array, timeline: Timeline) => ({
  p50: timeline.endAt(percentile(sorted, 0.5)),
  p80: timeline.endAt(percentile(sorted, 0.8)),
  p95: timeline.endAt(percentile(sorted, 0.95)),
});

const CERTAIN: Spread = { optimistic: 1, pessimistic: 1, source: "certain", kind: "three-point" };

function activityForecasts(
  project: Project,
  order: PartialOrder,
  { spreads, result }: { readonly spreads: readonly Spread[]; readonly result: Runs },
): readonly ActivityForecast[] {
  const runs = result.ends.length;
  const tableOf = spreadTables();
  return project.activities.map(({ id }, index): ActivityForecast => {
    const node = order.nodes[index];
    const [work, open] = [node?.work ?? 0, node?.open ?? 0];
    const spread = spreads[index] ?? CERTAIN;
    const late = factorAt(spread, tableOf(spread), 0.95);
    return {
      activity: id,
      criticality: (result.criticalIn[index] ?? 0) / runs,
      sensitivity: result.sensitivity[index] ?? 0,
      planned: work,
      mean: result.meanWork[index] ?? 0,
      p95: work - open + open * withReserve(late, node?.reserve ?? 0),
      optimistic: spread.optimistic,
      pessimistic: spread.pessimistic,
      source: spread.source,
    };
  });
}

function sourcesOf(
  order: PartialOrder,
  spreads: readonly Spread[],
  correlation: number,
): EstimateSources {
  const count = (kind: Spread["kind"]) =>
    spreads.filter((spread, node) => spread.kind === kind && (order.nodes[node]?.open ?? 0) > 0)
      .length;
  return {
    threePoint: count("three-point"),
    factor: count("factor"),
    noFigure: count("no-figure"),
    correlation,
    method:
      "beta-PERT of best, likely and worst case (Malcolm et al. 1959), correlated by a normal copula; the schedule's order of work, each activity as soon as it can (Igelmund and Radermacher 1983)",
  };
}
