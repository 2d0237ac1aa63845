import { WavegateError } from "../../core/error.ts";
import { readLocalTime } from "./local-time.ts";
import type { LocalTime, Project } from "./project.ts";
import type { Person } from "./team.ts";
import { awayTimes, commonDays, WorkingTime, type Interval } from "./working-time.ts";
import { Zone } from "./zone.ts";

/** So far ahead working time is made at once. */
const CHUNK = 28 * 1_440;
/** Where nobody works for so long, nobody does any more. */
const LONGEST_PAUSE = 10 * 366 * 1_440;

/**
 * The time in which anybody of a project works, one minute after the other: 0 is the first such minute at or after the project's
 * start, and nights, weekends and holidays that all have in common are not on it. Where agents are among the teams, that is all time.
 * What is not their time is an absence of people on it. Positions are whole minutes; solvers get them in ticks (`compile`).
 *
 * A position where a pause was cut out is two instants: the end of what goes before, the start of what comes after.
 */
export interface Axis {
  /** Working minutes from the start to an instant; 0 before. */
  positionOf(instant: number): number;
  /** When work that starts there starts. */
  startAt(position: number): number;
  /** When work that ends there ends. */
  endAt(position: number): number;
  /** When a person is not there, up to a position: in order and apart. The same list for people with the same times. */
  absencesOf(person: Person, until: number): readonly Interval[];
  /** Whether anybody works for so long. */
  lasts(position: number): boolean;
  /** The instant of a time that is written in the project. */
  instantOf(time: LocalTime): number;
}

/**
 * The axis of a project whose times, zones and calendars hold (`check`), made as far as it is asked for. `startAt` and `endAt` throw
 * SCHEDULE_NO_TIME_LEFT where nobody works for that long.
 */
export function axisOf(project: Project): Axis {
  const zone = new Zone(project.zone);
  const instantOf = (time: LocalTime): number => zone.instantOf(readLocalTime(time) ?? 0);
  return new GrowingAxis(project, instantOf(project.start), instantOf);
}

/** Whether anybody ever works; an axis can only be made where it is so. */
export function hasWorkingTime(project: Project): boolean {
  const zone = new Zone(project.zone);
  const start = zone.instantOf(readLocalTime(project.start) ?? 0);
  return timesOf(project, start).all.some((time) => worksAfter(time, start));
}

function worksAfter(time: WorkingTime, start: number): boolean {
  if (time.always) return true;
  for (let until = start; until < start + LONGEST_PAUSE; until += CHUNK) {
    time.extend(until + CHUNK);
    if (time.intervals.length > 0) return true;
  }
  return false;
}

/** The working time of each calendar that somebody works by: less the days on which all of them are away. */
interface Times {
  readonly all: readonly WorkingTime[];
  readonly byCalendar: ReadonlyMap<string, WorkingTime>;
}

function timesOf({ calendars, teams }: Project, start: number): Times {
  const people = teams.flatMap((team) => team.people);
  const byCalendar = new Map(
    calendars.flatMap((calendar) => {
      const own = people.filter((person) => person.calendar === calendar.id);
      // Nobody there: what waits for time alone waits by the calendars.
      if (own.length === 0 && people.length > 0) return [];
      return [[calendar.id, new WorkingTime(calendar, commonDays(own), start)] as const];
    }),
  );
  return { all: [...byCalendar.values()], byCalendar };
}

class GrowingAxis implements Axis {
  readonly instantOf: (time: LocalTime) => number;
  readonly #origin: number;
  readonly #times: Times;
  readonly #always: boolean;
  /** In order and apart, with the position of each start; what begins before `#known`. */
  readonly #intervals: (Interval & { readonly at: number })[] = [];
  #known: number;
  /** Nothing comes after the last interval. */
  #ended = false;
  readonly #absences = new Map<string, { until: number; list: readonly Interval[] }>();

  constructor(project: Project, origin: number, instantOf: (time: LocalTime) => number) {
    this.instantOf = instantOf;
    this.#origin = origin;
    this.#known = origin;
    this.#times = timesOf(project, origin);
    this.#always = this.#times.all.length === 0 || this.#times.all.some((time) => time.always);
  }

  positionOf(instant: number): number {
    if (this.#always) return Math.max(0, instant - this.#origin);
    while (this.#known <= instant && !this.#ended) this.#grow();
    const interval = this.#intervals[this.#last(instant, "from")];
    return interval ? interval.at + Math.min(instant, interval.to) - interval.from : 0;
  }

  startAt(position: number): number {
    if (this.#always) return this.#origin + position;
    if (!this.#reaches(position)) throw noTimeLeft();
    const interval = this.#intervals[this.#last(position, "at")];
    return interval ? interval.from + position - interval.at : this.#origin;
  }

  endAt(position: number): number {
    return position <= 0 ? this.startAt(0) : this.startAt(position - 1) + 1;
  }

  absencesOf(person: Person, until: number): readonly Interval[] {
    const time = this.#times.byCalendar.get(person.calendar);
    if (!time) return [{ from: 0, to: until }];
    const key = JSON.stringify([person.calendar, person.away]);
    const known = this.#absences.get(key);
    if (known?.until === until) return known.list;
    const usual = this.#pauses(person.calendar, time, until);
    // Who never comes back is away up to there.
    const end = this.#over(until);
    const away = awayTimes(time, person)
      .filter(({ from }) => from < end)
      .map(({ from, to }) => ({
        from: this.positionOf(from),
        to: this.positionOf(Math.min(to, end)),
      }))
      .filter(({ from, to }) => from < to);
    const list = away.length === 0 ? usual : merged([...usual, ...away], until);
    this.#absences.set(key, { until, list });
    return list;
  }

  /** When nobody of a calendar is there. */
  #pauses(calendar: string, time: WorkingTime, until: number): readonly Interval[] {
    if (time.always) return [];
    const known = this.#absences.get(calendar);
    if (known?.until === until) return known.list;
    time.extend(this.#over(until));
    const list: Interval[] = [];
    let free = 0;
    for (const { from, to } of time.intervals) {
      const [start, stop] = [this.positionOf(from), this.positionOf(to)];
      if (start >= until) break;
      if (start > free) list.push({ from: free, to: start });
      free = stop;
    }
    if (free < until) list.push({ from: free, to: until });
    this.#absences.set(calendar, { until, list });
    return list;
  }

  /** Grows until a position and the minute after it are known; false where nobody works that long. */
  #reaches(position: number): boolean {
    for (let last = this.#intervals.at(-1); ; last = this.#intervals.at(-1)) {
      if (last && last.at + Math.min(this.#known, last.to) - last.from > position) return true;
      if (this.#ended) return false;
      this.#grow();
    }
  }

  lasts(position: number): boolean {
    return this.#always || this.#reaches(position);
  }

  /** An instant by which a position is over, also where nobody works that long. */
  #over(position: number): number {
    return this.lasts(position) ? this.endAt(position) : this.#known;
  }

  #grow(): void {
    const until = this.#known + CHUNK;
    const added: Interval[] = [];
    for (const time of this.#times.all) {
      time.extend(until);
      // What begins later waits for the others.
      for (let at = time.intervals.length - 1; at >= 0; at--) {
        const interval = time.intervals[at];
        if (!interval || interval.to <= this.#known) break;
        if (interval.from < until) added.push(interval);
      }
    }
    for (const { from, to } of added.toSorted((a, b) => a.from - b.from)) this.#add(from, to);
    this.#known = until;
    this.#ended = until - (this.#intervals.at(-1)?.to ?? this.#origin) > LONGEST_PAUSE;
  }

  #add(from: number, to: number): void {
    const last = this.#intervals.at(-1);
    if (last && last.to >= from)
      this.#intervals[this.#intervals.length - 1] = { ...last, to: Math.max(last.to, to) };
    else
      this.#intervals.push({
        from,
        to,
        at: last === undefined ? 0 : last.at + last.to - last.from,
      });
  }

  /** The last interval whose value is at most this; -1 where there is none. */
  #last(value: number, key: "from" | "at"): number {
    let [low, high] = [-1, this.#intervals.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#intervals[middle]?.[key] ?? Infinity) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** In order and apart, up to a position. */
function merged(intervals: readonly Interval[], until: number): readonly Interval[] {
  const list: Interval[] = [];
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = list.at(-1);
    const end = Math.min(to, until);
    if (last && last.to >= from)
      list[list.length - 1] = { from: last.from, to: Math.max(last.to, end) };
    else list.push({ from, to: end });
  }
  return list;
}

/** What is told where work is left over and nobody works any more. */
export const noTimeLeft = (): WavegateError =>
  new WavegateError("SCHEDULE_NO_TIME_LEFT", "Nobody works long enough to finish the project.", {
    hint: "Look at the calendars and at who is away until when in the team file.",
  });
