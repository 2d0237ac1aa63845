import { wordLine } from "../../core/text.ts";
import { axisOf, type Axis } from "../project/axis.ts";
import type { Activity, Link, Project } from "../project/project.ts";
import type { Booking } from "../project/schedule.ts";
import { Zone } from "../project/zone.ts";
import type { ActivityRoom } from "../strategy/critical-analysis.ts";
import type { Strategy } from "../strategy/strategy.ts";
import { timelineOf, type Timeline } from "../strategy/timeline.ts";
import { durationText } from "./amounts.ts";
import type { Writing } from "./writing.ts";

/** An activity with all that was found out about it. */
export interface Placed {
  readonly activity: Activity;
  readonly booking: Booking;
  readonly room: ActivityRoom;
  /** The part of the simulated runs in which it was critical. */
  readonly criticality?: number;
}

/** What documents and drawings are made from: the writing, and what they look up in it, made once for all of them. Texts are raw. */
export interface Facts {
  readonly writing: Writing;
  readonly strategy: Strategy;
  readonly axis: Axis;
  readonly timeline: Timeline;
  /** The project's zone. */
  readonly zone: Zone;
  /** In the order of the project. */
  readonly placed: readonly Placed[];
  /** In the order of time. */
  readonly byStart: readonly Placed[];
  readonly byId: ReadonlyMap<string, Placed>;
  /** Links into an activity and out of it. */
  readonly into: ReadonlyMap<string, readonly Link[]>;
  readonly outOf: ReadonlyMap<string, readonly Link[]>;
  /** Ids of activities and of sync points on the critical chain. */
  readonly chain: Readonly<Record<"activity" | "sync", ReadonlySet<string>>>;
  readonly name: Names;
  /** `2024-01-22`, `2024-01-22 17:00` of an instant. */
  readonly day: (instant: number) => string;
  readonly time: (instant: number) => string;
  /** A day, or in plans of few days the time: what tells dates of this plan apart. */
  readonly date: (instant: number) => string;
  /** The instant of a position of the axis as an end. */
  readonly endOf: (minute: number) => number;
  /** Working time in words: `2.5 days`. */
  readonly duration: (minutes: number) => string;
}

/** What people call each thing: its title, for an activity after its id and cut where it is a whole sentence; the id where nothing has it. */
export interface Names {
  readonly activity: (id: string) => string;
  /** The same, however long: where it is told what the activity is. */
  readonly whole: (id: string) => string;
  /** An activity, a sync point or a group. */
  readonly step: (id: string) => string;
  readonly sync: (id: string) => string;
  readonly unit: (id: string) => string;
  readonly team: (id: string) => string;
  readonly person: (id: string) => string;
  readonly resource: (id: string) => string;
}

/** Characters of a title where something else refers to it. */
const MOST_OF_TITLE = 80;
/** Three days: in shorter plans much is on one day. */
const SHORT = 3 * 1_440;

export function factsOf(writing: Writing): Facts {
  const { strategy, dates } = writing;
  const { project, schedule, critical, forecast, dayMinutes } = strategy;
  const axis = axisOf(project);
  const placed = project.activities.flatMap((activity, index): readonly Placed[] => {
    const [booking, room] = [schedule.bookings[index], critical.activities[index]];
    const criticality = forecast.activities[index]?.criticality;
    if (!booking || !room) return [];
    // What takes no time is reached when what is before it ends, not after the pause that follows.
    const at = { ...booking, start: Math.min(booking.start, booking.end) };
    return [{ activity, booking: at, room, ...(criticality === undefined ? {} : { criticality }) }];
  });
  const steps = (wanted: "activity" | "sync") =>
    new Set(critical.chain.steps.flatMap(({ id, kind }) => (kind === wanted ? [id] : [])));
  const time = (instant: number) => dates.minute(instant).replace("T", " ");
  const timeline = timelineOf(project, axis, schedule.makespan);
  return {
    writing,
    strategy,
    axis,
    timeline,
    zone: new Zone(project.zone),
    placed,
    byStart: placed.toSorted(
      (a, b) => a.booking.start - b.booking.start || a.booking.end - b.booking.end,
    ),
    byId: new Map(placed.map((each) => [each.activity.id, each])),
    into: linksBy(project.links, "to"),
    outOf: linksBy(project.links, "from"),
    chain: { activity: steps("activity"), sync: steps("sync") },
    name: namesOf(project),
    day: (instant) => dates.day(instant),
    time,
    date: schedule.end - schedule.start < SHORT ? time : (instant) => dates.day(instant),
    endOf: (minute) => timeline.endAt(minute).instant,
    duration: (minutes) => durationText(minutes, dayMinutes),
  };
}

function namesOf(project: Project): Names {
  const [activities, groups, syncs] = [
    titles(project.activities),
    titles(project.groups),
    titles(project.syncPoints),
  ];
  const [teams, resources] = [titles(project.teams), titles(project.resources)];
  const people = titles(project.teams.flatMap((team) => team.people));
  const named = (id: string, most: number) => {
    const title = activities.get(id);
    return title === undefined || title === id ? id : `${id} ${wordLine(title, most)}`;
  };
  const activity = (id: string) => named(id, MOST_OF_TITLE);
  const sync = (id: string) => syncs.get(id) ?? id;
  return {
    activity,
    whole: (id) => named(id, Infinity),
    sync,
    step: (id) => (activities.has(id) ? activity(id) : sync(id)),
    unit: (id) => groups.get(id) ?? activity(id),
    team: (id) => teams.get(id) ?? id,
    person: (id) => people.get(id) ?? id,
    resource: (id) => resources.get(id) ?? id,
  };
}

const titles = (
  list: readonly { readonly id: string; readonly title: string }[],
): ReadonlyMap<string, string> => new Map(list.map(({ id, title }) => [id, title || id]));

function linksBy(links: readonly Link[], end: "from" | "to"): ReadonlyMap<string, readonly Link[]> {
  const by = new Map<string, Link[]>();
  for (const link of links) {
    const list = by.get(link[end]);
    if (list) list.push(link);
    else by.set(link[end], [link]);
  }
  return by;
}
