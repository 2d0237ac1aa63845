import { isWork } from "../plan/graph/model.ts";
import type { Executable } from "./executable.ts";
import type { Frontier } from "./frontier.ts";

/** Why an open task is not started now. Keys are those of the graph. */
export type WhyNot =
  /** Waits for tasks and verifications that are not done. */
  | { readonly kind: "dependency"; readonly on: readonly string[] }
  /** Waits where phases, plans or declared points meet; `on` is what these still wait for, some of it. */
  | { readonly kind: "sync-point"; readonly at: string; readonly on: readonly string[] }
  /** Can't get past something that failed for good, or that a person has to say a word on. */
  | { readonly kind: "failure"; readonly of: string }
  /** Both write one thing. */
  | { readonly kind: "conflict"; readonly beside: string; readonly over: string }
  /** Both are of a group that runs one at a time. */
  | { readonly kind: "sequence"; readonly beside: string; readonly over: string }
  /** Pattern `independent`: dependencies tie the two together. */
  | { readonly kind: "tied"; readonly beside: string }
  /** Not of the current batch. */
  | { readonly kind: "batch"; readonly size: number }
  | {
      readonly kind: "limit";
      readonly of: "workers" | "plans" | "phases";
      readonly most: number;
    }
  /** Nothing is started any more. */
  | { readonly kind: "stopped"; readonly by: string }
  /** Failed, and is tried again when its wait is over. */
  | { readonly kind: "backoff" }
  /** Failed for good. */
  | { readonly kind: "failed"; readonly message: string }
  /** Waits for a person. */
  | { readonly kind: "question"; readonly message: string };

/** Of what a sync point waits for, so many are named. */
const NAMED = 5;

/** What holds a task back that others hold back. */
export function heldBy(work: Executable, frontier: Frontier, node: number): WhyNot {
  const { nodes } = work.graph;
  const key = (index: number) => nodes[index]?.key ?? "";
  const stuck = frontier.stuckOn[node] ?? -1;
  if (stuck >= 0) return { kind: "failure", of: key(stuck) };
  const sources = frontier.holding(node);
  const on = sources.filter((source) => isWork(nodes[source]));
  if (on.length > 0) return { kind: "dependency", on: on.map(key) };
  const [sync] = sources;
  return {
    kind: "sync-point",
    at: key(sync ?? node),
    on: waitedFor(work, frontier, sources).map(key),
  };
}

/** The nearest work behind junctions. */
function waitedFor(
  { graph: { nodes } }: Executable,
  frontier: Frontier,
  junctions: readonly number[],
): readonly number[] {
  const seen = new Set(junctions);
  const found: number[] = [];
  for (const node of seen)
    for (const source of frontier.holding(node)) {
      if (seen.has(source)) continue;
      if (isWork(nodes[source])) {
        found.push(source);
        if (found.length >= NAMED) return found;
      }
      if (!isWork(nodes[source])) seen.add(source);
    }
  return [...new Set(found)];
}
