import type { Zone } from "../../project/zone.ts";
import { writeLocalTime } from "../../project/local-time.ts";

const HOUR = 60;
const DAY = 1_440;

/** Where instants are on a picture; the scale begins at the start of a local day or hour. */
export interface TimeScale {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly dayWidth: number;
  readonly x: (instant: number) => number;
  /** Names of smaller and larger stretches of time, and where each begins. */
  readonly minor: readonly Tick[];
  readonly major: readonly Tick[];
}

export interface Tick {
  readonly x: number;
  readonly text: string;
}

const LEAST = 900;
const MOST = 6_000;
const PER_DAY = 14;
/** Shorter times are shown by the hour. */
const BY_HOUR = 3 * DAY;

export function timeScale(zone: Zone, start: number, end: number): TimeScale {
  const unit = end - start < BY_HOUR ? HOUR : DAY;
  const first = Math.floor(zone.localAt(start) / unit);
  const last = Math.max(first + 1, Math.ceil(zone.localAt(end) / unit));
  const [from, to] = [zone.instantOf(first * unit), zone.instantOf(last * unit)];
  const days = (to - from) / DAY;
  const width = Math.min(MOST, Math.max(LEAST, days * PER_DAY));
  const x = (instant: number) => ((instant - from) / (to - from)) * width;
  const at = (local: number, text: string): Tick => ({ x: x(zone.instantOf(local)), text });
  const stretch: Stretch = { first: first * unit, last: last * unit, width, at };
  return {
    from,
    to,
    width,
    dayWidth: width / days,
    x,
    ...(unit === HOUR ? hourTicks(stretch) : dayTicks(stretch)),
  };
}

interface Stretch {
  /** Local minutes. */
  readonly first: number;
  readonly last: number;
  readonly width: number;
  readonly at: (local: number, text: string) => Tick;
}

type Ticks = Pick<TimeScale, "minor" | "major">;

const ROOM = 44;

function hourTicks({ first, last, width, at }: Stretch): Ticks {
  const step = [60, 120, 180, 360, 720].find((each) => (width * each) / (last - first) >= ROOM);
  const size = step ?? DAY;
  const minor = steps(Math.ceil(first / size) * size, last, size).map((local) =>
    at(local, clockOf(local)),
  );
  const days = steps(Math.floor(first / DAY) * DAY, last, DAY);
  return { minor, major: days.map((local) => at(Math.max(local, first), dateOf(local))) };
}

function dayTicks({ first, last, width, at }: Stretch): Ticks {
  const perDay = (width * DAY) / (last - first);
  const months = monthStarts(first, last);
  const major = months.map((local) => at(Math.max(local, first), dateOf(local).slice(0, 7)));
  if (perDay >= 26) {
    const days = steps(first, last, DAY);
    return { major, minor: days.map((local) => at(local, dateOf(local).slice(8))) };
  }
  // 1970-01-05 was a Monday.
  const monday = Math.ceil((first / DAY - 4) / 7) * 7 + 4;
  const weeks = [1, 2, 4].find((count) => perDay * 7 * count >= ROOM);
  if (weeks === undefined) {
    const years = months.filter((local) => dateOf(local).slice(5, 7) === "01" || local <= first);
    const every = Math.max(1, Math.ceil(ROOM / (perDay * 30)));
    return {
      major: years.map((local) => at(Math.max(local, first), dateOf(local).slice(0, 4))),
      minor: months
        .filter((_, index) => index % every === 0)
        .map((local) => at(Math.max(local, first), dateOf(local).slice(5, 7))),
    };
  }
  const mondays = steps(monday * DAY, last, weeks * 7 * DAY);
  return { major, minor: mondays.map((local) => at(local, dateOf(local).slice(5))) };
}

const steps = (from: number, to: number, step: number): readonly number[] =>
  Array.from(
    { length: Math.max(0, Math.ceil((to - from) / step)) },
    (_, index) => from + index * step,
  );

/** First days of months, from the month of the first one. */
function monthStarts(first: number, last: number): readonly number[] {
  const [year = 0, month = 1] = dateOf(first).split("-").map(Number);
  const starts: number[] = [];
  for (let index = month - 1; ; index++) {
    const local = Date.UTC(year, index, 1) / 60_000;
    if (local >= last) return starts;
    starts.push(local);
  }
}

const dateOf = (local: number): string => writeLocalTime(local).slice(0, 10);
const clockOf = (local: number): string => writeLocalTime(local).slice(11);
