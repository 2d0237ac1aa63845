import { int } from "./problem.ts";

/**
 * Activities, the one with the smallest key first; on equal keys the one with the smaller number. Without objects and calls, as the search
 * spends a third of its time in it; `core/heap` is for all else.
 */
export interface KeyHeap {
  push(node: number): void;
  /** Undefined when it is empty. */
  pop(): number | undefined;
}

/** @param keys read when activities are pushed and popped; they must not change meanwhile */
export function keyHeap(keys: Float64Array): KeyHeap {
  const heap = new Int32Array(keys.length);
  let length = 0;
  return {
    push(node) {
      let hole = length++;
      while (hole > 0) {
        const above = int(heap, (hole - 1) >> 1);
        if (!isBefore(keys, node, above)) break;
        heap[hole] = above;
        hole = (hole - 1) >> 1;
      }
      heap[hole] = node;
    },
    pop() {
      if (length === 0) return undefined;
      const top = int(heap, 0);
      const last = int(heap, --length);
      let hole = 0;
      for (let child = 1; child < length; child = 2 * hole + 1) {
        if (child + 1 < length && isBefore(keys, int(heap, child + 1), int(heap, child))) child++;
        if (!isBefore(keys, int(heap, child), last)) break;
        heap[hole] = int(heap, child);
        hole = child;
      }
      heap[hole] = last;
      return top;
    },
  };
}

/** Smaller key, or smaller number where keys are equal. */
export function isBefore(keys: Float64Array, one: number, other: number): boolean {
  const difference = (keys[one] ?? 0) - (keys[other] ?? 0);
  return difference < 0 || (difference === 0 && one < other);
}
