import type { LocalTime, Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import type { StartReason } from "./order/start-reasons.ts";
import { startReasons } from "./order/start-reasons.ts";
import type { PartialOrder } from "./order/model.ts";
import { moves, type Moved } from "./moved.ts";
import type { Reason } from "./reason.ts";
import type { Timeline } from "./timeline.ts";

/** What happened to an activity so far: from ticks, a status file, or what a person says. Times are local to the project's zone. */
export type Actual =
  | { readonly activity: string; readonly state: "open" }
  | {
      readonly activity: string;
      readonly state: "started";
      readonly start: LocalTime;
      /** Minutes of work left; without it `done` counts. */
      readonly left?: number;
      /** Part of the work that is done, 0 … 1; 0 where neither is said. */
      readonly done?: number;
      /** Ids; who was planned, where nobody says. */
      readonly people?: readonly string[];
    }
  | {
      readonly activity: string;
      readonly state: "done";
      readonly start?: LocalTime;
      readonly end: LocalTime;
      readonly people?: readonly string[];
    };

export interface Replanned {
  /** What has started and what is done stays where it is, the rest is to be scheduled from `now` on. */
  readonly project: Project;
  /** Ids that no activity has. */
  readonly unknown: readonly string[];
}

/** What has been begun is never nothing: at least so much of it is left, until it is done. */
const LEAST_LEFT = 0.05;

/** The project with what happened in it. `planned` is the schedule that people worked by, `now` the time of planning. */
export function replan(
  project: Project,
  planned: Schedule,
  { actuals, now }: { readonly actuals: readonly Actual[]; readonly now: LocalTime },
): Replanned {
  const byId = new Map(actuals.map((actual) => [actual.activity, actual]));
  const booked = new Map(planned.bookings.map(({ activity, people }) => [activity, people]));
  const known = new Set(project.activities.map(({ id }) => id));
  return {
    project: {
      ...project,
      now,
      activities: project.activities.map((activity) => {
        const actual = byId.get(activity.id);
        return actual === undefined
          ? activity
          : {
              ...activity,
              progress: progressOf(activity, actual, {
                people: booked.get(activity.id) ?? [],
                now,
              }),
            };
      }),
    },
    unknown: actuals.flatMap(({ activity }) => (known.has(activity) ? [] : [activity])),
  };
}

function progressOf(
  { work }: Project["activities"][number],
  actual: Actual,
  { people, now }: { readonly people: readonly string[]; readonly now: LocalTime },
): Project["activities"][number]["progress"] {
  if (actual.state === "open") return { state: "open" };
  const who = actual.people ?? people;
  if (actual.state === "done")
    return { state: "done", start: actual.start ?? actual.end, end: actual.end, people: who };
  const left = actual.left ?? work.likely * (1 - (actual.done ?? 0));
  const start = actual.start > now ? now : actual.start;
  return { state: "started", start, left: Math.max(left, work.likely * LEAST_LEFT), people: who };
}

/** Something that is not where it was planned, and why. */
export interface PlanChange extends Moved {
  /** What it waits for now. */
  readonly why: Reason;
  /** The activity that it began with, going back from one to what it waited for: one that took longer, started late, or is new. */
  readonly root: string;
  readonly cause:
    | "took-longer"
    | "started-late"
    | "started-early"
    | "rescheduled"
    | "added"
    | "dropped";
}

export interface PlanComparison {
  /** Minutes of working time that the whole ends later; negative is sooner. */
  readonly later: number;
  readonly days: number;
  readonly changes: readonly PlanChange[];
}

/** What moved between the old plan and the new one. `order` is of the new schedule, `timeline` of the old. */
export function comparePlans(
  { before, after }: { readonly before: Schedule; readonly after: Schedule },
  order: PartialOrder,
  timeline: Timeline,
): PlanComparison {
  const reasons = startReasons(order);
  const moved = moves(before, after, timeline);
  const byId = new Map(moved.map((each) => [each.activity, each]));
  const later = timeline.minuteOf(after.end) - timeline.minuteOf(before.end);
  return {
    later,
    days: later / timeline.dayMinutes,
    changes: moved.map((each): PlanChange => {
      const node = order.indexOf.get(each.activity) ?? -1;
      const root = rootOf(node, { order, reasons, byId });
      const id = order.nodes[root]?.id ?? each.activity;
      return {
        ...each,
        why: reasons[node]?.why ?? { kind: "start" },
        root: id,
        cause: causeOf(byId.get(id) ?? each, timeline),
      };
    }),
  };
}

/** Back along what is waited for, as long as that has moved, too. */
function rootOf(
  node: number,
  {
    order,
    reasons,
    byId,
  }: {
    readonly order: PartialOrder;
    readonly reasons: readonly StartReason[];
    readonly byId: ReadonlyMap<string, Moved>;
  },
): number {
  const seen = new Set<number>();
  let at = node;
  while (!seen.has(at)) {
    seen.add(at);
    const source = reasons[at]?.source;
    if (source === undefined || !byId.has(order.nodes[source]?.id ?? "")) break;
    at = source;
  }
  return at;
}

function causeOf({ kind, before, after }: Moved, timeline: Timeline): PlanChange["cause"] {
  if (kind !== "moved" || !before || !after) return kind === "dropped" ? "dropped" : "added";
  const span = (place: { readonly start: number; readonly end: number }) =>
    timeline.minuteOf(place.end) - timeline.minuteOf(place.start);
  if (span(after) > span(before) + 1) return "took-longer";
  if (after.start > before.start) return "started-late";
  return after.start < before.start ? "started-early" : "rescheduled";
}
