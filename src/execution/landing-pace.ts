/** How long attempts took of late, and how long it took from their end until their results had landed. Milliseconds; 0 before the first. */
export interface LandingPace {
  readonly attemptMs: number;
  readonly landingMs: number;
}

export const NO_PACE: LandingPace = { attemptMs: 0, landingMs: 0 };

/** What is measured anew counts for so much. */
const WEIGHT = 1 / 4;

const smoothed = (before: number, ms: number): number =>
  before === 0 ? Math.max(1, ms) : before + WEIGHT * (Math.max(1, ms) - before);

export const withAttemptMs = (pace: LandingPace, ms: number): LandingPace => ({
  ...pace,
  attemptMs: smoothed(pace.attemptMs, ms),
});

export const withLandingMs = (pace: LandingPace, ms: number): LandingPace => ({
  ...pace,
  landingMs: smoothed(pace.landingMs, ms),
});

/**
 * Up to this part of an attempt's time, a worker that is kept for what is ready soon loses less than the more urgent task gains. Simulated on the graphs of
 * `bench/execution.mjs`: better up to a tenth, worse from a fifth.
 */
const SOON = 0.1;

export const landsSoon = ({ attemptMs, landingMs }: LandingPace): boolean =>
  landingMs > 0 && landingMs <= SOON * attemptMs;
