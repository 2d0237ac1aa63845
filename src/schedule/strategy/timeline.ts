import type { Axis } from "../project/axis.ts";
import { isDay } from "../project/local-time.ts";
import type { LocalTime, Project } from "../project/project.ts";

/**
 * What strategy needs to know of the axis of working time that a schedule is laid on (`project/axis`). Minutes of the axis are those in
 * which somebody could work, 0 at the project's start; instants are minutes since 1970-01-01T00:00Z. It goes on past the schedule's end:
 * what is simulated can take longer.
 */
export interface Timeline {
  /** Minutes of a working day: what a "day" is in every figure. */
  readonly dayMinutes: number;
  /** A position of the axis as a start, and as an end: over a pause these are two instants. */
  startAt(minute: number): Point;
  endAt(minute: number): Point;
  /** Where an instant is on the axis: one outside of working time is where the pause was cut out. 0 before the start. */
  minuteOf(instant: number): number;
  /** The instant of a time that is written in the project. */
  instantOf(time: LocalTime): number;
  /** Parts of the axis in which this person does not work, in order and apart. */
  absencesOf(person: string): readonly Gap[];
}

export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** A point of the axis and the instant that it stands for. */
export interface Point {
  readonly minute: number;
  readonly instant: number;
}

const DAY = 1_440;
/** Days in which the length of a working day is looked for. */
const LOOKED_AT = 28;

/**
 * The timeline of a project up to three times a schedule's length and a month, for simulated runs that take longer; after it all people
 * count as there, and where the axis has no more time, it goes on as it was last.
 */
export function timelineOf(project: Project, axis: Axis, makespan: number): Timeline {
  const dayMinutes = dayMinutesOf(project, axis);
  const until = lastReachable(axis, 3 * makespan + LOOKED_AT * dayMinutes, makespan);
  const people = new Map(
    project.teams.flatMap((team) => team.people.map((each) => [each.id, each] as const)),
  );
  const point = (minute: number, instantAt: (position: number) => number): Point => {
    const position = Math.ceil(minute - 1e-6);
    return {
      minute,
      instant: instantAt(Math.min(position, until)) + Math.max(0, position - until),
    };
  };
  return {
    dayMinutes,
    startAt: (minute) => point(minute, (position) => axis.startAt(position)),
    endAt: (minute) => point(minute, (position) => axis.endAt(position)),
    minuteOf: (instant) => axis.positionOf(instant),
    instantOf: (time) => axis.instantOf(time),
    absencesOf: (id) => {
      const person = people.get(id);
      return person ? axis.absencesOf(person, until) : [];
    },
  };
}

/** The position by which something is wanted: a day counts to its end. */
export const deadlineAt = (timeline: Timeline, deadline: LocalTime): Point => {
  const instant = timeline.instantOf(deadline) + (isDay(deadline) ? DAY : 0);
  return { minute: timeline.minuteOf(instant), instant };
};

/** The usual length of a day with work in it: the middle one of the first four weeks. */
function dayMinutesOf(project: Project, axis: Axis): number {
  const start = axis.instantOf(project.start);
  const days = Array.from({ length: LOOKED_AT }, (_, day) => {
    const begins = start + day * DAY;
    return axis.positionOf(begins + DAY) - axis.positionOf(begins);
  })
    .filter((minutes) => minutes > 0)
    .toSorted((a, b) => a - b);
  return days[Math.floor(days.length / 2)] ?? DAY;
}

/** The axis throws where nobody works any more. */
function lastReachable(axis: Axis, wanted: number, needed: number): number {
  for (const position of [wanted, Math.ceil((wanted + needed) / 2), needed]) {
    try {
      axis.startAt(position);
      return position;
    } catch {
      // A shorter one, then.
    }
  }
  return needed;
}
