import type { Sequence } from "../model.ts";
import type { PlanGraph } from "../graph/model.ts";

/** A group that runs one at a time, and through which of its members a task is in it: itself, or a task that it is a part of. */
export interface Membership {
  readonly sequence: Sequence;
  readonly member: string;
}

/**
 * The groups that run one at a time, by the numbers of their tasks. Sub-tasks are in the groups of their parent: those of one
 * member may run together, not those of two.
 */
export function sequencesOf({
  plans,
  nodes,
}: PlanGraph): ReadonlyMap<number, readonly Membership[]> {
  const byPlan = plans.map(({ sequences }) => {
    const byKey = new Map<string, Membership[]>();
    for (const sequence of sequences)
      for (const member of new Set(sequence.tasks)) {
        const known = byKey.get(member);
        if (known) known.push({ sequence, member });
        else byKey.set(member, [{ sequence, member }]);
      }
    return byKey;
  });
  const of = new Map<number, readonly Membership[]>();
  nodes.forEach((node, index) => {
    if (node.kind !== "task") return;
    const known = byPlan[node.plan];
    const own = known?.get(node.task.key) ?? [];
    const all = [...own, ...beyond(known?.get(node.task.parent ?? "") ?? [], own)];
    if (all.length === 0) return;
    // a sub-task comes after its parent, and finds there what the parent is in
    known?.set(node.task.key, all);
    of.set(index, all);
  });
  return of;
}

/** What the parent is in and the task itself is not named in. */
const beyond = (ofParent: readonly Membership[], own: readonly Membership[]) =>
  ofParent.filter(({ sequence }) => !own.some((one) => one.sequence === sequence));

/** A group that keeps two tasks from running at the same time, if any. */
export const sharedSequence = (
  one: readonly Membership[] | undefined,
  other: readonly Membership[] | undefined,
): Sequence | undefined =>
  one?.find(({ sequence, member }) =>
    other?.some((each) => each.sequence === sequence && each.member !== member),
  )?.sequence;
