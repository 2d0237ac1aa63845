import { at, type Digraph } from "./digraph.ts";

/** Numbered so that every edge between two components leads from the higher number to the lower. */
export interface Components {
  readonly count: number;
  /** The component of each node. */
  readonly of: Uint32Array;
}

const NONE = 0xff_ff_ff_ff;

/** The strongly connected components in O(nodes + edges) (Tarjan, SIAM J. Comput. 1 (1972) 146–160, with an explicit stack). */
export function stronglyConnected({ size, starts, targets }: Digraph): Components {
  const of = new Uint32Array(size).fill(NONE);
  /** When a node was found, from 1; 0 is not yet. */
  const found = new Uint32Array(size);
  const low = new Uint32Array(size);
  const next = starts.slice();
  const path: number[] = [];
  const open: number[] = [];
  let [clock, count] = [0, 0];
  const enter = (node: number): void => {
    clock++;
    found[node] = low[node] = clock;
    path.push(node);
    open.push(node);
  };
  const close = (node: number): void => {
    if (at(low, node) !== at(found, node)) return;
    let member = NONE;
    while (member !== node) {
      member = open.pop() ?? node;
      of[member] = count;
    }
    count++;
  };
  for (let root = 0; root < size; root++) {
    if (at(found, root) === 0) enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const edge = at(next, node);
      if (edge < at(starts, node + 1)) {
        next[node] = edge + 1;
        const target = at(targets, edge);
        if (at(found, target) === 0) enter(target);
        else if (at(of, target) === NONE) low[node] = Math.min(at(low, node), at(found, target));
      } else {
        path.pop();
        const parent = path.at(-1);
        if (parent !== undefined) low[parent] = Math.min(at(low, parent), at(low, node));
        close(node);
      }
    }
  }
  return { count, of };
}
