import { targetsOf } from "../../core/graph/digraph.ts";
import { isSettled, stateOf, type PlanView } from "./plan-view.ts";

/** A bit for each in a number. */
const AT_ONCE = 32;

/**
 * How many unfinished tasks can't begin before each of these nodes is done. One walk over the graph for 32 of them, as bits of a
 * number: which of them each node waits for.
 */
export function heldUpBy(view: PlanView, nodes: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const unfinished = view.graph.nodes.map(
    ({ kind, key }) => kind === "task" && !isSettled(stateOf(view, key)),
  );
  for (let first = 0; first < nodes.length; first += AT_ONCE) {
    const some = nodes.slice(first, first + AT_ONCE);
    const found = countBehind(view, some, unfinished);
    some.forEach((node, bit) => counts.set(node, found[bit] ?? 0));
  }
  return counts;
}

/** By their positions in `some`. */
function countBehind(
  { graph: { forward, order } }: PlanView,
  some: readonly number[],
  unfinished: readonly boolean[],
): readonly number[] {
  const own = new Map(some.map((node, bit) => [node, 1 << bit]));
  const behind = new Uint32Array(forward.size);
  // Many nodes wait for the same: each set of bits is looked at once.
  const sets = new Map<number, number>();
  for (const node of order) {
    const waitsFor = behind[node] ?? 0;
    if (unfinished[node] === true) sets.set(waitsFor, (sets.get(waitsFor) ?? 0) + 1);
    const carried = waitsFor | (own.get(node) ?? 0);
    if (carried === 0) continue;
    for (const next of targetsOf(forward, node)) behind[next] = (behind[next] ?? 0) | carried;
  }
  const found = [...sets];
  return some.map((_, bit) =>
    found.reduce((sum, [set, count]) => ((set >>> bit) & 1 ? sum + count : sum), 0),
  );
}
