import type { GraphNode, PlanGraph } from "../plan/graph/model.ts";
import { phaseName, phaseOf } from "../plan/graph/model.ts";

/**
 * Which tasks dependencies tie together, directly or not: one number for each set of them, -1 for what is no task. Ties across phases
 * don't count, as phases hold these apart; nor do verifications, which tie whole phases. Union–find, nearly linear.
 */
export function lanesOf({ nodes, edges }: PlanGraph): Int32Array {
  const lane = Int32Array.from(nodes, (_, index) => index);
  const find = (node: number): number => {
    let root = node;
    while (lane[root] !== root) root = lane[root] ?? root;
    for (let each = node; each !== root;) {
      const next = lane[each] ?? root;
      lane[each] = root;
      each = next;
    }
    return root;
  };
  for (const { from, to, cut } of edges) {
    const [a, b] = [nodes[from], nodes[to]];
    if (cut || !isOfTask(a) || !isOfTask(b)) continue;
    if (phaseName(a.plan, phaseOf(a)) !== phaseName(b.plan, phaseOf(b))) continue;
    const [one, other] = [find(from), find(to)];
    lane[Math.max(one, other)] = Math.min(one, other);
  }
  return Int32Array.from(nodes, (node, index) => (isOfTask(node) ? find(index) : -1));
}

const isOfTask = (node: GraphNode | undefined): node is GraphNode =>
  node?.kind === "task" || node?.kind === "task-start" || node?.kind === "task-end";
