import { at } from "../../core/graph/digraph.ts";
import type { PartialOrder } from "./order/model.ts";

/**
 * Minutes of the axis that all activities take one after another, in the order in which the schedule starts them, each by its crew: what the
 * schedule's length can be compared with. Dates are kept, and who is away is waited for, as in the schedule; past the timeline's end
 * everybody counts as there.
 */
export function sequentialTime({ nodes, activities, order }: PartialOrder): number {
  const sorted = [...order].filter((node) => node < activities);
  const froms = Float64Array.from(nodes, ({ from }) => from);
  let now = 0;
  for (const index of sorted.toSorted((a, b) => at(froms, a) - at(froms, b))) {
    const node = nodes[index];
    if (node === undefined || node.work <= 0) continue;
    const start = node.gaps.enter(node.fixed ? now : Math.max(now, node.release));
    now = node.gaps.advance(start, node.work);
  }
  return now;
}
