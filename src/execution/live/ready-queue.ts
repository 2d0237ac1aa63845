import { at } from "../../core/graph/digraph.ts";

/** Nodes that could be started, in the order to be: what was never tried first, in an order that is known for all nodes. */
export class ReadyQueue {
  readonly #size: number;
  /** By node its place in the order, and by place the node. */
  readonly #rank: Uint32Array;
  readonly #nodes: Uint32Array;
  /** Of those that are in it: their places, later by the number of nodes where they were tried before. Ascending. */
  readonly #places: number[] = [];
  /** By node, what it stands under in `#places`; -1 where it is not in it. */
  readonly #of: Int32Array;

  constructor(size: number, first: (a: number, b: number) => number) {
    this.#size = size;
    this.#nodes = Uint32Array.from({ length: size }, (_, node) => node);
    this.#nodes.sort((a, b) => first(a, b) || a - b);
    this.#rank = new Uint32Array(size);
    this.#nodes.forEach((node, rank) => (this.#rank[node] = rank));
    this.#of = new Int32Array(size).fill(-1);
  }

  get size(): number {
    return this.#places.length;
  }

  /** O(log n) to find the place; what stands behind it moves up, which takes a microsecond for tens of thousands. */
  add(node: number, triedBefore: boolean): void {
    const place = at(this.#rank, node) + (triedBefore ? this.#size : 0);
    this.#of[node] = place;
    this.#places.splice(this.#find(place), 0, place);
  }

  remove(node: number): void {
    const place = at(this.#of, node);
    if (place < 0) return;
    this.#of[node] = -1;
    this.#places.splice(this.#find(place), 1);
  }

  *nodes(): Generator<number> {
    for (const place of this.#places) yield this.#nodeAt(place);
  }

  /** Those of some nodes that are in it, in its order. */
  among(nodes: readonly number[]): readonly number[] {
    const places = nodes.map((node) => at(this.#of, node)).filter((place) => place >= 0);
    return places.toSorted((a, b) => a - b).map((place) => this.#nodeAt(place));
  }

  readonly #nodeAt = (place: number): number => at(this.#nodes, place % this.#size);

  /** Where a place stands, or would. */
  #find(place: number): number {
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (at(this.#places, middle) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
