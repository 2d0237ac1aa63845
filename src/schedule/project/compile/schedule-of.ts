import { noTimeLeft, type Axis } from "../axis.ts";
import type { Booking, Schedule } from "../schedule.ts";
import type { Activity, LocalTime } from "../project.ts";
import type { Compiled } from "./compile.ts";
import { reasonsFor } from "./reasons.ts";

/** What a solver answers (`CrewSolution` is one). */
export interface SolverAnswer {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  /** Which of its own options each activity has. */
  readonly options: ArrayLike<number>;
  readonly people: readonly (readonly number[])[];
  readonly makespan: number;
  /** No schedule ends earlier. */
  readonly bound: number;
  readonly schedules: number;
}

/** Minutes of the axis beyond which is not looked: a hundred years of all hours. */
const LONGEST = 100 * 366 * 1_440;

/**
 * Whether a schedule goes on for longer than absences are known: then the project is to be compiled with a longer horizon. Throws
 * SCHEDULE_NO_TIME_LEFT where that would never end, as who can do what is left has gone for good.
 */
export function isBeyond(
  { axis, horizon, tick, parts }: Compiled,
  { makespan }: SolverAnswer,
): boolean {
  if (makespan * tick <= horizon || parts.absences.every((list) => list.length === 0)) return false;
  if (horizon >= LONGEST || !axis.lasts(horizon)) throw noTimeLeft();
  return true;
}

/** The schedule of a project that a solver's answer means. */
export function scheduleOf(compiled: Compiled, answer: SolverAnswer, seed: number): Schedule {
  const { nodes, axis, tick } = compiled;
  const times = nodes.map((_, node) => {
    const [from, to] = [(answer.starts[node] ?? 0) * tick, (answer.ends[node] ?? 0) * tick];
    const end = axis.endAt(to);
    return { from, to, start: from === to ? end : axis.startAt(from), end };
  });
  const bookings: Booking[] = [];
  const syncs: { id: string; start: number; end: number }[] = [];
  for (const [node, { thing }] of nodes.entries()) {
    const time = times[node];
    if (!time) continue;
    if ("sync" in thing) syncs.push({ id: thing.sync.id, start: time.start, end: time.end });
    else bookings.push(bookingOf(compiled, answer, { node, activity: thing.activity, time }));
  }
  const all = [...bookings, ...syncs];
  const start = all.reduce((least, one) => Math.min(least, one.start), Infinity);
  const makespan = answer.makespan * tick;
  return {
    bookings,
    syncs,
    start: all.length === 0 ? axis.startAt(0) : start,
    end: all.reduce((most, one) => Math.max(most, one.end), all.length === 0 ? axis.startAt(0) : 0),
    makespan,
    bound: Math.min(makespan, answer.bound * tick),
    effort: {
      schedules: answer.schedules,
      seed,
      proved: answer.bound >= answer.makespan,
    },
    passedOver: compiled.passedOver,
  };
}

/** When something was; of a day its first working minute, as everywhere. */
const factOf = (axis: Axis, time: LocalTime): number => {
  const instant = axis.instantOf(time);
  return time.includes("T") ? instant : axis.startAt(axis.positionOf(instant));
};

interface Booked {
  readonly node: number;
  readonly activity: Activity;
  readonly time: Pick<Booking, "from" | "to" | "start" | "end">;
}

function bookingOf(
  compiled: Compiled,
  answer: SolverAnswer,
  { node, activity, time }: Booked,
): Booking {
  const { progress } = activity;
  const { axis, nodes, people } = compiled;
  const members = (answer.people[node] ?? []).flatMap((number) => people[number] ?? []);
  const given = progress.state === "open" ? undefined : progress.people.toSorted();
  const option = nodes[node]?.teams[answer.options[node] ?? 0];
  const inTeam = given && people.find(({ person }) => given.includes(person.id))?.team;
  const team = given ? inTeam : option;
  return {
    activity: activity.id,
    ...time,
    ...(progress.state !== "open" && { start: factOf(axis, progress.start) }),
    ...(progress.state === "done" && { end: factOf(axis, progress.end) }),
    ...(team && { team: team.id }),
    people: given ?? members.map(({ person }) => person.id).toSorted(),
    reasons:
      given || !team
        ? []
        : reasonsFor(
            compiled,
            activity,
            team,
            members.map(({ person }) => person).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
          ),
    fixed: progress.state !== "open",
  };
}
