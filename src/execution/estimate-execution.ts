import { seededRandom } from "../core/random.ts";
import { drawnDurations, type Noise } from "../schedule/drawn-durations.ts";
import { spreadOf, type Spread } from "../schedule/simulate.ts";
import type { Executable } from "./executable.ts";
import type { RunRules, RunState } from "./run-state.ts";
import { simulateExecution } from "./simulate-execution.ts";

export interface EstimateOptions {
  readonly noise: Noise;
  readonly replications: number;
  readonly seed: number;
  /** Minutes that each attempt takes besides its work. */
  readonly overhead?: number;
  readonly from?: RunState;
}

/** What a run is expected to take, before anything of it is begun. Minutes. */
export interface ExecutionEstimate {
  /** If everything takes what the plan expects. */
  readonly expected: number;
  readonly makespan: Spread;
  /** When each task begins and ends as expected, by key. */
  readonly times: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
  /** Part of the workers' time that is work, 0 … 1, as expected. */
  readonly utilisation: number;
}

/** The dry run: the executor's own decisions on drawn durations. The same arguments give the same answer. */
export function estimateExecution(
  work: Executable,
  rules: RunRules,
  { noise, replications, seed, overhead = 0, from }: EstimateOptions,
): ExecutionEstimate {
  const run = (durations: Readonly<ArrayLike<number>>) =>
    simulateExecution(work, { rules, durations, overhead, ...(from && { from }) });
  const { minutes } = work.graph;
  const expected = run(minutes);
  const drawn = Array.from(
    { length: replications },
    (_, turn) =>
      run(drawnDurations(minutes, noise, seededRandom(seed * 1_000_003 + turn))).makespan,
  );
  const { makespan, busy, times } = expected;
  return {
    expected: makespan,
    makespan: spreadOf(drawn),
    times,
    utilisation: makespan > 0 ? busy / makespan / rules.limits.workers : 0,
  };
}
