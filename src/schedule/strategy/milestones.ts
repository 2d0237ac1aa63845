import type { Basis } from "./basis.ts";
import { spanOf } from "./coordination/sessions.ts";
import type { MomentForecast } from "./forecast.ts";
import { groupMembers } from "./group-members.ts";
import { deadlineAt, type Point, type Timeline } from "./timeline.ts";

/** A moment that is worth watching: milestones of the plan, ends of its groups, sync points, deadlines, the end. In the order of time. */
export interface Milestone {
  readonly id: string;
  readonly title: string;
  readonly kind: "activity" | "group" | "sync" | "end";
  readonly at: Point;
  /** The part of the simulated runs in which it was reached by `at`, and when it is reached in 80 % of them. */
  readonly likelihood?: number;
  readonly p80?: Point;
  /** When it is wanted; and the minutes of working time that remain until then, negative where it is late. */
  readonly deadline?: Point;
  readonly margin?: number;
}

/** What is worth watching, from what the schedule says and the forecast adds. */
export function milestonesOf(basis: Basis): readonly Milestone[] {
  const { project, schedule, timeline, forecast } = basis;
  const end = timeline.endAt(schedule.makespan);
  return [
    ...groupEnds(basis),
    ...syncEnds(basis),
    ...activityEnds(basis),
    {
      id: "end",
      title: project.name,
      kind: "end" as const,
      at: end,
      likelihood: forecast.onTime,
      p80: forecast.p80,
      ...wanted(timeline, end, project.deadline),
    },
  ].toSorted((a, b) => a.at.minute - b.at.minute);
}

function groupEnds(basis: Basis): readonly Milestone[] {
  const { project, schedule, timeline } = basis;
  const members = groupMembers(project);
  const told = foretold(basis, "group");
  return project.groups.flatMap(({ id, title }): readonly Milestone[] => {
    const activities = members.get(id) ?? [];
    if (activities.length === 0) return [];
    const { to } = spanOf(schedule, activities);
    if (activities.some((index) => isEndOf(title, basis, { index, to }))) return [];
    const at = timeline.endAt(to);
    return [{ id, title, kind: "group", at, ...told(id) }];
  });
}

/** Whether an activity is the milestone of its group's end already: the same is not told twice. */
function isEndOf(
  title: string,
  { project, schedule }: Basis,
  { index, to }: { readonly index: number; readonly to: number },
): boolean {
  const activity = project.activities[index];
  return (
    activity?.work.likely === 0 &&
    schedule.bookings[index]?.to === to &&
    activity.title.startsWith(title)
  );
}

function syncEnds(basis: Basis): readonly Milestone[] {
  const { project, schedule, timeline } = basis;
  const titles = new Map(project.syncPoints.map(({ id, title }) => [id, title]));
  const told = foretold(basis, "sync");
  return schedule.syncs.map(({ id, end: instant }): Milestone => {
    const at = { minute: timeline.minuteOf(instant), instant };
    return { id, title: titles.get(id) ?? id, kind: "sync", at, ...told(id) };
  });
}

function activityEnds(basis: Basis): readonly Milestone[] {
  const { project, schedule, timeline } = basis;
  const told = foretold(basis, "activity");
  return project.activities.flatMap(
    ({ id, title, work, deadline }, index): readonly Milestone[] => {
      if (work.likely > 0 && deadline === undefined) return [];
      const at = timeline.endAt(schedule.bookings[index]?.to ?? 0);
      return [{ id, title, kind: "activity", at, ...told(id), ...wanted(timeline, at, deadline) }];
    },
  );
}

function foretold(
  { forecast, timeline }: Basis,
  kind: MomentForecast["kind"],
): (id: string) => Pick<Milestone, "likelihood" | "p80"> {
  const moments = new Map(
    forecast.moments.flatMap((each) => (each.kind === kind ? [[each.id, each] as const] : [])),
  );
  return (id) => {
    const moment = moments.get(id);
    return moment ? { likelihood: moment.onTime, p80: timeline.endAt(moment.p80) } : {};
  };
}

function wanted(
  timeline: Timeline,
  at: Point,
  time: string | undefined,
): Pick<Milestone, "deadline" | "margin"> {
  if (time === undefined) return {};
  const deadline = deadlineAt(timeline, time);
  return { deadline, margin: deadline.minute - at.minute };
}
