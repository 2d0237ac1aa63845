import { writeLocalTime } from "../project/local-time.ts";
import { Zone } from "../project/zone.ts";
import type { LocalDates } from "./writing.ts";

/** Dates on the clocks of a zone; the name must be one that `isZone` knows. */
export function localDates(zoneName: string): LocalDates {
  const zone = new Zone(zoneName);
  const minute = (instant: number) => writeLocalTime(zone.localAt(instant));
  return { minute, day: (instant) => minute(instant).slice(0, 10) };
}
