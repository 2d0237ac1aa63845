import type { Project } from "../../project/project.ts";
import type { Schedule } from "../../project/schedule.ts";
import type { Timeline } from "../timeline.ts";
import { gapsOver, NO_GAPS, type Gaps } from "./gaps.ts";
import type { OrderNode } from "./model.ts";

/** Activities, then sync points, as they are scheduled. */
export function orderNodes(
  project: Project,
  schedule: Schedule,
  timeline: Timeline,
): readonly OrderNode[] {
  return [...activityNodes(project, schedule, timeline), ...syncNodes(project, schedule, timeline)];
}

function activityNodes(
  project: Project,
  schedule: Schedule,
  timeline: Timeline,
): readonly OrderNode[] {
  const gapsOfCrew = cached(timeline);
  return project.activities.map((activity, index): OrderNode => {
    const booking = schedule.bookings[index];
    const [from, to] = [booking?.from ?? 0, booking?.to ?? 0];
    const gaps = gapsOfCrew(booking?.people ?? []);
    const work = gaps.workBetween(from, to);
    const { progress } = activity;
    const open =
      progress.state === "done"
        ? 0
        : progress.state === "started"
          ? Math.min(work, progress.left)
          : work;
    const fixed = progress.state !== "open" || booking?.fixed === true;
    const release = fixed
      ? from
      : activity.notBefore === undefined
        ? -Infinity
        : timeline.minuteOf(timeline.instantOf(activity.notBefore));
    return { id: activity.id, kind: "activity", from, to, work, open, release, fixed, gaps };
  });
}

function syncNodes(project: Project, schedule: Schedule, timeline: Timeline): readonly OrderNode[] {
  const times = new Map(schedule.syncs.map((sync) => [sync.id, sync]));
  const gapsOfCrew = cached(timeline);
  return project.syncPoints.map((sync): OrderNode => {
    const time = times.get(sync.id);
    const from = time ? timeline.minuteOf(time.start) : 0;
    const to = time ? timeline.minuteOf(time.end) : 0;
    const gaps = gapsOfCrew(participantsOf(project, sync.participants));
    const work = gaps.workBetween(from, Math.max(from, to));
    return {
      id: sync.id,
      kind: "sync",
      from,
      to: Math.max(from, to),
      work,
      open: 0,
      release: -Infinity,
      fixed: false,
      gaps,
    };
  });
}

function cached(timeline: Timeline): (people: readonly string[]) => Gaps {
  const known = new Map<string, Gaps>();
  return (people) => {
    if (people.length === 0) return NO_GAPS;
    const key = JSON.stringify(people);
    const gaps = known.get(key) ?? gapsOver(timeline.gapsOf(people));
    known.set(key, gaps);
    return gaps;
  };
}

/** Ids of the people of teams. */
export const participantsOf = (project: Project, teams: readonly string[]): readonly string[] =>
  project.teams.flatMap((team) => (teams.includes(team.id) ? team.people.map(({ id }) => id) : []));
