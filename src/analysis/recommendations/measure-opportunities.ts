import { buildGraph } from "../../plan/graph/build-graph.ts";
import type { AnalysedPlan } from "../input.ts";
import { changesLookedAt, RANKING_WORKERS, WORKERS } from "../measure/settings.ts";
import { meanOf, trialOf, type Luck } from "../measure/trials.ts";
import type { Opportunity, PlanState } from "./opportunity.ts";

/** What a change saves against the plan as it is written, with the same drawn durations. */
export interface Measured {
  readonly opportunity: Opportunity;
  /** Minutes on average, by number of workers. */
  readonly saves: ReadonlyMap<number, number>;
  /** Part of the replications in which it is shorter with the workers that are ranked by: 0 … 1. */
  readonly oftenShorter: number;
  /** Numbers of workers with which it saves `WORTH_MINUTES` beyond the noise of the durations. */
  readonly proven: ReadonlySet<number>;
}

/** Changes measured with all replications; of more only those that save most if all takes what is expected. */
const MOST = 24;
/** Minutes on average below which a change is not worth its words. */
export const WORTH_MINUTES = 1;

export const stateOf = ({ plan, uses }: AnalysedPlan): PlanState => ({
  plan,
  uses,
  partOf: new Map(),
});

/** What a state of the plan takes, by the number of workers. */
export const runsOf = ({ plan, uses, partOf }: PlanState, luck?: Luck) =>
  trialOf({ graph: buildGraph(plan, { barriers: "phases", inferred: true }), uses, partOf }, luck);

/** Minutes on average, with the workers that are ranked by. */
export const meanMinutes = (state: PlanState, luck: Luck): number =>
  meanOf(runsOf(state, luck)(RANKING_WORKERS).drawn);

export interface MeasuredAll {
  /** Those worth it, the most minutes first, with the workers that are ranked by, then with the most workers. */
  readonly worth: readonly Measured[];
  /** Saving less than `WORTH_MINUTES`. */
  readonly idle: readonly Opportunity[];
  /** Saving that much on average, but within the noise, with any number of workers. */
  readonly noise: readonly Opportunity[];
  /** Not measured, as the plan is large. */
  readonly unmeasured: number;
}

/** Each change by itself; of too many a spread is taken. */
export function measureOpportunities(
  plan: AnalysedPlan,
  opportunities: readonly Opportunity[],
  luck: Luck,
): MeasuredAll {
  const state = stateOf(plan);
  const lookedAt = spread(opportunities, changesLookedAt(plan.barriers.nodes.length));
  const few = promising(state, lookedAt);
  const before = runsOf(state, luck);
  const asWritten = WORKERS.map((workers) => before(workers).drawn);
  const measured = few.map((opportunity): Measured => {
    const changed = runsOf(opportunity.change(state), luck);
    const saved = WORKERS.map((workers, index) => {
      const after = changed(workers).drawn;
      return [
        workers,
        (asWritten[index] ?? []).map((minutes, turn) => minutes - (after[turn] ?? 0)),
      ] as const;
    });
    const ranked = saved.find(([workers]) => workers === RANKING_WORKERS)?.[1] ?? [];
    return {
      opportunity,
      saves: new Map(saved.map(([workers, minutes]) => [workers, meanOf(minutes)])),
      oftenShorter: meanOf(ranked.map((minutes) => (minutes > 1e-9 ? 1 : 0))),
      proven: new Set(
        saved.flatMap(([workers, minutes]) =>
          meanOf(minutes) >= WORTH_MINUTES && isBeyondNoise(minutes) ? [workers] : [],
        ),
      ),
    };
  });
  const worth = measured.filter(({ proven }) => proven.size > 0);
  const noise = measured.filter(
    ({ saves, proven }) =>
      proven.size === 0 && [...saves.values()].some((minutes) => minutes >= WORTH_MINUTES),
  );
  const kept = new Set([...worth, ...noise].map(({ opportunity }) => opportunity));
  return {
    worth: worth.toSorted(byWorth),
    idle: lookedAt.filter((each) => !kept.has(each)),
    noise: noise.map(({ opportunity }) => opportunity),
    unmeasured: opportunities.length - lookedAt.length,
  };
}

function byWorth(a: Measured, b: Measured): number {
  const most = WORKERS.at(-1) ?? RANKING_WORKERS;
  return (
    Number(b.proven.has(RANKING_WORKERS)) - Number(a.proven.has(RANKING_WORKERS)) ||
    savedBy(b, RANKING_WORKERS) - savedBy(a, RANKING_WORKERS) ||
    savedBy(b, most) - savedBy(a, most) ||
    a.opportunity.lines - b.opportunity.lines
  );
}

/** Part of the runs that may become longer by a change that is said to save time: our choice. */
const MAY_BE_LONGER = 0.1;
/** Of the standard normal distribution: two-sided 95 %. */
const Z95 = 1.96;

/**
 * Whether what a change saves in each replication is more than chance: the 95 % interval of its mean is above zero, and no more than
 * one run in ten becomes longer (list scheduling has such anomalies, Graham 1969: a plan is run once, not on average).
 */
export function isBeyondNoise(saved: readonly number[]): boolean {
  const mean = meanOf(saved);
  const longer = meanOf(saved.map((minutes) => (minutes < -1e-9 ? 1 : 0)));
  const squares = saved.reduce((sum, minutes) => sum + (minutes - mean) ** 2, 0);
  const error = saved.length < 2 ? 0 : Math.sqrt(squares / (saved.length - 1) / saved.length);
  return mean > Z95 * error && longer <= MAY_BE_LONGER;
}

/** At most so many, evenly from the beginning to the end: kinds of changes stand one after the other. */
const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : Array.from(
        { length: most },
        (_, index) => all[Math.floor((index * all.length) / most)],
      ).filter((each) => each !== undefined);

const savedBy = ({ saves }: Measured, workers: number): number => saves.get(workers) ?? 0;

function expectedMinutes(state: PlanState): number {
  const runs = runsOf(state);
  return WORKERS.reduce((sum, workers) => sum + runs(workers).expected, 0);
}

function promising(
  state: PlanState,
  opportunities: readonly Opportunity[],
): readonly Opportunity[] {
  if (opportunities.length <= MOST) return opportunities;
  return opportunities
    .map((opportunity) => ({ opportunity, after: expectedMinutes(opportunity.change(state)) }))
    .toSorted((a, b) => a.after - b.after)
    .slice(0, MOST)
    .map(({ opportunity }) => opportunity);
}
