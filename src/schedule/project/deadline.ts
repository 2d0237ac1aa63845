import type { Axis } from "./axis.ts";
import { isDay, readLocalTime, writeLocalTime } from "./local-time.ts";
import type { LocalTime } from "./project.ts";

/** The instant at which a deadline is over: of a day, the end of it. */
export const deadlineOf = (axis: Axis, time: LocalTime): number =>
  axis.instantOf(isDay(time) ? writeLocalTime((readLocalTime(time) ?? 0) + 1_440) : time);
