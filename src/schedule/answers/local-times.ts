import { writeLocalTime } from "../project/local-time.ts";
import type { LocalTime } from "../project/project.ts";
import { Zone } from "../project/zone.ts";

/** Instants as times on the clocks of a zone. */
export function localTimes(zone: string): (instant: number) => LocalTime {
  const clocks = new Zone(zone);
  return (instant) => writeLocalTime(clocks.localAt(instant));
}
