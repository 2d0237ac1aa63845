/** Small projects to reckon with by hand, on a plain axis: one calendar, days of 480 minutes from 9 to 17, Monday 2024-01-01 first. */
import type {
  Activity,
  Crew,
  Link,
  Project,
  SharedResource,
  SyncPoint,
} from "../../../../src/schedule/project/project.ts";
import type { Person, Team } from "../../../../src/schedule/project/team.ts";
import type { Gap, Timeline } from "../../../../src/schedule/strategy/timeline.ts";

export const DAY = 480;

export interface Sketch {
  /** `id: minutes`, or more of the activity. */
  readonly activities: Readonly<
    Record<string, number | (Partial<Activity> & { readonly minutes: number })>
  >;
  /** `a b` or `a b SS 30` */
  readonly links?: readonly string[];
  readonly teams?: readonly Team[];
  readonly resources?: readonly Partial<SharedResource>[];
  readonly syncs?: readonly Partial<SyncPoint>[];
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly deadline?: string;
  readonly buffer?: number;
}

export const nobody: Crew = { kind: "nobody" };
export const one = (...skills: readonly string[]): Crew => ({
  kind: "people",
  needs: [{ skills: skills.map((skill) => ({ skill, level: 1 })), count: 1 }],
});

export const person = (
  id: string,
  skills: readonly string[] = [],
  more: Partial<Person> = {},
): Person => ({
  id,
  title: id,
  skills: skills.map((skill) => ({ skill, level: 3 })),
  availability: 1,
  calendar: "work",
  away: [],
  history: new Map(),
  ...more,
});

export const team = (id: string, people: readonly Person[], more: Partial<Team> = {}): Team => ({
  id,
  title: id,
  people,
  kind: "people",
  ...more,
});

const week = [0, 1, 2, 3, 4].map(() => [{ from: 540, to: 1_020 }]);

export function project(sketch: Sketch): Project {
  return {
    name: "test",
    start: "2024-01-01",
    zone: "UTC",
    activities: Object.entries(sketch.activities).map(([id, given]): Activity => {
      const { minutes, ...more } = typeof given === "number" ? { minutes: given } : given;
      return {
        id,
        title: id,
        work: { likely: minutes, basis: `${minutes} minutes` },
        crew: nobody,
        uses: [],
        progress: { state: "open" },
        ...more,
      };
    }),
    groups: Object.entries(sketch.groups ?? {}).map(([id, deliverables]) => ({
      id,
      title: id,
      deliverables,
    })),
    links: (sketch.links ?? []).map((text): Link => {
      const [from = "", to = "", kind = "FS", lag = "0"] = text.split(" ");
      return {
        from,
        to,
        kind: kind as Link["kind"],
        lag: Number(lag),
        strength: "hard",
        origin: "explicit",
      };
    }),
    resources: (sketch.resources ?? []).map((each) => ({
      id: "r",
      title: each.id ?? "r",
      kind: "file",
      capacity: 1,
      ...each,
    })),
    teams: sketch.teams ?? [],
    calendars: [{ id: "work", zone: "UTC", week: [...week, [], []], holidays: [] }],
    syncPoints: (sketch.syncs ?? []).map((each) => ({
      id: "sync",
      title: each.id ?? "sync",
      after: [],
      before: [],
      minutes: 0,
      participants: [],
      triggers: [],
      preparation: [],
      criteria: [],
      onFailure: [],
      deliverables: [],
      ...each,
    })),
    buffer: sketch.buffer ?? 0,
    ...(sketch.deadline === undefined ? {} : { deadline: sketch.deadline }),
  };
}

/** Monday 2024-01-01T09:00Z */
const ORIGIN = Date.UTC(2024, 0, 1, 9) / 60_000;
const WEEK = 5 * DAY;

/** `away` by person, on the axis. */
export function plainTimeline(away: Readonly<Record<string, readonly Gap[]>> = {}): Timeline {
  const startAt = (minute: number) => {
    const days = Math.floor(minute / DAY);
    const calendarDays = Math.floor(days / 5) * 7 + (days % 5);
    return { minute, instant: ORIGIN + calendarDays * 1_440 + (minute - days * DAY) };
  };
  const minuteOf = (instant: number) => {
    const passed = Math.max(0, instant - ORIGIN);
    const days = Math.floor(passed / 1_440);
    const worked = Math.floor(days / 7) * WEEK;
    return worked + Math.min(WEEK, (days % 7) * DAY + Math.min(DAY, passed - days * 1_440));
  };
  return {
    dayMinutes: DAY,
    startAt,
    endAt: (minute) =>
      minute <= 0 ? startAt(0) : { minute, instant: startAt(minute - 1).instant + 1 },
    minuteOf,
    instantOf: (time) => Date.parse(time.length === 10 ? `${time}T00:00Z` : `${time}Z`) / 60_000,
    absencesOf: (id) => new Map(Object.entries(away)).get(id) ?? [],
  };
}
