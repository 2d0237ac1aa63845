import { Heap } from "../../core/heap.ts";
import { freeAt } from "./free-at.ts";
import { isBefore } from "./key-heap.ts";
import { int, type Problem } from "./problem.ts";
import { waitingRoom } from "./waiting-room.ts";

/**
 * Parallel schedule generation (Brooks' algorithm; Kolisch 1996): at each tick at which something ends, start what is ready and fits, the
 * smallest key first. Makes non-delay schedules: fast, and a good start where resources are scarce; an optimal one may not be among them.
 * What does not fit waits with the resource it lacks, so that only what may have room now is looked at. Before a drop, what runs is taken to
 * run through it: feasible, and now and then later than needed.
 *
 * @returns the makespan; fills `starts`
 */
export function decodeInParallel(problem: Problem, keys: Float64Array, starts: Int32Array): number {
  const { durations, deliveries } = problem;
  const free = problem.capacities.slice();
  const queue = readiness(problem, keys);
  const levels = freeAt(problem)(undefined);
  const room = waitingRoom(problem, keys, free, levels);
  const running = new Heap<number>((one, other) => endOf(one) < endOf(other));
  const endOf = (node: number): number => int(starts, node) + int(durations, node);
  let makespan = 0;
  for (let now = queue.earliest(); now < Infinity;) {
    for (let node = queue.ready(now); node !== undefined; node = queue.ready(now)) room.offer(node);
    for (let node = room.next(now); node !== undefined; node = room.next(now)) {
      starts[node] = now;
      makespan = Math.max(makespan, endOf(node) + int(deliveries, node));
      if (int(durations, node) > 0) {
        use(problem, free, node, 1);
        running.push(node);
      }
      queue.started(node, now);
      for (let other = queue.ready(now); other !== undefined; other = queue.ready(now))
        room.offer(other);
    }
    const first = running.peek();
    const change = room.isEmpty()
      ? Infinity
      : (levels.ticks.find((tick) => tick > now) ?? Infinity);
    now = Math.min(queue.earliest(), change, first === undefined ? Infinity : endOf(first));
    if (now === change) room.changed();
    for (
      let node = running.peek();
      node !== undefined && endOf(node) <= now;
      node = running.peek()
    ) {
      running.pop();
      use(problem, free, node, -1);
      room.freed(node);
    }
  }
  return makespan;
}

/** Activities that wait for others or for time, not for resources. */
function readiness({ size, before, after, releases }: Problem, keys: Float64Array) {
  const waiting = new Int32Array(size);
  const ticks = releases.slice();
  const open = new Heap<number>(
    (one, other) =>
      int(ticks, one) < int(ticks, other) ||
      (int(ticks, one) === int(ticks, other) && isBefore(keys, one, other)),
  );
  for (let node = 0; node < size; node++) {
    waiting[node] = int(before.starts, node + 1) - int(before.starts, node);
    if (int(waiting, node) === 0) open.push(node);
  }
  const earliest = (): number => {
    const first = open.peek();
    return first === undefined ? Infinity : int(ticks, first);
  };
  return {
    /** When the first of them is ready; Infinity if none is left. */
    earliest,
    /** Take out one that is ready now. */
    ready: (now: number): number | undefined => (earliest() <= now ? open.pop() : undefined),
    started(node: number, now: number): void {
      for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++) {
        const other = int(after.others, arc);
        ticks[other] = Math.max(int(ticks, other), now + int(after.lags, arc));
        waiting[other] = int(waiting, other) - 1;
        if (int(waiting, other) === 0) open.push(other);
      }
    },
  };
}

/** Take what an activity needs (`sign` 1) or give it back (-1). */
function use({ demands }: Problem, free: Int32Array, node: number, sign: 1 | -1): void {
  for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++) {
    const resource = int(demands.resources, slot);
    free[resource] = int(free, resource) - sign * int(demands.amounts, slot);
  }
}
