import { writeLocalTime } from "../../project/local-time.ts";
import { Zone } from "../../project/zone.ts";
import { contentLine } from "./content-line.ts";

const DAY = 1_440;
const YEAR = 366 * DAY;
/** Further ahead no change of clocks is written: laws change sooner. */
const MOST_YEARS = 30;

export const isUtc = (zone: string): boolean => zone === "UTC" || zone === "Etc/UTC";

/** `20240122T090000`, of local minutes. */
export const dateTime = (local: number): string =>
  `${writeLocalTime(local).replaceAll(/[-:]/g, "")}00`;

/** A zone as RFC 5545 §3.6.5 has it, with each change of clocks around a time by its date, so that no rule has to be guessed. */
export function timeZoneLines(name: string, from: number, until: number): string {
  const zone = new Zone(name);
  const offsetAt = (instant: number) => zone.localAt(instant) - instant;
  const first = from - YEAR;
  const last = Math.min(until, from + MOST_YEARS * YEAR) + YEAR;
  const standard = Math.min(offsetAt(from), offsetAt(from + YEAR / 2));
  const part = (before: number, after: number, local: number): string => {
    const kind = after > standard ? "DAYLIGHT" : "STANDARD";
    return [
      contentLine("BEGIN", kind),
      contentLine("DTSTART", dateTime(local)),
      contentLine("TZOFFSETFROM", offsetText(before)),
      contentLine("TZOFFSETTO", offsetText(after)),
      contentLine("END", kind),
    ].join("");
  };
  const parts = [part(offsetAt(first), offsetAt(first), zone.localAt(first))];
  for (let day = first; day < last; day += DAY) {
    const [before, after] = [offsetAt(day), offsetAt(day + DAY)];
    if (before === after) continue;
    let [low, high] = [day, day + DAY];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    parts.push(part(before, after, high + before));
  }
  return [
    contentLine("BEGIN", "VTIMEZONE"),
    contentLine("TZID", name),
    ...parts,
    contentLine("END", "VTIMEZONE"),
  ].join("");
}

const pad = (value: number): string => String(value).padStart(2, "0");

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}${pad(size % 60)}`;
}
