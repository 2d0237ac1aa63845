/**
 * A schedule to reckon with: in the order of the longest tail, each activity as soon as links, dates, people, resources and sync points
 * allow, the first people of the first team that can. No search, so figures can be checked by hand.
 */
import type { Activity, Project } from "../../../../src/schedule/project/project.ts";
import type { Booking, Schedule } from "../../../../src/schedule/project/schedule.ts";
import type { Timeline } from "../../../../src/schedule/strategy/timeline.ts";
import { plainTimeline } from "./projects.ts";

interface Busy {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

const began = (each: Activity) => (each.progress.state === "open" ? 1 : 0);

export function listSchedule(project: Project, timeline: Timeline = plainTimeline()): Schedule {
  const placed = new Map<string, { from: number; to: number }>();
  const bookings = new Map<string, Booking>();
  const busy = new Map<string, Busy[]>();
  const tails = tailsOf(project);
  const syncs = new Map<string, { from: number; to: number }>();
  const free = (key: string, capacity: number, { from, to, amount }: Busy) => {
    const list = busy.get(key) ?? [];
    const points = [from, ...list.map((each) => each.from).filter((at) => at > from && at < to)];
    return points.every(
      (at) =>
        list.reduce((sum, each) => sum + (each.from <= at && each.to > at ? each.amount : 0), 0) +
          amount <=
        capacity,
    );
  };
  const book = (key: string, from: number, to: number, amount = 1) =>
    void busy.set(key, [...(busy.get(key) ?? []), { from, to, amount }]);
  const placeSyncs = () => {
    for (const sync of project.syncPoints) {
      if (syncs.has(sync.id) || !sync.after.every((id) => placed.has(id))) continue;
      const people = project.teams
        .filter(({ id }) => sync.participants.includes(id))
        .flatMap((each) => each.people);
      let from = Math.max(0, ...sync.after.map((id) => placed.get(id)!.to));
      while (
        sync.minutes > 0 &&
        !people.every(({ id }) =>
          free(`person ${id}`, 1, { from, to: from + sync.minutes, amount: 1 }),
        )
      )
        from++;
      syncs.set(sync.id, { from, to: from + sync.minutes });
      if (sync.minutes > 0)
        for (const { id } of people) book(`person ${id}`, from, from + sync.minutes);
    }
  };
  const place = (activity: Activity) => {
    const { progress } = activity;
    const minutes = minutesOf(activity, project);
    let from = 0;
    let least = 0;
    for (const link of project.links) {
      if (link.to !== activity.id) continue;
      const before = placed.get(link.from)!;
      const base = link.kind === "FS" || link.kind === "FF" ? before.to : before.from;
      from = Math.max(
        from,
        base + link.lag - (link.kind === "FF" || link.kind === "SF" ? minutes : 0),
      );
    }
    for (const sync of project.syncPoints)
      if (sync.before.includes(activity.id)) from = Math.max(from, syncs.get(sync.id)!.to);
    if (activity.notBefore !== undefined)
      from = Math.max(from, timeline.minuteOf(timeline.instantOf(activity.notBefore)));
    least = from;
    if (progress.state === "started" || progress.state === "done") {
      const start = timeline.minuteOf(timeline.instantOf(progress.start));
      const to =
        progress.state === "done"
          ? timeline.minuteOf(timeline.instantOf(progress.end))
          : start + progress.left;
      const of = project.teams.find((each) =>
        each.people.some(({ id }) => progress.people.includes(id)),
      );
      return { from: start, to, team: of?.id, people: progress.people };
    }
    for (from = least; ; from++) {
      const to = from + minutes;
      if (
        !activity.uses.every(({ resource, amount }) =>
          free(
            `resource ${resource}`,
            project.resources.find(({ id }) => id === resource)?.capacity ?? 1,
            { from, to, amount },
          ),
        )
      )
        continue;
      if (activity.crew.kind === "nobody") return { from, to, people: [] };
      for (const each of project.teams) {
        const people = crewOf(
          activity,
          each.people.filter(({ id }) => free(`person ${id}`, 1, { from, to, amount: 1 })),
          each.people.length,
        );
        if (people && free(`team ${each.id}`, each.concurrent ?? Infinity, { from, to, amount: 1 }))
          return { from, to, team: each.id, people };
      }
      if (from > least + 1e6) throw new Error(`no place for ${activity.id}`);
    }
  };
  const open = new Set(project.activities);
  while (open.size > 0) {
    placeSyncs();
    const ready = [...open].filter(
      ({ id }) =>
        project.links.every(({ from, to }) => to !== id || placed.has(from)) &&
        project.syncPoints.every((sync) => !sync.before.includes(id) || syncs.has(sync.id)),
    );
    const next = ready.toSorted(
      (a, b) => began(a) - began(b) || (tails.get(b.id) ?? 0) - (tails.get(a.id) ?? 0),
    )[0];
    if (!next) throw new Error("a circle");
    open.delete(next);
    const { from, to, team, people } = place(next);
    placed.set(next.id, { from, to });
    for (const id of people) book(`person ${id}`, from, to);
    if (team !== undefined) book(`team ${team}`, from, to);
    for (const { resource, amount } of next.uses) book(`resource ${resource}`, from, to, amount);
    bookings.set(next.id, {
      activity: next.id,
      start: timeline.startAt(from).instant,
      end: timeline.endAt(to).instant,
      from,
      to,
      ...(team === undefined ? {} : { team }),
      people: [...people],
      reasons: [],
      fixed: next.progress.state !== "open",
    });
  }
  placeSyncs();
  const makespan = Math.max(0, ...[...placed.values(), ...syncs.values()].map(({ to }) => to));
  return {
    bookings: project.activities.map(({ id }) => bookings.get(id)!),
    syncs: project.syncPoints.map(({ id }) => {
      const { from, to } = syncs.get(id)!;
      return { id, start: timeline.startAt(from).instant, end: timeline.endAt(to).instant };
    }),
    start: timeline.startAt(0).instant,
    end: timeline.endAt(makespan).instant,
    makespan,
    bound: Math.max(0, ...tails.values()),
    effort: { schedules: 1, seed: 1, proved: false },
    passedOver: [],
  };
}

/** Who works keeps the buffer free. */
const minutesOf = ({ work, crew }: Activity, { buffer }: Project) =>
  work.likely / (crew.kind === "nobody" ? 1 : 1 - buffer);

function crewOf(
  { crew }: Activity,
  free: readonly Project["teams"][number]["people"][number][],
  size: number,
): readonly string[] | undefined {
  if (crew.kind === "nobody") return [];
  if (crew.kind === "team")
    return free.length === size ? free.map(({ id }) => id).toSorted() : undefined;
  const chosen: string[] = [];
  for (const { skills, count } of crew.needs) {
    const fit = free.filter(
      (each) =>
        !chosen.includes(each.id) &&
        skills.every(({ skill }) => each.skills.some((has) => has.skill === skill)),
    );
    if (fit.length < count) return undefined;
    chosen.push(...fit.slice(0, count).map(({ id }) => id));
  }
  return chosen.toSorted();
}

function tailsOf(project: Project): ReadonlyMap<string, number> {
  const tails = new Map<string, number>();
  const tail = (id: string): number => {
    const known = tails.get(id);
    if (known !== undefined) return known;
    const found = project.activities.find((each) => each.id === id);
    const own = found ? minutesOf(found, project) : 0;
    const next = [
      ...project.links.filter(({ from }) => from === id).map(({ to }) => to),
      ...project.syncPoints
        .filter(({ after }) => after.includes(id))
        .flatMap(({ before }) => before),
    ];
    const value = own + Math.max(0, ...next.map((each) => tail(each)));
    tails.set(id, value);
    return value;
  };
  for (const { id } of project.activities) tail(id);
  return tails;
}
