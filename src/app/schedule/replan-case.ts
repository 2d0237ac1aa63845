import { localTimes } from "../../schedule/answers/local-times.ts";
import type { ReplanAnswer } from "../../schedule/answers/change-answers.ts";
import type { LocalTime, Project } from "../../schedule/project/project.ts";
import type { Schedule } from "../../schedule/project/schedule.ts";
import { idleDays, withoutDays } from "../../schedule/strategy/idle-days.ts";
import { comparePlans, replan, type Actual } from "../../schedule/strategy/replan.ts";
import { partialOrder } from "../../schedule/strategy/order/partial-order.ts";
import { timelineOf } from "../../schedule/strategy/timeline.ts";
import { openSchedulable, type Schedulable } from "./open-schedulable.ts";
import { localTime } from "./open-project.ts";
import { answerOf, strategyFor } from "./plan-ahead.ts";
import type { Listening, ReplanWish } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";
import { searchSchedule } from "./search-schedule.ts";
import { movedAnswers, spanOf } from "./what-if-case.ts";

/**
 * What is left, scheduled anew from what happened: ticks, and a status file's times. What was planned is the schedule of the whole plan as if
 * nothing had been done, from the same seed and budget, so that it is the same each time; it begins when the first task did, unless a
 * start is named. What was done without a time is taken to have gone as planned.
 */
export async function answerReplan(
  ports: SchedulePorts,
  wish: ReplanWish,
  listening: Listening,
): Promise<ReplanAnswer> {
  const of = await openSchedulable(ports, wish);
  const { zone } = of.project;
  const now = wish.now ?? localTime(ports.clock.now(), zone);
  const start = wish.start ?? earliest(of, zone) ?? of.project.start;
  const whole: Project = {
    ...of.project,
    start,
    activities: of.project.activities.map((each) => ({ ...each, progress: { state: "open" } })),
  };
  const searching = searchingOf(wish);
  const planned = await searchSchedule(ports, whole, searching, listening);
  const { actuals, untimed } = actualsOf(of, planned.schedule, now);
  const replanned = replan(whole, planned.schedule, { actuals, now }).project;
  const idle = idleDays(replanned);
  const project = withoutDays(replanned, idle);
  const searched = await searchSchedule(ports, project, searching, listening);
  const again = { ...of, project, problems: problemsOf(of, project) };
  const derived = await strategyFor(ports, again, searched, {
    ...listening,
    prices: false,
    tries: 0,
  });
  const before = timelineOf(whole, planned.compiled.axis, planned.schedule.makespan);
  const order = partialOrder(project, searched.schedule, derived.timeline);
  const { later, changes } = comparePlans(
    { before: planned.schedule, after: searched.schedule },
    order,
    before,
  );
  const time = localTimes(zone);
  const told = movedAnswers(changes, whole, before);
  return {
    planned: { start: time(planned.schedule.start), finish: time(planned.schedule.end) },
    now,
    counts: countsOf(project),
    untimed,
    idle,
    later: spanOf(later, before),
    changes: changes.flatMap(({ why, root, cause }, at) => {
      const moved = told[at];
      return moved ? [{ ...moved, why, root, cause }] : [];
    }),
    schedule: answerOf({ of: again, searched, ...derived }),
  };
}

const searchingOf = ({ budget, seed }: ReplanWish): Pick<ReplanWish, "budget" | "seed"> => ({
  ...(budget && { budget }),
  ...(seed !== undefined && { seed }),
});

function countsOf({ activities }: Project): ReplanAnswer["counts"] {
  const count = (state: Actual["state"]) =>
    activities.filter(({ progress }) => progress.state === state).length;
  return { done: count("done"), started: count("started"), open: count("open") };
}

/** Without what is told of tasks in progress, where it is known when they began: they are kept here. */
const problemsOf = ({ problems }: Schedulable, { activities }: Project): Schedulable["problems"] =>
  activities.some(({ progress }) => progress.state === "started")
    ? problems.filter(({ code }) => code !== "SCHEDULE_BEGUN_PLANNED_WHOLE")
    : problems;

/** When the first task began, as far as records say. */
function earliest({ recorded }: Schedulable, zone: string): LocalTime | undefined {
  const times = recorded.flatMap(({ startedAt, completedAt }) => {
    const at = Date.parse(startedAt ?? completedAt ?? "");
    return at >= 0 ? [at] : [];
  });
  return times.length === 0 ? undefined : localTime(Math.min(...times), zone);
}

/** What happened, by records where there are some, else by ticks. */
function actualsOf(
  { project, recorded }: Schedulable,
  planned: Schedule,
  now: LocalTime,
): { readonly actuals: readonly Actual[]; readonly untimed: number } {
  const time = localTimes(project.zone);
  const records = new Map(recorded.map((each) => [each.key, each]));
  const booked = new Map(planned.bookings.map((each) => [each.activity, each]));
  const written = (text: string | undefined): LocalTime | undefined =>
    text !== undefined && Date.parse(text) >= 0
      ? localTime(Date.parse(text), project.zone)
      : undefined;
  let untimed = 0;
  const actuals = project.activities.flatMap(({ id, progress }): readonly Actual[] => {
    const record = records.get(id);
    const booking = booked.get(id);
    const start = written(record?.startedAt);
    if (progress.state === "done") {
      const known = written(record?.completedAt);
      if (known === undefined) untimed++;
      const end = least(known ?? time(booking?.end ?? 0), now);
      const from = least(start ?? time(booking?.start ?? 0), end);
      return [{ activity: id, state: "done", start: from, end }];
    }
    if (record?.state !== "in_progress" || start === undefined) return [];
    return [{ activity: id, state: "started", start: least(start, now) }];
  });
  return { actuals, untimed };
}

const least = (one: LocalTime, other: LocalTime): LocalTime => (one < other ? one : other);
