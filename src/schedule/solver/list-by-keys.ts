import { keyHeap } from "./key-heap.ts";
import { int, type Problem } from "./problem.ts";

/**
 * Makes lists of activities by key, the smallest first, each after what it waits for. A list costs O((activities + arcs) × log activities).
 *
 * @param keys read when a list is made
 */
export function listByKeys(
  problem: Pick<Problem, "size" | "before" | "after">,
  keys: Float64Array,
): (list: Int32Array) => void {
  const { size, before, after } = problem;
  const incoming = new Int32Array(size);
  for (let node = 0; node < size; node++)
    incoming[node] = int(before.starts, node + 1) - int(before.starts, node);
  const waiting = new Int32Array(size);
  const heap = keyHeap(keys);
  return (list) => {
    waiting.set(incoming);
    for (let node = 0; node < size; node++) if (int(waiting, node) === 0) heap.push(node);
    let position = 0;
    for (let node = heap.pop(); node !== undefined; node = heap.pop()) {
      list[position++] = node;
      for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++) {
        const other = int(after.others, arc);
        const left = int(waiting, other) - 1;
        waiting[other] = left;
        if (left === 0) heap.push(other);
      }
    }
  };
}
