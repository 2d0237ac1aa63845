import { readLocalTime, writeLocalTime } from "../project/local-time.ts";
import type { LocalTime, Project } from "../project/project.ts";

/** Days, the first and the last of them. */
export interface IdleDays {
  readonly from: string;
  readonly to: string;
}

const DAY = 1_440;

/**
 * The whole days before `now` on which nothing of the project was being done, by its progress: they are no part of what it takes. None where a
 * lag may have gone by on them. Where people live in several zones, a day at each end is left, as it is another day elsewhere.
 */
export function idleDays({
  activities,
  calendars,
  links,
  now,
  start,
  zone,
}: Project): readonly IdleDays[] {
  const end = dayOf(now);
  const first = dayOf(start);
  const open = new Set(
    activities.flatMap(({ id, progress }) => (progress.state === "open" ? [id] : [])),
  );
  const lags = links.some(({ from, to, lag }) => lag !== 0 && !open.has(from) && open.has(to));
  if (end === undefined || first === undefined || lags) return [];
  const margin = calendars.some((calendar) => calendar.zone !== zone) ? 1 : 0;
  const worked = activities
    .flatMap(({ progress }) => {
      if (progress.state === "open") return [];
      const [from, to] = [
        dayOf(progress.start),
        progress.state === "done" ? dayOf(progress.end) : end,
      ];
      return from === undefined || to === undefined ? [] : [{ from, to }];
    })
    .toSorted((a, b) => a.from - b.from);
  const idle: IdleDays[] = [];
  let free = worked.length === 0 ? first : first + margin;
  for (const { from, to } of [...worked, { from: end, to: end }]) {
    const last = from - 1 - margin;
    if (last >= free) idle.push({ from: written(free), to: written(last) });
    free = Math.max(free, to + 1 + margin);
  }
  return idle;
}

/** The project as if nobody worked on these days. */
export function withoutDays(project: Project, idle: readonly IdleDays[]): Project {
  if (idle.length === 0) return project;
  const days = idle.flatMap(({ from, to }) => {
    const [first, last] = [dayOf(from) ?? 0, dayOf(to) ?? -1];
    return Array.from({ length: last - first + 1 }, (_, at) => written(first + at));
  });
  return {
    ...project,
    calendars: project.calendars.map((calendar) => ({
      ...calendar,
      holidays: [...new Set([...calendar.holidays, ...days])].toSorted(),
    })),
  };
}

function dayOf(time: LocalTime | undefined): number | undefined {
  const minutes = time === undefined ? undefined : readLocalTime(time);
  return minutes === undefined ? undefined : Math.floor(minutes / DAY);
}

const written = (day: number): string => writeLocalTime(day * DAY).slice(0, 10);
