import { normal, seededRandom } from "../../core/random.ts";
import { isWork, type PlanGraph } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { runPattern } from "../../schedule/run-pattern.ts";
import { prepareWork } from "../../schedule/work.ts";
import { workOf } from "./plan-work.ts";
import { NOISE, SEED } from "./settings.ts";

/** How much longer than expected each task and verification takes, in each replication; by key, so that a changed plan has the same luck. */
export interface Luck {
  readonly replications: number;
  readonly factors: ReadonlyMap<string, Float64Array>;
}

export function luckOf(graph: PlanGraph, replications: number): Luck {
  const factors = new Map<string, Float64Array>();
  for (const node of graph.nodes)
    if (isWork(node)) factors.set(node.key, new Float64Array(replications));
  for (let turn = 0; turn < replications; turn++) {
    const random = seededRandom(SEED * 1_000_003 + turn);
    for (const row of factors.values())
      row[turn] = Math.exp(NOISE.sigma * normal(random) - NOISE.sigma ** 2 / 2);
  }
  return { replications, factors };
}

/** A plan, maybe changed, as its graph, with what its tasks write. */
export interface Trial {
  readonly graph: PlanGraph;
  readonly uses: UsesByTask;
  /** Tasks that were not in the plan at first, with the key of the one that they are a part of. */
  readonly partOf?: ReadonlyMap<string, string>;
}

/** Minutes from beginning to end: as expected, and in each replication. */
export interface Makespans {
  readonly expected: number;
  readonly drawn: readonly number[];
}

/**
 * Minutes by the number of workers. Each task begins when all it waits for is done and a worker is free; two that write one thing
 * never run at once.
 */
export function trialOf(
  { graph, uses, partOf }: Trial,
  luck?: Luck,
): (workers: number) => Makespans {
  const work = prepareWork(workOf(graph, uses));
  const rows = graph.nodes.map(({ key }) => luck?.factors.get(partOf?.get(key) ?? key));
  const drawn = Array.from({ length: luck?.replications ?? 0 }, (_, turn) =>
    Float64Array.from(work.minutes, (minutes, node) => minutes * (rows[node]?.[turn] ?? 1)),
  );
  return (workers) => {
    const run = (durations: ArrayLike<number>) =>
      runPattern(work, { pattern: "dag", workers, batch: workers, durations }).makespan;
    return { expected: run(work.minutes), drawn: drawn.map(run) };
  };
}

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
