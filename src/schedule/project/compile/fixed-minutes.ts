import type { Interval } from "../../solver/crew/crew-parts.ts";
import type { Axis } from "../axis.ts";
import type { Activity } from "../project.ts";
import type { People } from "./compile-people.ts";

/** Where on the axis something is that has started or is done. */
export interface FixedMinutes {
  readonly start: number;
  readonly end: number;
  /** By number; who did what is done keeps nobody from anything. */
  readonly people: readonly number[];
}

/**
 * What has started goes on from now, with those who do it, for as long as its rest takes them: `left` is work like an estimate, so their
 * availability and the buffer come on top, and their absences. People who are in no team any more are left out. Undefined for what is open.
 */
export function fixedMinutes(
  axis: Axis,
  people: People,
  { progress }: Activity,
  now: number,
): FixedMinutes | undefined {
  if (progress.state === "open") return undefined;
  const start = axis.positionOf(axis.instantOf(progress.start));
  if (progress.state === "done")
    return {
      start,
      end: Math.max(start, axis.positionOf(axis.instantOf(progress.end))),
      people: [],
    };
  const crew = progress.people.flatMap((id) => people.numberOf(id) ?? []);
  let end = crew.length === 0 ? now + Math.ceil(progress.left) : now;
  for (const number of crew) {
    const person = people.all[number]?.person;
    const minutes = Math.ceil(progress.left * people.timeFactorOf(number) - 1e-6);
    if (person)
      end = Math.max(
        end,
        endOfWork((until) => axis.absencesOf(person, until), now, minutes),
      );
  }
  return { start: Math.min(start, now), end, people: crew };
}

/** A year of all hours at a time. */
const STEP = 366 * 1_440;
const MOST_STEPS = 100;

/** When so many minutes are worked from a position on, absences left out. */
function endOfWork(
  absencesUntil: (until: number) => readonly Interval[],
  start: number,
  minutes: number,
): number {
  for (let step = 1; step <= MOST_STEPS; step++) {
    const until = start + minutes + step * STEP;
    let [at, left] = [start, minutes];
    for (const { from, to } of absencesUntil(until)) {
      if (to <= at) continue;
      if (from - at >= left) break;
      left -= Math.max(0, from - at);
      at = to;
    }
    if (at + left < until) return at + left;
  }
  return start + minutes + MOST_STEPS * STEP;
}
