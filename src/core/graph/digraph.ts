/**
 * A directed graph on the nodes 0 … size-1 as compressed rows: 4 bytes for an edge, 4 for a node. All algorithms here read
 * this, none recurses. What a node stands for is the caller's.
 */
export interface Digraph {
  readonly size: number;
  /** The targets of node n are `targets[starts[n]]` … `targets[starts[n + 1] - 1]`. */
  readonly starts: Uint32Array;
  /** Ascending for each node, without duplicates. */
  readonly targets: Uint32Array;
}

/** What the algorithms read numbers from. */
export type Numbers = Readonly<ArrayLike<number>>;

/** An element that is there: all indices here are in range by construction. */
export const at = (values: Numbers, index: number): number => values[index] ?? 0;

/** The graph with an edge `from[i]` → `to[i]` for each i; several edges of one pair become one. O(nodes + edges). */
export function digraph(size: number, from: Numbers, to: Numbers): Digraph {
  const order = orderOfPairs(size, from, to);
  const starts = new Uint32Array(size + 1);
  const targets = new Uint32Array(order.length);
  let count = 0;
  let [lastFrom, lastTo] = [-1, -1];
  for (const edge of order) {
    const [source, target] = [at(from, edge), at(to, edge)];
    if (source === lastFrom && target === lastTo) continue;
    targets[count++] = target;
    starts[source + 1] = count;
    [lastFrom, lastTo] = [source, target];
  }
  for (let node = 1; node <= size; node++)
    starts[node] = Math.max(at(starts, node), at(starts, node - 1));
  return { size, starts, targets: targets.slice(0, count) };
}

/** The positions of the pairs, ascending by `first`, then by `second`, then by position: two passes of counting sort. */
export function orderOfPairs(size: number, first: Numbers, second: Numbers): Uint32Array {
  const all = Uint32Array.from({ length: first.length }, (_, index) => index);
  return countingSort(size, first, countingSort(size, second, all));
}

function countingSort(size: number, keys: Numbers, order: Uint32Array): Uint32Array {
  const next = new Uint32Array(size + 1);
  for (const index of order) {
    const slot = at(keys, index) + 1;
    next[slot] = at(next, slot) + 1;
  }
  for (let key = 1; key <= size; key++) next[key] = at(next, key) + at(next, key - 1);
  const sorted = new Uint32Array(order.length);
  for (const index of order) {
    const key = at(keys, index);
    const slot = at(next, key);
    sorted[slot] = index;
    next[key] = slot + 1;
  }
  return sorted;
}

/** Every edge turned around. */
export function reversed({ size, starts, targets }: Digraph): Digraph {
  const next = new Uint32Array(size + 1);
  for (const target of targets) next[target + 1] = at(next, target + 1) + 1;
  for (let node = 1; node <= size; node++) next[node] = at(next, node) + at(next, node - 1);
  const turned = { size, starts: next.slice(), targets: new Uint32Array(targets.length) };
  for (let node = 0; node < size; node++)
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const target = at(targets, edge);
      const slot = at(next, target);
      turned.targets[slot] = node;
      next[target] = slot + 1;
    }
  return turned;
}

/** The targets of a node: a view, not a copy. */
export const targetsOf = ({ starts, targets }: Digraph, node: number): Uint32Array =>
  targets.subarray(at(starts, node), at(starts, node + 1));

export const degreeOf = ({ starts }: Digraph, node: number): number =>
  at(starts, node + 1) - at(starts, node);

/** Whether there is an edge from one node to the other: binary search. */
export function hasEdge({ starts, targets }: Digraph, from: number, to: number): boolean {
  let [low, high] = [at(starts, from), at(starts, from + 1)];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(targets, middle) < to) low = middle + 1;
    else high = middle;
  }
  return low < at(starts, from + 1) && at(targets, low) === to;
}
