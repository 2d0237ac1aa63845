import { at } from "../../core/graph/digraph.ts";
import { isWork } from "../../plan/graph/model.ts";
import type { Executable } from "../executable.ts";
import type { Frontier } from "../frontier.ts";
import type { RunRules } from "../run-state.ts";
import { isActive, isFinished } from "../task-state.ts";

/**
 * What decisions have to do with a node. `open`: unfinished, and nobody's to move. `failed`: for good, and others are stopped by it. `awaited`:
 * a wait or a person's word leads on; so does it of a `gate`, which is no work. `nowhere`: finished, or a junction.
 */
export type Place =
  | "ready"
  | "settle"
  | "active"
  | "awaited"
  | "failed"
  | "open"
  | "gate"
  | "nowhere";

export function placeOf(
  { graph, parts }: Executable,
  {
    node,
    frontier,
    rules,
  }: { readonly node: number; readonly frontier: Frontier; readonly rules: RunRules },
): Place {
  const of = graph.nodes[node];
  if (!isWork(of)) {
    const isGate = of !== undefined && rules.gates?.has(of.key) === true;
    return isGate && at(frontier.passed, node) === 0 && !frontier.isHeld(node) ? "gate" : "nowhere";
  }
  const own = frontier.stateOf(node);
  if (isFinished(own)) return "nowhere";
  if (isActive(own)) return "active";
  if (own.status === "blocked") return "awaited";
  if (own.status === "failed") {
    if (!own.final) return "awaited";
    return of.kind === "verification" && !of.verification.blocking ? "open" : "failed";
  }
  if (frontier.isHeld(node)) return "open";
  return parts.has(node) ? "settle" : "ready";
}
