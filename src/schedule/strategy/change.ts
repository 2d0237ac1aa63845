import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import type { Activity, Link, Project } from "../project/project.ts";
import type { Person, Team } from "../project/team.ts";

/** Something that could be otherwise (MISSION WV-06). */
export type Change =
  | { readonly kind: "add-person"; readonly team: string; readonly person: Person }
  | { readonly kind: "add-team"; readonly team: Team }
  | { readonly kind: "drop-activity"; readonly activity: string }
  /** Its work takes that many minutes; its best and worst case change by the same factor. */
  | { readonly kind: "set-work"; readonly activity: string; readonly minutes: number }
  /** So many at once from now on: a second database, the file in two. */
  | { readonly kind: "set-capacity"; readonly resource: string; readonly capacity: number }
  /** All links from one to the other, of any kind. */
  | {
      readonly kind: "drop-links";
      readonly links: readonly { readonly from: string; readonly to: string }[];
    }
  | { readonly kind: "drop-sync"; readonly sync: string }
  | { readonly kind: "set-buffer"; readonly buffer: number };

/**
 * The project with the changes, one after the other. An error, for people, where one names what is not there or can't be. What waited for a
 * dropped activity waits for what that one waited for: dropping work must not let others begin before their time.
 */
export function applyChanges(
  project: Project,
  changes: readonly Change[],
): Result<Project, string> {
  let changed = project;
  for (const change of changes) {
    const next = applied(changed, change);
    if (!next.ok) return next;
    changed = next.value;
  }
  return ok(changed);
}

/** Whether a schedule of the project can only become shorter by it, as the old one still holds. */
export function onlyRelaxes(project: Project, change: Change): boolean {
  switch (change.kind) {
    case "add-person":
      // Who works as a whole team would have to come, too.
      return (
        !project.activities.some(({ crew }) => crew.kind === "team") &&
        !attends(project, change.team)
      );
    case "add-team":
    case "drop-links":
    case "drop-sync":
      return true;
    case "drop-activity":
      return project.links.every(
        ({ from, to, kind }) =>
          kind === "FS" || (from !== change.activity && to !== change.activity),
      );
    case "set-work":
      // What has to end after something else could have to begin later.
      return (
        change.minutes <= (find(project.activities, change.activity)?.work.likely ?? 0) &&
        project.links.every(
          ({ to, kind }) => to !== change.activity || kind === "FS" || kind === "SS",
        )
      );
    case "set-capacity":
      return change.capacity >= (find(project.resources, change.resource)?.capacity ?? 0);
    case "set-buffer":
      return change.buffer <= project.buffer;
  }
}

const attends = ({ syncPoints }: Project, team: string): boolean =>
  syncPoints.some(({ participants, minutes }) => minutes > 0 && participants.includes(team));

function applied(project: Project, change: Change): Result<Project, string> {
  switch (change.kind) {
    case "add-person":
      return withPerson(project, change.team, change.person);
    case "add-team":
      return find(project.teams, change.team.id)
        ? err(`there is a team ${quoted(change.team.id)} already`)
        : ok({ ...project, teams: [...project.teams, change.team] });
    case "drop-activity":
      return find(project.activities, change.activity)
        ? ok(without(project, change.activity))
        : err(`there is no activity ${quoted(change.activity)}`);
    case "set-work":
      return withWork(project, change.activity, change.minutes);
    case "set-capacity":
      return withCapacity(project, change.resource, change.capacity);
    case "drop-links":
      return withoutLinks(project, change.links);
    case "drop-sync":
      return find(project.syncPoints, change.sync)
        ? ok({ ...project, syncPoints: project.syncPoints.filter(({ id }) => id !== change.sync) })
        : err(`there is no sync point ${quoted(change.sync)}`);
    case "set-buffer":
      return change.buffer >= 0 && change.buffer < 1
        ? ok({ ...project, buffer: change.buffer })
        : err("a buffer is at least 0 % and less than 100 %");
  }
}

const quoted = (id: string): string => `"${oneLine(id, 60)}"`;

const find = <T extends { readonly id: string }>(list: readonly T[], id: string): T | undefined =>
  list.find((each) => each.id === id);

function withPerson(project: Project, id: string, person: Person): Result<Project, string> {
  if (!find(project.teams, id)) return err(`there is no team ${quoted(id)}`);
  if (project.teams.some(({ people }) => find(people, person.id)))
    return err(`there is somebody called ${quoted(person.id)} already`);
  if (!find(project.calendars, person.calendar))
    return err(`there is no calendar ${quoted(person.calendar)}`);
  const grown = ({ concurrent, ...team }: Team): Team => ({
    ...team,
    people: [...team.people, person],
    ...(concurrent === undefined ? {} : { concurrent: concurrent + 1 }),
  });
  return ok({
    ...project,
    teams: project.teams.map((team) => (team.id === id ? grown(team) : team)),
  });
}

function withWork(project: Project, id: string, minutes: number): Result<Project, string> {
  if (!find(project.activities, id)) return err(`there is no activity ${quoted(id)}`);
  if (!Number.isFinite(minutes) || minutes < 0)
    return err("work is a number of minutes, at least 0");
  const changed = (activity: Activity): Activity => {
    const { likely, optimistic, pessimistic } = activity.work;
    const factor = likely > 0 ? minutes / likely : 1;
    return {
      ...activity,
      work: {
        likely: minutes,
        basis: `what if: ${minutes} minutes`,
        ...(optimistic === undefined ? {} : { optimistic: Math.min(minutes, optimistic * factor) }),
        ...(pessimistic === undefined
          ? {}
          : { pessimistic: Math.max(minutes, pessimistic * factor) }),
      },
    };
  };
  return ok({
    ...project,
    activities: project.activities.map((each) => (each.id === id ? changed(each) : each)),
  });
}

function withCapacity(project: Project, id: string, capacity: number): Result<Project, string> {
  if (!find(project.resources, id)) return err(`there is no shared resource ${quoted(id)}`);
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    return err("a capacity is a whole number, at least 1");
  const most = project.activities.reduce(
    (amount, { uses }) =>
      Math.max(amount, uses.find(({ resource }) => resource === id)?.amount ?? 0),
    0,
  );
  if (capacity < most)
    return err(
      `${quoted(id)} is wanted ${most} at a time, a capacity of ${capacity} is not enough`,
    );
  return ok({
    ...project,
    resources: project.resources.map((each) => (each.id === id ? { ...each, capacity } : each)),
  });
}

function withoutLinks(
  project: Project,
  gone: readonly { readonly from: string; readonly to: string }[],
): Result<Project, string> {
  const keys = new Set(gone.map(({ from, to }) => JSON.stringify([from, to])));
  const links = project.links.filter(({ from, to }) => !keys.has(JSON.stringify([from, to])));
  const missing = gone.find(
    ({ from, to }) => !project.links.some((link) => link.from === from && link.to === to),
  );
  if (missing) return err(`there is no link from ${quoted(missing.from)} to ${quoted(missing.to)}`);
  return ok({ ...project, links });
}

function without(project: Project, id: string): Project {
  const into = project.links.filter(({ to }) => to === id);
  const outOf = project.links.filter(({ from }) => from === id);
  const bridges = into.flatMap((first) =>
    outOf.map((second): Link => ({
      from: first.from,
      to: second.to,
      kind: bridged(first.kind, second.kind),
      lag: first.lag + second.lag,
      strength: first.strength === "hard" && second.strength === "hard" ? "hard" : "soft",
      origin: `through ${oneLine(id, 60)}`,
    })),
  );
  return {
    ...project,
    activities: project.activities.filter((each) => each.id !== id),
    links: [...project.links.filter(({ from, to }) => from !== id && to !== id), ...bridges],
    syncPoints: project.syncPoints.map((sync) => ({
      ...sync,
      after: sync.after.filter((each) => each !== id),
      before: sync.before.filter((each) => each !== id),
    })),
  };
}

/** From the first one's side of the one link to the last one's side of the other. */
const bridged = (first: Link["kind"], second: Link["kind"]): Link["kind"] => {
  const from = first === "FS" || first === "FF" ? "F" : "S";
  const to = second === "FS" || second === "SS" ? "S" : "F";
  return `${from}${to}`;
};
