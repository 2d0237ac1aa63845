import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import { overbookings } from "./overbookings.ts";

/** Half a minute: less is rounding. */
const EXACT = 0.5;

/**
 * What is wrong with a schedule as one of a project, looked at afresh and sharing nothing with the solvers: each activity booked once and by people
 * who are there, links and sync points kept, nobody and nothing at two things at once. What has begun is a fact and is not held against it.
 */
export function scheduleFaults(project: Project, schedule: Schedule): readonly string[] {
  const { bookings } = schedule;
  if (bookings.length !== project.activities.length)
    return [`${bookings.length} bookings for ${project.activities.length} activities`];
  const faults: string[] = [];
  const members = new Map(
    project.teams.map(({ id, people }) => [id, new Set(people.map((one) => one.id))]),
  );
  project.activities.forEach(({ id, crew }, at) => {
    const booking = bookings[at];
    if (!booking || booking.activity !== id) return void faults.push(`${id} is not booked`);
    if (booking.fixed) return;
    const wanted =
      crew.kind === "people" ? crew.needs.reduce((sum, { count }) => sum + count, 0) : 0;
    if (booking.people.length < wanted) faults.push(`${id} has too few people`);
    const team = members.get(booking.team ?? "");
    for (const person of booking.people)
      if (!team?.has(person)) faults.push(`${person} of ${id} is not there`);
  });
  faults.push(...linkFaults(project, schedule), ...syncFaults(project, schedule));
  for (const { kind, id, activities } of overbookings(project, schedule))
    faults.push(`${kind} ${id} has ${activities.join(", ")} at once`);
  return faults;
}

function linkFaults({ links }: Project, { bookings, passedOver }: Schedule): readonly string[] {
  const byId = new Map(bookings.map((each) => [each.activity, each]));
  const left = new Set(passedOver.map(({ from, to }) => JSON.stringify([from, to])));
  return links.flatMap(({ from, to, kind, lag }) => {
    const [source, target] = [byId.get(from), byId.get(to)];
    if (!source || !target) return [`${from} or ${to} of a link is not booked`];
    if (target.fixed || left.has(JSON.stringify([from, to]))) return [];
    const base = kind === "FS" || kind === "FF" ? source.to : source.from;
    const held = kind === "FS" || kind === "SS" ? target.from : target.to;
    return held < base + lag - EXACT ? [`${to} does not wait for ${from} (${kind})`] : [];
  });
}

function syncFaults({ syncPoints }: Project, { bookings, syncs }: Schedule): readonly string[] {
  const byId = new Map(bookings.map((each) => [each.activity, each]));
  const held = new Map(syncs.map((each) => [each.id, each]));
  return syncPoints.flatMap(({ id, after, before }) => {
    const sync = held.get(id);
    if (!sync) return [`sync point ${id} is not held`];
    const early = after.some((one) => (byId.get(one)?.end ?? -Infinity) > sync.start + EXACT);
    const late = before.some((one) => {
      const booking = byId.get(one);
      return booking && !booking.fixed && booking.start < sync.end - EXACT;
    });
    return early || late ? [`sync point ${id} is not waited for`] : [];
  });
}
