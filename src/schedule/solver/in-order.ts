import { int } from "./problem.ts";

interface Rows {
  readonly starts: Int32Array;
  readonly others: Int32Array;
}

/** What both forms of a problem have: arcs into each activity, and out of it. */
interface Waiting {
  readonly size: number;
  readonly before: Rows;
  readonly after: Rows;
}

/**
 * Activities, each behind what it waits for.
 *
 * @throws Error if the arcs have a cycle
 */
export function inOrder({ size, before, after }: Waiting): Int32Array {
  const waiting = new Int32Array(size);
  const order = new Int32Array(size);
  let count = 0;
  for (let node = 0; node < size; node++) {
    waiting[node] = int(before.starts, node + 1) - int(before.starts, node);
    if (int(waiting, node) === 0) order[count++] = node;
  }
  for (let done = 0; done < count; done++) {
    const node = int(order, done);
    for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++) {
      const other = int(after.others, arc);
      waiting[other] = int(waiting, other) - 1;
      if (int(waiting, other) === 0) order[count++] = other;
    }
  }
  if (count < size) throw new Error("The arcs of a problem have a cycle.");
  return order;
}
