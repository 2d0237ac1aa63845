import type { Activity, Project } from "../../project/project.ts";
import type { Schedule } from "../../project/schedule.ts";
import type { Timeline } from "../timeline.ts";
import { gapsOf, NO_GAPS, type Gaps } from "./gaps.ts";
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
  const teams = new Map(project.teams.map((team) => [team.id, team]));
  const now = nowOf(project, timeline);
  return project.activities.map((activity, index): OrderNode => {
    const booking = schedule.bookings[index];
    const [from, to] = [booking?.from ?? 0, booking?.to ?? 0];
    // What takes no time needs nobody to be there.
    const gaps = from === to ? NO_GAPS : gapsOfCrew(booking?.people ?? []);
    const { state } = activity.progress;
    const fixed = state !== "open" || booking?.fixed === true;
    const team = teams.get(booking?.team ?? "");
    return {
      id: activity.id,
      kind: "activity",
      from,
      to,
      work: gaps.workBetween(from, to),
      open:
        state === "done"
          ? 0
          : gaps.workBetween(state === "started" ? Math.max(from, now) : from, to),
      reserve: team === undefined || team.kind === "agents" ? 0 : project.buffer,
      release: fixed ? from : releaseOf(activity, timeline, now),
      fixed,
      gaps,
    };
  });
}

function releaseOf({ notBefore }: Activity, timeline: Timeline, now: number): number {
  const date = notBefore === undefined ? 0 : timeline.minuteOf(timeline.instantOf(notBefore));
  return Math.max(now, date);
}

/** Where the time of planning is on the axis. */
const nowOf = (project: Project, timeline: Timeline): number =>
  timeline.minuteOf(timeline.instantOf(project.now ?? project.start));

function syncNodes(project: Project, schedule: Schedule, timeline: Timeline): readonly OrderNode[] {
  const times = new Map(schedule.syncs.map((sync) => [sync.id, sync]));
  const gapsOfCrew = cached(timeline);
  return project.syncPoints.map((sync): OrderNode => {
    const time = times.get(sync.id);
    const from = time ? timeline.minuteOf(time.start) : 0;
    const to = time ? timeline.minuteOf(time.end) : 0;
    const gaps = from === to ? NO_GAPS : gapsOfCrew(participantsOf(project, sync.participants));
    const work = gaps.workBetween(from, Math.max(from, to));
    return {
      id: sync.id,
      kind: "sync",
      from,
      to: Math.max(from, to),
      work,
      open: 0,
      reserve: 0,
      release: nowOf(project, timeline),
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
    const gaps = known.get(key) ?? gapsOf(people.map((each) => timeline.absencesOf(each)));
    known.set(key, gaps);
    return gaps;
  };
}

/** Ids of the people of teams. */
export const participantsOf = (project: Project, teams: readonly string[]): readonly string[] =>
  project.teams.flatMap((team) => (teams.includes(team.id) ? team.people.map(({ id }) => id) : []));
