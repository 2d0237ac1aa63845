import { phaseOf, type PlanGraph } from "../graph/model.ts";
import type { Conflicts, Contention, ResourceKind } from "./model.ts";

/** A resource that many tasks that could run at once contend for. */
export interface HotResource {
  readonly resource: string;
  readonly kind: ResourceKind;
  /** Tasks that use it, and how many of them write it. */
  readonly tasks: number;
  readonly writers: number;
  /** Keys of phases and names of stories whose tasks use it, in the order of the document. */
  readonly phases: readonly string[];
  readonly stories: readonly string[];
  /** Unordered pairs of writers, and what part of all pairs of its writers they are: 0 … 1. */
  readonly pairs: number;
  readonly unordered: number;
  /** Expected minutes of all its writers: where they run one at a time, the plan takes at least so long. */
  readonly writerMinutes: number;
  /** By how much that is more than the critical path: what keeping the writers apart costs at least, however many work. */
  readonly costsAtLeast: number;
}

/**
 * Contended resources, the most expensive to serialise first, then the one with most unordered pairs of writers. Those that are
 * only read while somebody writes are not hot.
 *
 * @param criticalMinutes length of the critical path of the graph
 */
export const hotResources = (
  graph: PlanGraph,
  { contentions }: Conflicts,
  criticalMinutes: number,
): readonly HotResource[] =>
  contentions
    .filter(({ writeWrite }) => writeWrite > 0)
    .map((contention) => hotResource(graph, contention, criticalMinutes))
    .toSorted(
      (a, b) =>
        b.costsAtLeast - a.costsAtLeast ||
        b.pairs - a.pairs ||
        b.writerMinutes - a.writerMinutes ||
        (a.resource < b.resource ? -1 : 1),
    );

function hotResource(
  graph: PlanGraph,
  { resource, kind, users, writeWrite }: Contention,
  criticalMinutes: number,
): HotResource {
  const phases = new Set<string>();
  const stories = new Set<string>();
  let [writers, writerMinutes] = [0, 0];
  for (const { task, use } of users) {
    const index = graph.indexOf.get(task) ?? -1;
    const node = graph.nodes[index];
    if (node?.kind !== "task") continue;
    const phase = phaseOf(node);
    if (phase !== undefined) phases.add(phase);
    for (const story of node.task.stories) stories.add(story);
    if (use.access === "read") continue;
    writers++;
    writerMinutes += graph.minutes[index] ?? 0;
  }
  return {
    resource,
    kind,
    tasks: users.length,
    writers,
    phases: [...phases],
    stories: [...stories],
    pairs: writeWrite,
    unordered: writeWrite / Math.max(1, (writers * (writers - 1)) / 2),
    writerMinutes,
    costsAtLeast: Math.max(0, writerMinutes - criticalMinutes),
  };
}
