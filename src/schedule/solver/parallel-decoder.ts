import { int, type Problem } from "./problem.ts";

/**
 * Parallel schedule generation (Brooks' algorithm; Kolisch 1996): at each tick at which something ends, start what is ready and fits, the
 * smallest key first. Makes non-delay schedules: fast, and a good start where resources are scarce; an optimal one may not be among them.
 * O(activities × (waiting + arcs)).
 *
 * @returns the makespan; fills `starts`
 */
export function decodeInParallel(problem: Problem, keys: Float64Array, starts: Int32Array): number {
  const { durations } = problem;
  const free = problem.capacities.slice();
  const queue = readiness(problem, keys);
  let running: number[] = [];
  let makespan = 0;
  for (let now = 0; now < Infinity;) {
    for (let node = queue.next(now, free); node !== undefined; node = queue.next(now, free)) {
      starts[node] = now;
      makespan = Math.max(makespan, now + int(durations, node));
      if (int(durations, node) > 0) {
        use(problem, free, node, 1);
        running.push(node);
      }
      queue.started(node, now);
    }
    let next = queue.earliestAfter(now);
    for (const node of running) next = Math.min(next, int(starts, node) + int(durations, node));
    now = next;
    running = running.filter((node) => {
      const goesOn = int(starts, node) + int(durations, node) > now;
      if (!goesOn) use(problem, free, node, -1);
      return goesOn;
    });
  }
  return makespan;
}

interface Readiness {
  /** Take out the first that is ready now and fits in what is free. */
  next(now: number, free: Int32Array): number | undefined;
  started(node: number, now: number): void;
  /** When the next one that waits for time alone is ready; Infinity if none does. */
  earliestAfter(now: number): number;
}

function readiness(problem: Problem, keys: Float64Array): Readiness {
  const { size, before, after } = problem;
  const waiting = new Int32Array(size);
  const ready = new Int32Array(size);
  const open: number[] = [];
  const add = (node: number): void => {
    const key = keys[node] ?? 0;
    let at = open.length;
    while (at > 0 && (keys[open[at - 1] ?? 0] ?? 0) > key) at--;
    open.splice(at, 0, node);
  };
  for (let node = 0; node < size; node++) {
    waiting[node] = int(before.starts, node + 1) - int(before.starts, node);
    if (int(waiting, node) === 0) add(node);
  }
  return {
    next(now, free) {
      const at = open.findIndex((node) => int(ready, node) <= now && fits(problem, free, node));
      return at < 0 ? undefined : open.splice(at, 1)[0];
    },
    started(node, now) {
      for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++) {
        const other = int(after.others, arc);
        ready[other] = Math.max(int(ready, other), now + int(after.lags, arc));
        waiting[other] = int(waiting, other) - 1;
        if (int(waiting, other) === 0) add(other);
      }
    },
    earliestAfter: (now) =>
      open.reduce(
        (least, node) => (int(ready, node) > now ? Math.min(least, int(ready, node)) : least),
        Infinity,
      ),
  };
}

function fits({ demands, durations }: Problem, free: Int32Array, node: number): boolean {
  if (int(durations, node) === 0) return true;
  for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++)
    if (int(free, int(demands.resources, slot)) < int(demands.amounts, slot)) return false;
  return true;
}

/** Take what an activity needs (`sign` 1) or give it back (-1). */
function use({ demands }: Problem, free: Int32Array, node: number, sign: 1 | -1): void {
  for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++) {
    const resource = int(demands.resources, slot);
    free[resource] = int(free, resource) - sign * int(demands.amounts, slot);
  }
}
