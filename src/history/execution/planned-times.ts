import { Heap } from "../../core/heap.ts";
import type { PlanTask } from "../../core/plan-event.ts";

/** When a task begins and ends by the plan, in minutes since the start. */
export interface PlannedTime {
  readonly start: number;
  readonly end: number;
}

/**
 * What the plan expects of so many workers: each task begins when what it waits for is done and a worker is free, the longest way to
 * the end first; no failures, nothing between. What keeps two tasks apart besides is not in it: it is the mark that the run is held
 * against, not a schedule. O((tasks + waits) log tasks).
 *
 * `minutes` says what is left of a task; without it, all that the plan expects. Tasks that wait in a circle are left out.
 */
export function plannedTimes(
  tasks: readonly PlanTask[],
  workers: number,
  minutes: (task: PlanTask) => number = (task) => task.minutes,
): ReadonlyMap<string, PlannedTime> {
  const waits = waitsOf(tasks, minutes);
  const { left, lengthOf } = waits;
  const tails = tailsOf(waits);
  const rank = new Map(tasks.map(({ key }, index) => [key, index]));
  const before = (a: string, b: string) => {
    const [one, other] = [tails.get(a) ?? 0, tails.get(b) ?? 0];
    return one === other ? (rank.get(a) ?? 0) < (rank.get(b) ?? 0) : one > other;
  };
  const ready = new Heap<string>(before);
  for (const [key, count] of left) if (count === 0) ready.push(key);
  const ends = new Heap<{ readonly at: number; readonly key: string }>(
    (a, b) => a.at < b.at || (a.at === b.at && before(a.key, b.key)),
  );
  const times = new Map<string, PlannedTime>();
  let now = 0;
  for (;;) {
    while (ends.size < Math.max(1, workers)) {
      const key = ready.pop();
      if (key === undefined) break;
      const end = now + lengthOf(key);
      times.set(key, { start: now, end });
      ends.push({ at: end, key });
    }
    const ended = ends.pop();
    if (!ended) return times;
    now = ended.at;
    for (const key of waits.after(ended.key)) if (pass(left, key)) ready.push(key);
  }
}

/** One thing less that it waits for; true if that was the last. */
function pass(left: Map<string, number>, key: string): boolean {
  const count = (left.get(key) ?? 1) - 1;
  left.set(key, count);
  return count === 0;
}

interface Waits {
  /** How many unfinished tasks each one waits for. */
  readonly left: Map<string, number>;
  readonly before: (key: string) => readonly string[];
  readonly after: (key: string) => readonly string[];
  readonly lengthOf: (key: string) => number;
}

function waitsOf(tasks: readonly PlanTask[], minutes: (task: PlanTask) => number): Waits {
  const lengths = new Map(
    // What has parts is done with them.
    tasks.map((task) => [task.key, task.parts ? 0 : Math.max(0, minutes(task))]),
  );
  const before = new Map<string, readonly string[]>();
  const after = new Map<string, string[]>();
  for (const { key, waitsFor, parts = [] } of tasks) {
    const known = [...new Set([...waitsFor, ...parts])].filter((one) => lengths.has(one));
    before.set(key, known);
    for (const one of known) {
      const others = after.get(one);
      if (others) others.push(key);
      else after.set(one, [key]);
    }
  }
  return {
    left: new Map([...before].map(([key, known]) => [key, known.length])),
    before: (key) => before.get(key) ?? [],
    after: (key) => after.get(key) ?? [],
    lengthOf: (key) => lengths.get(key) ?? 0,
  };
}

/** Minutes from the start of each task to the end of all that waits for it. */
function tailsOf({ left, before, after, lengthOf }: Waits): ReadonlyMap<string, number> {
  const open = new Map([...left.keys()].map((key) => [key, after(key).length]));
  const tails = new Map<string, number>();
  const queue = [...open].filter(([, count]) => count === 0).map(([key]) => key);
  for (const key of queue) {
    const most = after(key).reduce((longest, one) => Math.max(longest, tails.get(one) ?? 0), 0);
    tails.set(key, lengthOf(key) + most);
    for (const one of before(key)) if (pass(open, one)) queue.push(one);
  }
  return tails;
}
