import { alikeOf } from "./alike.ts";
import type { CrewBuilder } from "./crew-builder.ts";
import { NEVER } from "./crew-problem.ts";
import type { CrewSchedule } from "./crew-schedule.ts";
import { ReadyQueue } from "./ready-queue.ts";

/** Groups of activities that may fail to begin at one tick, after which the others are left for the next: a bound on the work of a tick. */
const MOST_FAILURES = 256;

/**
 * Parallel schedule generation: at each tick at which somebody or something gets free, begin what is ready and can, the smallest key first.
 * Where an activity cannot, those that need the same are not tried, so that it takes O(activities × log activities) where most are alike, and
 * at most MOST_FAILURES times that.
 */
export function parallelCrewDecoder(
  builder: CrewBuilder,
): (keys: Float64Array, schedule: CrewSchedule) => void {
  const { problem } = builder;
  const alike = alikeOf(problem);
  return (keys, schedule) => {
    builder.begin(schedule);
    const queue = new ReadyQueue(problem, alike, keys);
    for (const activity of queue.unbound()) enqueue(builder, queue, activity);
    for (let now = queue.nextTick(); now < Infinity;) {
      if (now >= NEVER) throw new Error("An activity fits nowhere: the parts have faults.");
      queue.tryAgain();
      queue.wake(now);
      const wake = beginAt(builder, queue, now);
      now = Math.min(queue.nextTick(), queue.hasWaiting() ? Math.max(now + 1, wake) : Infinity);
    }
    builder.finish();
  };
}

/** Begin what can begin now. Returns when something more can begin at the earliest. */
function beginAt(builder: CrewBuilder, queue: ReadyQueue, now: number): number {
  let wake = Infinity;
  let failures = 0;
  for (let first = queue.first(); first !== undefined; first = queue.first()) {
    builder.waitFor(first);
    if (builder.placeNow(first, now)) {
      queue.remove(first);
      for (const activity of queue.released(first)) enqueue(builder, queue, activity);
      queue.wake(now);
      continue;
    }
    if (builder.window.endReady > 0) {
      // It waits for the tick that lets it end late enough, too, which those that are alike do not.
      queue.remove(first);
      queue.sleep(first, Math.max(now + 1, builder.wake));
    } else {
      queue.setAside(first);
      wake = Math.min(wake, builder.wake);
    }
    if (++failures === MOST_FAILURES) return Math.min(wake, builder.timeline.nextChange(now));
  }
  return wake;
}

/** An activity that waits for others no more sleeps until it is ready; fixed ones are in the schedule already. */
function enqueue(builder: CrewBuilder, queue: ReadyQueue, activity: number): void {
  if (builder.problem.fixed.has(activity)) {
    for (const next of queue.released(activity)) enqueue(builder, queue, next);
    return;
  }
  builder.waitFor(activity);
  queue.sleep(activity, builder.window.ready);
}
