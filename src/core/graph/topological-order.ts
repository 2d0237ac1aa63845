import { at, type Digraph } from "./digraph.ts";

/**
 * The nodes in an order that every edge follows: by their numbers, each preceded at once by what it still waits for, so it
 * stays as near to the numbers as one pass allows. `backward` has an edge from each node to what it waits for and no
 * cycles; with cycles the order is still of all nodes, and some edges go against it. O(nodes + edges).
 */
export function topologicalOrder({ size, starts, targets }: Digraph): Uint32Array {
  const order = new Uint32Array(size);
  const seen = new Uint8Array(size);
  const next = starts.slice();
  const path: number[] = [];
  let count = 0;
  for (let root = 0; root < size; root++) {
    if (at(seen, root) === 0) {
      seen[root] = 1;
      path.push(root);
    }
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = at(next, node);
      if (edge < at(starts, node + 1)) {
        next[node] = edge + 1;
        const target = at(targets, edge);
        if (at(seen, target) === 0) {
          seen[target] = 1;
          path.push(target);
        }
      } else {
        path.pop();
        order[count++] = node;
      }
    }
  }
  return order;
}

/** The place of each node in an order. */
export function ranksOf(order: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(order.length);
  order.forEach((node, rank) => (ranks[node] = rank));
  return ranks;
}
