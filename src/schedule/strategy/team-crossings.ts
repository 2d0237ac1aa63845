import type { Basis } from "./basis.ts";

/** Work of one team that waits for work of another, directly or through milestones that nobody does. */
export interface TeamCrossing {
  /** Ids of the activities. Through a milestone, `from` is what a team does last of what it stands for. */
  readonly from: string;
  readonly to: string;
  readonly teams: readonly [from: string, to: string];
}

/** One for each link into work of another team; through a milestone one for each team before it. O(links × teams). */
export function teamCrossings({
  project,
  schedule,
  order,
}: Pick<Basis, "project" | "schedule" | "order">): readonly TeamCrossing[] {
  // Without teams that could wait for each other nothing has to be gone through.
  if (project.teams.length < 2) return [];
  const into = new Map<string, string[]>();
  for (const { from, to } of project.links) {
    const list = into.get(to);
    if (list) list.push(from);
    else into.set(to, [from]);
  }
  const bookingOf = (id: string) => schedule.bookings[order.indexOf.get(id) ?? -1];
  const endOf = (id: string) => bookingOf(id)?.to ?? 0;
  const behind = new Map<string, ReadonlyMap<string, string>>();
  /** Who has worked on it: its team, or those of all that leads to it, each with its last activity. */
  const workOf = (id: string): ReadonlyMap<string, string> => {
    const team = bookingOf(id)?.team;
    return team === undefined ? (behind.get(id) ?? new Map()) : new Map([[team, id]]);
  };
  const crossings: TeamCrossing[] = [];
  for (const node of order.order) {
    const to = project.activities[node]?.id;
    if (to === undefined) continue;
    const team = bookingOf(to)?.team;
    const last = new Map<string, string>();
    for (const source of into.get(to) ?? [])
      for (const [other, from] of workOf(source)) {
        const known = last.get(other);
        if (known === undefined || endOf(from) > endOf(known)) last.set(other, from);
        if (team !== undefined && other !== team)
          crossings.push({ from, to, teams: [other, team] });
      }
    if (team === undefined) behind.set(to, last);
  }
  return crossings;
}
