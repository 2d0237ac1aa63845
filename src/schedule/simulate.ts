import { seededRandom } from "../core/random.ts";
import { blastRadius, type BlastRadius } from "./blast-radius.ts";
import { breakageOf } from "./breakage.ts";
import { drawnDurations, type Noise } from "./drawn-durations.ts";
import type { Pattern } from "./patterns.ts";
import { runPattern } from "./run-pattern.ts";
import { prepareWork, type PreparedWork, type Work } from "./work.ts";

export interface SimulationOptions {
  readonly patterns: readonly Pattern[];
  readonly workers: readonly number[];
  /** Tasks in a batch of the pattern that has them; as many as there are workers where it is not given. */
  readonly batch?: number;
  readonly noise: Noise;
  readonly replications: number;
  readonly seed: number;
}

export interface Simulated {
  readonly pattern: Pattern;
  readonly workers: number;
  /** Minutes if everything takes what is expected. */
  readonly expected: number;
  /** Minutes from start to end over the replications. */
  readonly makespan: Spread;
  /** Part of the workers' time that is work, 0 … 1, on average. */
  readonly utilisation: number;
  /** Minutes more than each task starting when its dependencies end (`dag`), with the same durations, on average. */
  readonly overDag: number;
  /** Dependencies begun too early, and pairs on one resource at once; on average. 0 where the pattern is safe. */
  readonly violations: number;
  readonly collisions: number;
  /** Dependencies that contradict the order of groups, which had to be passed over, in the run as expected. */
  readonly forced: number;
  readonly blast: BlastRadius;
}

export interface Spread {
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
}

/**
 * The patterns on one piece of work with noisy durations. Replication r has the same durations in all of them, so that
 * differences are theirs and not chance. The same arguments give the same answer.
 */
export function simulate(work: Work, options: SimulationOptions): readonly Simulated[] {
  const prepared = prepareWork(work);
  const draws = Array.from({ length: options.replications }, (_, replication) =>
    drawnDurations(
      work.minutes,
      options.noise,
      seededRandom(options.seed * 1_000_003 + replication),
    ),
  );
  const blasts = new Map(options.patterns.map((each) => [each, blastRadius(prepared, each)]));
  return options.workers.flatMap((workers) => {
    const run = (pattern: Pattern, durations: ArrayLike<number>) =>
      runPattern(prepared, { pattern, workers, batch: options.batch ?? workers, durations });
    const dag = draws.map((durations) => run("dag", durations).makespan);
    return options.patterns.map((pattern): Simulated => {
      const expected = run(pattern, work.minutes);
      const runs = draws.map((durations) => measured(prepared, run(pattern, durations)));
      const mean = (of: (each: Measured, replication: number) => number) => average(runs.map(of));
      return {
        pattern,
        workers,
        expected: expected.makespan,
        makespan: spreadOf(runs.map((each) => each.makespan)),
        utilisation: mean(({ busy, makespan }) => (makespan > 0 ? busy / makespan / workers : 0)),
        overDag: mean(({ makespan }, replication) => makespan - (dag[replication] ?? 0)),
        violations: mean((each) => each.violations),
        collisions: mean((each) => each.collisions),
        forced: expected.forced,
        blast: blasts.get(pattern) ?? { mean: 0, most: 0, tried: 0 },
      };
    });
  });
}

interface Measured {
  readonly makespan: number;
  readonly busy: number;
  readonly violations: number;
  readonly collisions: number;
}

function measured(work: PreparedWork, run: ReturnType<typeof runPattern>): Measured {
  const busy = run.ends.reduce((sum, end, node) => sum + end - (run.starts[node] ?? 0), 0);
  return { makespan: run.makespan, busy, ...breakageOf(work, run) };
}

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;

/** Percentiles by nearest rank. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const percentile = (share: number) =>
    sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { mean: average(values), p50: percentile(0.5), p95: percentile(0.95) };
}
