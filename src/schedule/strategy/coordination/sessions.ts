import type { Project } from "../../project/project.ts";
import type { Schedule } from "../../project/schedule.ts";
import type { Timeline } from "../timeline.ts";
import type { Units } from "../units.ts";
import type { Session } from "./coordination.ts";

/** One session for each unit and team that works on it, numbered in the order in which they start (S3 `session_001`). */
export function sessionsOf(
  {
    project,
    schedule,
    timeline,
  }: { readonly project: Project; readonly schedule: Schedule; readonly timeline: Timeline },
  { units }: Units,
): readonly Session[] {
  const drafts = units.flatMap((unit, index) => {
    const byTeam = new Map<string, number[]>();
    for (const activity of unit.activities) {
      const team = schedule.bookings[activity]?.team;
      if (team === undefined) continue;
      const list = byTeam.get(team);
      if (list) list.push(activity);
      else byTeam.set(team, [activity]);
    }
    return Array.from(byTeam, ([team, activities]) => ({
      index,
      unit,
      team,
      activities,
      ...spanOf(schedule, activities),
    }));
  });
  const numbered = drafts
    .toSorted((a, b) => a.from - b.from || a.index - b.index || (a.team < b.team ? -1 : 1))
    .map((draft, at) => ({ ...draft, id: `session_${String(at + 1).padStart(3, "0")}` }));
  const ofUnit = new Map<number, string[]>();
  for (const { index, id } of numbered) ofUnit.set(index, [...(ofUnit.get(index) ?? []), id]);
  return numbered.map(({ id, unit, team, activities, from, to }): Session => ({
    id,
    unit: unit.id,
    wave: unit.level + 1,
    team,
    activities: activities.map((activity) => project.activities[activity]?.id ?? ""),
    start: timeline.startAt(from),
    end: timeline.endAt(to),
    state: stateOf(project, activities),
    waitsFor: unit.dependencies.flatMap((each) => ofUnit.get(each) ?? []),
  }));
}

/** From when until when some activities are worked on, on the axis. */
export function spanOf(
  schedule: Schedule,
  activities: readonly number[],
): { readonly from: number; readonly to: number } {
  let [from, to] = [Infinity, 0];
  for (const activity of activities) {
    from = Math.min(from, schedule.bookings[activity]?.from ?? 0);
    to = Math.max(to, schedule.bookings[activity]?.to ?? 0);
  }
  return { from: Math.min(from, to), to };
}

function stateOf(project: Project, activities: readonly number[]): Session["state"] {
  const states = activities.map(
    (activity) => project.activities[activity]?.progress.state ?? "open",
  );
  if (states.every((state) => state === "done")) return "completed";
  return states.every((state) => state === "open") ? "created" : "active";
}
