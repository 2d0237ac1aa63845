import { at, degreeOf, type Digraph } from "./digraph.ts";
import { longestPaths } from "./longest-paths.ts";
import { ranksOf } from "./topological-order.ts";

/** Which nodes of a graph without cycles are ordered, for many pairs. */
export interface Reachability {
  /** Whether there is a path of at least one edge. */
  readonly reaches: (from: number, to: number) => boolean;
  /** Whether there is one in either direction. */
  readonly ordered: (a: number, b: number) => boolean;
}

/** Up to this size each node gets its whole row: 8 MB at most, and an answer is one look. */
const ROWS_UP_TO = 8192;

/**
 * Small graphs: a row of bits for each node. Large ones: levels and intervals of three walks rule out most pairs, the tree of a
 * walk proves many, and what is left is searched with both as bounds (Yıldırım et al., GRAIL, PVLDB 3 (2010) 276–284).
 * Exact in all cases. `order` follows all edges.
 */
export function reachability(
  forward: Digraph,
  backward: Digraph,
  order: Uint32Array,
): Reachability {
  const ranks = ranksOf(order);
  const reaches =
    forward.size <= ROWS_UP_TO ? rows(forward, order) : searched(forward, backward, order);
  const before = (a: number, b: number) => at(ranks, a) < at(ranks, b);
  return {
    reaches: (from, to) => before(from, to) && reaches(from, to),
    ordered: (a, b) => (before(a, b) ? reaches(a, b) : before(b, a) && reaches(b, a)),
  };
}

type Reaches = (from: number, to: number) => boolean;

function rows({ size, starts, targets }: Digraph, order: Uint32Array): Reaches {
  const words = (size + 31) >>> 5;
  const bits = new Uint32Array(size * words);
  for (let rank = size - 1; rank >= 0; rank--) {
    const node = at(order, rank);
    const row = node * words;
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const target = at(targets, edge);
      const word = row + (target >>> 5);
      const bit = 1 << (target & 31);
      if (at(bits, word) & bit) continue;
      for (let index = 0; index < words; index++)
        bits[row + index] = at(bits, row + index) | at(bits, target * words + index);
      bits[word] = at(bits, word) | bit;
    }
  }
  return (from, to) => (at(bits, from * words + (to >>> 5)) & (1 << (to & 31))) !== 0;
}

/** One walk in depth: everything that a node reaches ended within its interval; what it found first is below it in the tree. */
interface Walk {
  readonly low: Uint32Array;
  readonly end: Uint32Array;
  /** Ends of what the walk found below: the tree below a node holds the ends `first` … `end`. */
  readonly first: Uint32Array;
}

function searched(forward: Digraph, backward: Digraph, order: Uint32Array): Reaches {
  const { starts, targets, size } = forward;
  const levels = longestPaths(backward, order, new Uint8Array(size).fill(1));
  const walks = [0, 1, 2].map((turn) => walk(forward, order, turn));
  const seen = new Uint32Array(size);
  let round = 0;
  const possible = (from: number, to: number) =>
    at(levels, from) < at(levels, to) &&
    walks.every(({ low, end }) => at(low, from) <= at(end, to) && at(end, to) < at(end, from));
  const proved = (from: number, to: number) =>
    walks.some(({ first, end }) => at(first, from) <= at(end, to) && at(end, to) < at(end, from));
  return (from, to) => {
    if (!possible(from, to)) return false;
    if (proved(from, to)) return true;
    round++;
    const open = [from];
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
        const next = at(targets, edge);
        if (next === to) return true;
        if (at(seen, next) === round || !possible(next, to)) continue;
        if (proved(next, to)) return true;
        seen[next] = round;
        open.push(next);
      }
    return false;
  };
}

/** Walks begin at nodes in order (turned: from the last), and take targets from the first, the last, or the middle on. */
function walk(graph: Digraph, order: Uint32Array, turn: number): Walk {
  const { size, starts, targets } = graph;
  const low = new Uint32Array(size);
  const end = new Uint32Array(size);
  const first = new Uint32Array(size);
  const taken = new Uint32Array(size);
  const entered = new Uint8Array(size);
  let clock = 0;
  const path: number[] = [];
  const enter = (node: number): void => {
    entered[node] = 1;
    low[node] = first[node] = clock;
    path.push(node);
  };
  for (let index = 0; index < size; index++) {
    const root = at(order, turn === 1 ? size - 1 - index : index);
    if (at(entered, root) === 0) enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const degree = degreeOf(graph, node);
      const step = at(taken, node);
      if (step < degree) {
        taken[node] = step + 1;
        const target = at(targets, at(starts, node) + turned(step, degree, turn));
        if (at(entered, target) === 0) enter(target);
        else low[node] = Math.min(at(low, node), at(low, target));
      } else {
        path.pop();
        end[node] = clock++;
        const parent = path.at(-1);
        if (parent !== undefined) low[parent] = Math.min(at(low, parent), at(low, node));
      }
    }
  }
  return { low, end, first };
}

function turned(step: number, degree: number, turn: number): number {
  if (turn === 0) return step;
  return turn === 1 ? degree - 1 - step : (step + (degree >>> 1)) % degree;
}
