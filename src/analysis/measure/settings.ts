import type { Noise } from "../../schedule/drawn-durations.ts";

/** Workers that everything is measured with (S4 and its issue: one, few, many). Opportunities are ranked by the middle one. */
export const WORKERS = [1, 3, 8] as const;
export const RANKING_WORKERS = 3;

/**
 * Actual against estimated duration is lognormal (Little, IEEE Software 23(3), 2006, 48–54). How wide is our choice, P90 four times P10:
 * sigma = ln 4 / (2 × 1.2816). The mean stays what is expected.
 */
export const NOISE: Noise & { readonly kind: "lognormal" } = { kind: "lognormal", sigma: 0.54 };

/** The same plans give the same figures. */
export const SEED = 4;

const MOST = 200;
const FEWEST = 3;
/** Nodes that all runs of one pattern and number of workers go through. */
const BUDGET = 40_000;

/** How often each run is drawn: fewer times where the plans are large, so that an analysis stays a matter of seconds. */
export const replicationsFor = (nodes: number): number =>
  Math.max(FEWEST, Math.min(MOST, Math.floor(BUDGET / Math.max(1, nodes))));

/** Nodes that all changes of a plan that are looked at run through once. */
const CHANGES_BUDGET = 100_000;

/** How many changes of a plan of so many nodes are looked at. */
export const changesLookedAt = (nodes: number): number =>
  Math.max(1, Math.floor(CHANGES_BUDGET / Math.max(1, nodes)));

/** Fewer replications say nothing of their slowest twentieth. */
const ENOUGH_FOR_P95 = 20;

/** The 95th percentile, or null where it was drawn too few times to mean anything. */
export const toldP95 = (p95: number, replications: number): number | null =>
  replications < ENOUGH_FOR_P95 ? null : Math.round(p95 * 10) / 10;
