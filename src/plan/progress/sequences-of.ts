import type { Sequence } from "../model.ts";
import type { PlanGraph } from "../graph/model.ts";

/** The groups that run one at a time, by the numbers of their tasks. */
export function sequencesOf({ plans, nodes }: PlanGraph): ReadonlyMap<number, readonly Sequence[]> {
  const byPlan = plans.map(({ sequences }) => {
    const byKey = new Map<string, Sequence[]>();
    for (const sequence of sequences)
      for (const key of new Set(sequence.tasks)) {
        const known = byKey.get(key);
        if (known) known.push(sequence);
        else byKey.set(key, [sequence]);
      }
    return byKey;
  });
  const of = new Map<number, readonly Sequence[]>();
  nodes.forEach((node, index) => {
    const sequences = node.kind === "task" ? byPlan[node.plan]?.get(node.task.key) : undefined;
    if (sequences) of.set(index, sequences);
  });
  return of;
}
