import { int } from "../problem.ts";
import type { CrewBuilder } from "./crew-builder.ts";
import type { CrewPaths } from "./crew-paths.ts";
import type { CrewSchedule } from "./crew-schedule.ts";

/**
 * Serial schedule generation: each activity of a list, in turn, where it ends earliest beside those before it.
 *
 * @param list all activities, each after what it waits for
 * @param limit given up as soon as longest paths show that the schedule ends later
 * @returns false if it was given up; `schedule` is then of no use
 */
export function decodeCrewList(
  builder: CrewBuilder,
  { tails, rests }: CrewPaths,
  list: Int32Array,
  { schedule, limit }: { readonly schedule: CrewSchedule; readonly limit: number },
): boolean {
  const { fixed } = builder.problem;
  builder.begin(schedule);
  for (const activity of list) {
    if (fixed.size > 0 && fixed.has(activity)) continue;
    builder.waitFor(activity);
    builder.placeEarliest(activity);
    const ends = Math.max(
      int(schedule.starts, activity) + int(tails, activity),
      int(schedule.ends, activity) + int(rests, activity),
    );
    if (ends > limit) return false;
  }
  builder.finish();
  return true;
}
