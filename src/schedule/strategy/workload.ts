import { ableFor, allowedPeople, allowedTeams } from "../project/crew-teams.ts";
import type { Project } from "../project/project.ts";
import type { Person, Team } from "../project/team.ts";
import type { Basis } from "./basis.ts";
import { participantsOf } from "./order/order-nodes.ts";
import { gapsOf } from "./order/gaps.ts";

/** Who is busy how much (S3 `capacity_optimization`). Minutes of presence on the axis of working time. */
export interface Workload {
  readonly people: readonly Load[];
  readonly teams: readonly Load[];
  /** Minutes that one step of a profile stands for: whole days. */
  readonly step: number;
  /** Booked minutes of those that could be, all people together, 0 … 1. */
  readonly utilisation: number;
  readonly balance: Balance;
  readonly buffer: CapacityBuffer;
}

export interface Load {
  readonly id: string;
  readonly team: string;
  readonly title: string;
  readonly people: number;
  /** Between the schedule's start and end. */
  readonly booked: number;
  readonly available: number;
  /** booked / available; 0 where there is nothing available. */
  readonly used: number;
  /** Booked and available minutes of each step from the schedule's start. */
  readonly profile: readonly { readonly booked: number; readonly available: number }[];
}

/** How evenly the work lies (each person's `used`), over people who could do any of it. */
export interface Balance {
  /** Mean of the loads / the highest one: 1 where all have the same. */
  readonly evenness: number;
  /** Standard deviation of the loads / their mean. */
  readonly variation: number;
  readonly most?: string;
  readonly least?: string;
}

/** Time that is kept free for what goes wrong. */
export interface CapacityBuffer {
  /** Part of everybody's time, 0 … <1. */
  readonly share: number;
  /** Minutes of the bookings that are reserve. */
  readonly minutes: number;
  /** What the reserve makes the whole longer by. Undefined where that was not tried. */
  readonly costs?: number;
  /** The part of simulated runs that ends by the end of the schedule, which has the reserve in it. */
  readonly onTime: number;
}

/** Steps of a profile at most; each is whole days. */
const STEPS = 60;

/** `bufferCosts`: what the buffer makes the whole longer by, where that was tried. */
export function workloadOf(basis: Basis, bufferCosts?: number): Workload {
  const { project, schedule, timeline, forecast, order } = basis;
  const days = schedule.makespan / timeline.dayMinutes;
  const step = timeline.dayMinutes * Math.max(1, Math.ceil(days / STEPS));
  const spans = bookedSpans(basis);
  const people = project.teams.flatMap((team) =>
    team.people.map((person) =>
      personLoad(basis, { team, person, step, spans: spans.get(person.id) ?? [] }),
    ),
  );
  const able = ablePeople(project);
  return {
    people,
    teams: project.teams.map((team) =>
      teamLoad(
        team,
        people.filter((each) => each.team === team.id),
      ),
    ),
    step,
    utilisation: share(
      sum(people.map((each) => each.booked)),
      sum(people.map((each) => each.available)),
    ),
    balance: balanceOf(people.filter(({ id }) => able.has(id))),
    buffer: {
      share: project.buffer,
      minutes: sum(order.nodes.map(({ open, reserve }) => open * reserve)),
      ...(bufferCosts === undefined ? {} : { costs: bufferCosts }),
      onTime: forecast.onTime,
    },
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** When each person is booked, on the axis: activities and sync points. */
function bookedSpans({ project, schedule, order }: Basis): ReadonlyMap<string, readonly Span[]> {
  const spans = new Map<string, Span[]>();
  const add = (person: string, { from, to }: Span) => {
    const list = spans.get(person);
    if (list) list.push({ from, to });
    else spans.set(person, [{ from, to }]);
  };
  for (const booking of schedule.bookings)
    for (const person of booking.people) add(person, booking);
  project.syncPoints.forEach(({ participants }, index) => {
    const node = order.nodes[order.activities + index];
    if (node && node.to > node.from)
      for (const person of participantsOf(project, participants)) add(person, node);
  });
  return spans;
}

interface PersonContext {
  readonly team: Team;
  readonly person: Person;
  readonly step: number;
  readonly spans: readonly Span[];
}

function personLoad(
  { schedule, timeline }: Basis,
  { team, person, step, spans }: PersonContext,
): Load {
  const gaps = gapsOf([timeline.absencesOf(person.id)]);
  const steps = Math.max(1, Math.ceil(schedule.makespan / step));
  const profile = Array.from({ length: steps }, (_, index) => {
    const end = Math.min(schedule.makespan, (index + 1) * step);
    return { booked: 0, available: gaps.workBetween(index * step, end) };
  });
  for (const { from, to } of spans)
    for (let index = Math.floor(from / step); index * step < to; index++) {
      const part = profile[index];
      if (part)
        part.booked += gaps.workBetween(
          Math.max(from, index * step),
          Math.min(to, (index + 1) * step),
        );
    }
  return { id: person.id, team: team.id, title: person.title, people: 1, ...totals(profile) };
}

function totals(profile: Load["profile"]): Pick<Load, "booked" | "available" | "used" | "profile"> {
  const booked = sum(profile.map((each) => each.booked));
  const available = sum(profile.map((each) => each.available));
  return { booked, available, used: share(booked, available), profile };
}

function teamLoad({ id, title, people }: Team, loads: readonly Load[]): Load {
  const profile = (loads[0]?.profile ?? []).map((_, step) => ({
    booked: sum(loads.map((each) => each.profile[step]?.booked ?? 0)),
    available: sum(loads.map((each) => each.profile[step]?.available ?? 0)),
  }));
  return { id, team: id, title, people: people.length, ...totals(profile) };
}

function balanceOf(loads: readonly Load[]): Balance {
  const used = loads.map((each) => each.used);
  const mean = share(sum(used), used.length);
  const most = loads.toSorted((a, b) => b.used - a.used)[0];
  const least = loads.toSorted((a, b) => a.used - b.used)[0];
  if (!most || !least || most.used === 0) return { evenness: 1, variation: 0 };
  const deviation = Math.sqrt(share(sum(used.map((each) => (each - mean) ** 2)), used.length));
  return {
    evenness: mean / most.used,
    variation: deviation / mean,
    most: most.id,
    least: least.id,
  };
}

/** Ids of people who have the skills of something that needs somebody, and may do it. */
function ablePeople(project: Project): ReadonlySet<string> {
  const able = new Set<string>();
  const seen = new Set<string>();
  for (const { crew } of project.activities) {
    if (crew.kind === "nobody") continue;
    const key = JSON.stringify(crew);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const team of allowedTeams(crew, project)) {
      const people = allowedPeople(crew, team);
      const fit =
        crew.kind === "team" ? people : crew.needs.flatMap((need) => ableFor(need, people));
      for (const { id } of fit) able.add(id);
    }
  }
  return able;
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
