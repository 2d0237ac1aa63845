import { at } from "../../core/graph/digraph.ts";
import { seededRandom } from "../../core/random.ts";
import { isWork } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { drawnDurations, type Noise } from "../../schedule/drawn-durations.ts";
import { executable } from "../executable.ts";
import type { PlanWork } from "../plan-work.ts";
import { stateOfTask, type RunRules } from "../run-state.ts";
import { simulateExecution } from "../simulate-execution.ts";
import { isFinished } from "../task-state.ts";
import { fastRun } from "./fast-run.ts";
import { finishBound } from "./finish-bound.ts";
import type { PreviewEstimate } from "./run-preview.ts";

/** How durations are drawn. */
export interface EstimateDraws {
  readonly noise: Noise & { readonly kind: "lognormal" };
  readonly seed: number;
}

export interface EstimatedRun {
  readonly estimate: Omit<PreviewEstimate, "guessed">;
  /** As expected, by key. */
  readonly times: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
  /** Expected minutes that are left of each node. */
  readonly left: Float64Array;
}

/**
 * When a run is expected to end: on a clock that only counts, by the executor's own decisions, or by their fast model. A gate is taken to
 * be let pass at once, as nobody knows how long a person takes. The same arguments give the same answer.
 */
export function previewEstimate(
  plan: PlanWork,
  rules: RunRules,
  { noise, seed }: EstimateDraws,
): EstimatedRun {
  const { graph } = plan.work;
  const left = Float64Array.from(graph.minutes, (minutes, node) => {
    const of = graph.nodes[node];
    return isWork(of) && !isFinished(stateOfTask(plan.before, of.key)) ? minutes : 0;
  });
  const runner = runnerOf(plan, rules, left);
  const expected = runner.run(left);
  const drawn = Array.from(
    { length: runner.draws },
    (_each, turn) =>
      runner.run(drawnDurations(left, noise, seededRandom(seed * 1_000_003 + turn))).makespan,
  ).toSorted((a, b) => a - b);
  const free = runnerOf(withoutWrites(plan), rules, left).run(left).makespan;
  const { makespan, busy } = expected;
  return {
    times: expected.times,
    left,
    estimate: {
      expected: makespan,
      spread:
        drawn.length === 0
          ? null
          : { p50: nearest(drawn, 0.5), p80: nearest(drawn, 0.8), p95: nearest(drawn, 0.95) },
      draws: drawn.length,
      sigma: noise.sigma,
      bound: Math.min(makespan, finishBound(plan.work, { ...plan, minutes: left, rules })),
      work: left.reduce((sum, minutes) => sum + minutes, 0),
      utilisation: makespan > 0 ? busy / makespan / rules.limits.workers : 0,
      apart: Math.max(0, makespan - free),
      model: runner.model,
    },
  };
}

interface Runner {
  readonly model: PreviewEstimate["model"];
  /** How often it can be run while a person waits. */
  readonly draws: number;
  run(durations: Float64Array): {
    readonly makespan: number;
    readonly busy: number;
    readonly times: EstimatedRun["times"];
  };
}

const MOST_DRAWS = 400;
/** Fewer say nothing of the slowest fifth. */
const FEWEST_DRAWS = 40;
/** Nodes that all draws of the fast model go through, and pairs of nodes that all draws by decisions do: a second or two each. */
const FAST_NODES = 400_000;
const SLOW_PAIRS = 1_500_000;
/** Of larger work every decision is not simulated. */
const MOST_DECIDED = 2_000;

/** By the fast model where it decides the same, or where all else takes too long. */
function runnerOf({ work, uses, before }: PlanWork, rules: RunRules, left: Float64Array): Runner {
  const { graph } = work;
  const { gates: _, ...open } = rules;
  const { workers, plans, phases } = rules.limits;
  const same =
    rules.pattern === "dag" &&
    plans === undefined &&
    phases === undefined &&
    work.sequences.size === 0 &&
    work.parts.size === 0;
  const nodes = Math.max(1, graph.nodes.length);
  if (!same && nodes <= MOST_DECIDED)
    return {
      model: "decisions",
      draws: enough(SLOW_PAIRS / nodes ** 2),
      run: (durations) => simulateExecution(work, { rules: open, durations, from: before }),
    };
  const run = fastRun(work, { left, uses, before, workers });
  return {
    model: same ? "decisions" : "dag",
    draws: enough(FAST_NODES / nodes),
    run(durations) {
      const fast = run(durations);
      const times = new Map<string, { readonly start: number; readonly end: number }>();
      graph.nodes.forEach(({ key }, node) => {
        if (at(left, node) > 0)
          times.set(key, { start: at(fast.starts, node), end: at(fast.ends, node) });
      });
      return { ...fast, times };
    },
  };
}

const enough = (fit: number): number =>
  fit < FEWEST_DRAWS ? 0 : Math.min(MOST_DRAWS, Math.floor(fit));

/** The percentile by nearest rank. */
const nearest = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;

function withoutWrites({ work, uses, before }: PlanWork): PlanWork {
  const reads: UsesByTask = new Map(
    [...uses].map(([key, some]) => [key, some.filter(({ access }) => access === "read")]),
  );
  return { work: executable(work.graph, { uses: reads }), uses: reads, before };
}
