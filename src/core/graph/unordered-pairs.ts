import { at, type Digraph } from "./digraph.ts";

/** Nodes of which those pairs matter where at least one is marked. */
export interface PairGroup {
  /** Without duplicates. */
  readonly nodes: readonly number[];
  /** For each of them. */
  readonly marked: readonly boolean[];
}

/** Pairs of a group that no path connects. */
export interface UnorderedPairs {
  /** How many there are of two marked nodes, and of a marked and another one: exact. */
  readonly marked: number;
  readonly mixed: number;
  /** Marked nodes that are in a pair of two marked ones. */
  readonly markedNodes: ReadonlySet<number>;
  /** Some of each kind, at most as many as asked for. */
  readonly markedPairs: readonly NodePair[];
  readonly mixedPairs: readonly NodePair[];
}

export type NodePair = readonly [number, number];

/** Sources that are followed at once: their bits in so many words for each node. */
const WORDS = 4;
const AT_ONCE = WORDS * 32;

interface Tally {
  marked: number;
  mixed: number;
  readonly markedNodes: Set<number>;
  readonly markedPairs: NodePair[];
  readonly mixedPairs: NodePair[];
}

interface Sorted {
  readonly nodes: readonly number[];
  readonly marked: readonly boolean[];
  readonly tally: Tally;
}

/**
 * For each group, the pairs that no path of the graph connects, counted exactly. Follows 128 nodes at once through the part of
 * the order in which their groups lie: (nodes / 128) × (nodes + edges) steps at worst, far less where groups lie close together.
 *
 * @param backward the graph from dependent to dependency, without cycles
 * @param order all nodes, dependencies first
 * @param most pairs listed for each group and kind
 */
export function unorderedPairs(
  { backward, order }: { readonly backward: Digraph; readonly order: Uint32Array },
  groups: readonly PairGroup[],
  most: number,
): readonly UnorderedPairs[] {
  const position = new Uint32Array(backward.size);
  order.forEach((node, index) => {
    position[node] = index;
  });
  const sorted = groups.map((group) => sortGroup(group, position));
  const part = partsOf(backward, order, position);
  const pieces = sorted.flatMap((group) =>
    piecesOf(group, (node) => part[at(position, node)] ?? 0),
  );
  const groupsOf = new Map<number, number[]>();
  pieces.forEach(({ nodes, marked }, index) => {
    if (nodes.length < 2 || !marked.includes(true)) return;
    for (const node of nodes) {
      const some = groupsOf.get(node);
      if (some) some.push(index);
      else groupsOf.set(node, [index]);
    }
  });
  const sources = [...groupsOf.keys()].toSorted((a, b) => at(position, a) - at(position, b));
  const walk: Walk = {
    backward,
    order,
    position,
    reached: new Uint32Array(backward.size * WORDS),
    slot: new Int32Array(backward.size).fill(-1),
  };
  for (let first = 0; first < sources.length; first += AT_ONCE) {
    const block = sources.slice(first, first + AT_ONCE);
    const touched = [...new Set(block.flatMap((node) => groupsOf.get(node) ?? []))];
    const some = touched.flatMap((index) => pieces[index] ?? []);
    block.forEach((node, bit) => {
      walk.slot[node] = bit;
    });
    follow(walk, block, some);
    for (const group of some) countPairs(walk, block, group, most);
    for (const node of block) walk.slot[node] = -1;
  }
  return sorted.map(({ tally }) => tally);
}

function sortGroup({ nodes, marked }: PairGroup, position: Uint32Array): Sorted {
  const order = nodes
    .map((_, index) => index)
    .toSorted((a, b) => at(position, nodes[a] ?? 0) - at(position, nodes[b] ?? 0));
  return {
    nodes: order.map((index) => nodes[index] ?? 0),
    marked: order.map((index) => marked[index] ?? false),
    tally: { marked: 0, mixed: 0, markedNodes: new Set(), markedPairs: [], mixedPairs: [] },
  };
}

/**
 * For each position of the order, in which part it lies between the nodes that everything before leads to and everything behind
 * comes from, such as the end of a phase that all wait for: nodes of different parts are ordered. O(nodes + edges).
 */
function partsOf(
  { size, starts, targets }: Digraph,
  order: Uint32Array,
  position: Uint32Array,
): Uint32Array {
  const firstAfter = new Uint32Array(size).fill(size);
  const lastBefore = new Int32Array(size).fill(-1);
  for (let index = 0; index < size; index++) {
    const node = at(order, index);
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++) {
      const from = at(position, at(targets, edge));
      firstAfter[from] = Math.min(at(firstAfter, from), index);
      lastBefore[index] = Math.max(lastBefore[index] ?? -1, from);
    }
  }
  // whether all behind a position come from there
  const gathers = new Uint8Array(size);
  let least = size;
  for (let index = size - 1; index >= 0; index--) {
    gathers[index] = least >= index ? 1 : 0;
    least = Math.min(least, lastBefore[index] ?? -1);
  }
  const part = new Uint32Array(size);
  let [current, most] = [0, 0];
  for (let index = 0; index < size; index++) {
    const cut = gathers[index] === 1 && most <= index;
    if (cut) current++;
    part[index] = current;
    if (cut) current++;
    most = Math.max(most, at(firstAfter, index));
  }
  return part;
}

/** A group cut where its parts change; all pieces count in one tally. */
function piecesOf(
  { nodes, marked, tally }: Sorted,
  partOf: (node: number) => number,
): readonly Sorted[] {
  const pieces: Sorted[] = [];
  let start = 0;
  for (let index = 1; index <= nodes.length; index++) {
    const [here, before] = [nodes[index], nodes[index - 1]];
    if (here !== undefined && before !== undefined && partOf(here) === partOf(before)) continue;
    if (index - start > 1)
      pieces.push({ nodes: nodes.slice(start, index), marked: marked.slice(start, index), tally });
    start = index;
  }
  return pieces;
}

interface Walk {
  readonly backward: Digraph;
  readonly order: Uint32Array;
  readonly position: Uint32Array;
  /** At `WORDS` × position: which of the block lead to the node there, itself included. */
  readonly reached: Uint32Array;
  /** Bit of each node of the block; -1 for others. */
  readonly slot: Int32Array;
}

/** Fill `reached` from the first of the block to the last node of its groups. */
function follow(walk: Walk, block: readonly number[], groups: readonly Sorted[]): void {
  const { backward, order, position, reached, slot } = walk;
  const start = at(position, block[0] ?? 0);
  const end = groups.reduce(
    (last, { nodes }) => Math.max(last, at(position, nodes.at(-1) ?? 0)),
    start,
  );
  reached.fill(0, start * WORDS, (end + 1) * WORDS);
  const { starts, targets } = backward;
  // direct reads: all of these are of one kind, and this is where the time goes
  for (let index = start; index <= end; index++) {
    const node = order[index] ?? 0;
    const into = index * WORDS;
    const last = starts[node + 1] ?? 0;
    for (let edge = starts[node] ?? 0; edge < last; edge++) {
      const from = position[targets[edge] ?? 0] ?? 0;
      if (from < start) continue;
      for (let word = 0; word < WORDS; word++)
        reached[into + word] = (reached[into + word] ?? 0) | (reached[from * WORDS + word] ?? 0);
    }
    const bit = slot[node] ?? -1;
    if (bit < 0) continue;
    const word = into + (bit >> 5);
    reached[word] = (reached[word] ?? 0) | (1 << (bit & 31));
  }
}

/** Count the pairs of which the earlier node is in the block. */
function countPairs(walk: Walk, block: readonly number[], group: Sorted, most: number): void {
  const { nodes, marked, tally } = group;
  const { position, reached } = walk;
  const marks = new Uint32Array(WORDS);
  const others = new Uint32Array(WORDS);
  const paired = new Uint32Array(WORDS);
  const first = firstIndex(nodes, walk.position, at(walk.position, block[0] ?? 0));
  for (let index = first; index < nodes.length; index++) {
    const node = nodes[index] ?? 0;
    const isMarked = marked[index] === true;
    const base = (position[node] ?? 0) * WORDS;
    for (let word = 0; word < WORDS; word++) {
      const free = ~(reached[base + word] ?? 0);
      const withMarked = (marks[word] ?? 0) & free;
      const withOthers = isMarked ? (others[word] ?? 0) & free : 0;
      if ((withMarked | withOthers) === 0) continue;
      const nodeOf = (bit: number): NodePair => [block[word * 32 + bit] ?? 0, node];
      if (isMarked) {
        tally.marked += bitsIn(withMarked);
        tally.mixed += bitsIn(withOthers);
        paired[word] = (paired[word] ?? 0) | withMarked;
        if (withMarked !== 0) tally.markedNodes.add(node);
        list(withMarked, tally.markedPairs, most, nodeOf);
        list(withOthers, tally.mixedPairs, most, nodeOf);
      } else {
        tally.mixed += bitsIn(withMarked);
        list(withMarked, tally.mixedPairs, most, nodeOf);
      }
    }
    const bit = walk.slot[node] ?? -1;
    if (bit < 0) continue;
    const mask = isMarked ? marks : others;
    mask[bit >> 5] = at(mask, bit >> 5) | (1 << (bit & 31));
  }
  block.forEach((node, bit) => {
    if (((at(paired, bit >> 5) >>> (bit & 31)) & 1) === 1) tally.markedNodes.add(node);
  });
}

/** First of the nodes, ascending by position, that is not before one. */
function firstIndex(nodes: readonly number[], position: Uint32Array, least: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(position, nodes[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function list(
  bits: number,
  pairs: NodePair[],
  most: number,
  pairOf: (bit: number) => NodePair,
): void {
  for (let rest = bits; rest !== 0 && pairs.length < most; rest &= rest - 1)
    pairs.push(pairOf(31 - Math.clz32(rest & -rest)));
}

/** Ones in a word of 32 bits. */
function bitsIn(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
