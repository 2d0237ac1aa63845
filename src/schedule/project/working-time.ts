import type { Calendar } from "./calendar.ts";
import { readDay } from "./local-time.ts";
import type { Person } from "./team.ts";
import { Zone } from "./zone.ts";

const DAY = 1_440;

/** `from` … `to`, without `to`. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** When those of a calendar work, as instants: grows as far as it is asked. */
export class WorkingTime {
  /** In order and apart; all that begin before `knownUntil`. */
  readonly intervals: Interval[] = [];
  /** No interval that is not there yet begins before this instant. */
  knownUntil: number;
  readonly zone: Zone;
  readonly #week: Calendar["week"];
  readonly #off: ReadonlySet<number>;
  /** Days since 1970, both ends included. */
  readonly #away: readonly Interval[];
  readonly #start: number;
  #day: number;

  /** @param away days without work besides holidays, both ends included */
  constructor(calendar: Calendar, away: readonly Interval[], start: number) {
    this.zone = new Zone(calendar.zone);
    this.#week = calendar.week;
    this.#off = new Set(calendar.holidays.map((day) => readDay(day) ?? Number.NaN));
    this.#away = away;
    this.#start = start;
    this.knownUntil = start;
    this.#day = Math.floor(this.zone.localAt(start) / DAY) - 1;
  }

  /** All hours of all days. */
  get always(): boolean {
    return this.#off.size === 0 && this.#away.length === 0 && isAlways(this.#week);
  }

  extend(until: number): void {
    while (this.knownUntil < until) {
      this.#addDay(this.#day);
      this.#day += 1;
      this.knownUntil = Math.max(this.knownUntil, this.zone.instantOf(this.#day * DAY));
    }
  }

  #addDay(day: number): void {
    if (this.#off.has(day) || this.#away.some(({ from, to }) => from <= day && day <= to)) return;
    for (const span of this.#week[weekday(day)] ?? []) {
      const from = Math.max(this.#start, this.zone.instantOf(day * DAY + span.from));
      const to = this.zone.instantOf(day * DAY + span.to);
      const last = this.intervals.at(-1);
      if (to <= from) continue;
      if (last && last.to >= from)
        this.intervals[this.intervals.length - 1] = { from: last.from, to: Math.max(last.to, to) };
      else this.intervals.push({ from, to });
    }
  }
}

/** 0 is Monday; 1970-01-01 was a Thursday. */
const weekday = (day: number): number => (((day + 3) % 7) + 7) % 7;

const isAlways = (week: Calendar["week"]): boolean =>
  week.length === 7 && week.every((spans) => minutesOf(spans) === DAY);

const minutesOf = (spans: readonly Interval[]): number =>
  spans.reduce((sum, { from, to }) => sum + to - from, 0);

/** Minutes of working time in an ordinary week. */
export const weeklyMinutes = ({ week }: Calendar): number =>
  week.reduce((sum, spans) => sum + minutesOf(spans), 0);

/** Days on which somebody is away, since 1970, both ends included. */
const daysAway = ({ away }: Person): readonly Interval[] =>
  away.map(({ from, to }) => ({ from: readDay(from) ?? 0, to: readDay(to) ?? -1 }));

/** The same as instants. */
export const awayTimes = ({ zone }: WorkingTime, person: Person): readonly Interval[] =>
  daysAway(person).map(({ from, to }) => ({
    from: zone.instantOf(from * DAY),
    to: zone.instantOf((to + 1) * DAY),
  }));

/** Days on which all of them are away, both ends included; none without people. */
export function commonDays(people: readonly Person[]): readonly Interval[] {
  if (people.length === 0 || people.some(({ away }) => away.length === 0)) return [];
  const [first = [], ...rest] = people.map(daysAway);
  return rest.reduce(
    (common, days) =>
      common.flatMap((one) =>
        days.flatMap((other) => {
          const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
          return from <= to ? [{ from, to }] : [];
        }),
      ),
    first,
  );
}
