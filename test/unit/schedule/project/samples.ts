/** Small projects that tests are made of. */
import type { Calendar } from "../../../../src/schedule/project/calendar.ts";
import type { Activity, Link, Project } from "../../../../src/schedule/project/project.ts";
import type { Person, Team } from "../../../../src/schedule/project/team.ts";

const OFFICE_DAY = [
  { from: 540, to: 720 },
  { from: 780, to: 1_080 },
];

export const office = (zone: string, id = zone, days = 5): Calendar => ({
  id,
  zone,
  week: Array.from({ length: 7 }, (_, day) => (day < days ? OFFICE_DAY : [])),
  holidays: [],
});

export const allHours: Calendar = {
  id: "all hours",
  zone: "UTC",
  week: Array.from({ length: 7 }, () => [{ from: 0, to: 1_440 }]),
  holidays: [],
};

export const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  title: id,
  skills: [],
  availability: 1,
  calendar: "Europe/Berlin",
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

export const activity = (id: string, minutes: number, more: Partial<Activity> = {}): Activity => ({
  id,
  title: id,
  work: { likely: minutes, basis: `${minutes} minutes` },
  crew: { kind: "people", needs: [{ skills: [], count: 1 }] },
  uses: [],
  progress: { state: "open" },
  ...more,
});

export const link = (from: string, to: string, more: Partial<Link> = {}): Link => ({
  from,
  to,
  kind: "FS",
  lag: 0,
  strength: "hard",
  origin: "explicit",
  ...more,
});

export const project = (more: Partial<Project> = {}): Project => ({
  name: "sample",
  start: "2024-01-01",
  zone: "Europe/Berlin",
  activities: [],
  groups: [],
  links: [],
  resources: [],
  teams: [team("core", [person("ann"), person("bob")])],
  calendars: [office("Europe/Berlin")],
  syncPoints: [],
  buffer: 0,
  ...more,
});
