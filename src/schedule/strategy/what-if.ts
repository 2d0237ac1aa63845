import { ok, type Result } from "../../core/result.ts";
import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import { applyChanges, onlyRelaxes, type Change } from "./change.ts";
import { moves, type Moved } from "./moved.ts";
import { scheduleFaults } from "./schedule-faults.ts";
import type { Timeline } from "./timeline.ts";

/** Schedules a project, always with the same options and seed. */
export type Scheduler = (project: Project) => Schedule;

export interface WhatIf {
  readonly changes: readonly Change[];
  readonly project: Project;
  readonly schedule: Schedule;
  /** Minutes and working days that it ends sooner; negative is later. */
  readonly saved: number;
  readonly days: number;
  /** Minutes that the search found a problem longer that can only be shorter: then the old schedule still holds and nothing is saved. */
  readonly noise: number;
  readonly moved: readonly Moved[];
}

/** A project with the schedule that it has. */
export interface Planned {
  readonly project: Project;
  readonly schedule: Schedule;
  readonly timeline: Timeline;
}

/** What it would be with the changes; an error, for people, where they can't be made. */
export function whatIf(
  planned: Planned,
  changes: readonly Change[],
  scheduler: Scheduler,
): Result<WhatIf, string> {
  const { project, schedule, timeline } = planned;
  const applied = applyChanges(project, changes);
  if (!applied.ok) return applied;
  const changed = scheduler(applied.value);
  // By the clock, on the old axis: with other people there may be other working time.
  const later = (one: Schedule) => timeline.minuteOf(one.end) - timeline.minuteOf(schedule.end);
  const kept = holding(planned, applied.value, keeping(planned, changes));
  const noise = kept === undefined ? 0 : Math.max(0, later(changed) - later(kept));
  const result = kept && noise > 0 ? kept : changed;
  const saved = -later(result) || 0;
  return ok({
    changes,
    project: applied.value,
    schedule: result,
    saved,
    days: saved / timeline.dayMinutes,
    noise,
    moved: moves(schedule, result, timeline),
  });
}

/** A schedule that was kept, if nothing is wrong with it that was not wrong with the old one: what does not hold is never an answer. */
function holding(
  { project, schedule }: Planned,
  changed: Project,
  kept: Schedule | undefined,
): Schedule | undefined {
  if (!kept) return undefined;
  const before = new Set(scheduleFaults(project, schedule));
  return scheduleFaults(changed, kept).every((fault) => before.has(fault)) ? kept : undefined;
}

/** The old schedule, where it holds for the changed project as well: what is dropped left out, nothing else moved. */
function keeping(
  { project, schedule, timeline }: Planned,
  changes: readonly Change[],
): Schedule | undefined {
  if (!changes.every((change) => onlyRelaxes(project, change))) return undefined;
  const gone = new Set(
    changes.flatMap((change) =>
      change.kind === "drop-activity"
        ? [change.activity]
        : change.kind === "drop-sync"
          ? [change.sync]
          : [],
    ),
  );
  const bookings = schedule.bookings.filter(({ activity }) => !gone.has(activity));
  const syncs = schedule.syncs.filter(({ id }) => !gone.has(id));
  const end = [...bookings, ...syncs].reduce(
    (last, each) => Math.max(last, each.end),
    schedule.start,
  );
  return gone.size === 0
    ? schedule
    : { ...schedule, bookings, syncs, end, makespan: timeline.minuteOf(end) };
}
