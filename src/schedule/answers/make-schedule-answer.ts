import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Project } from "../project/project.ts";
import type { Schedule } from "../project/schedule.ts";
import type { Strategy } from "../strategy/strategy.ts";
import type { Timeline } from "../strategy/timeline.ts";
import { localTimes } from "./local-times.ts";
import type {
  BookingAnswer,
  ChainLink,
  Effort,
  ScheduleAnswer,
  Span,
  Staffing,
  TeamAnswer,
} from "./schedule-answer.ts";

/** What was asked, and what is told besides. */
export interface Asked {
  readonly plan: ScheduleAnswer["plan"];
  readonly staffing: Staffing;
  readonly effort: Effort;
  readonly diagnostics: readonly Diagnostic[];
  readonly timeline: Timeline;
}

/** What commands say of a schedule. */
export function makeScheduleAnswer(
  strategy: Strategy,
  { timeline, ...asked }: Asked,
): ScheduleAnswer {
  const { project, schedule, dayMinutes, forecast, efficiency, monitoring } = strategy;
  const time = localTimes(project.zone);
  const { makespan, bound } = schedule;
  const span = (minutes: number): Span => ({ minutes, days: rounded(minutes / dayMinutes) });
  return {
    ...asked,
    zone: project.zone,
    start: time(beginOf(schedule)),
    finish: time(schedule.end),
    dayMinutes,
    activities: project.activities.length,
    done: project.activities.filter(({ progress }) => progress.state === "done").length,
    makespan: span(makespan),
    bound: span(bound),
    gap: bound > 0 ? rounded(((makespan - bound) / bound) * 100) : 0,
    proved: schedule.effort.proved,
    forecast: {
      runs: forecast.runs,
      p50: time(forecast.p50.instant),
      p80: time(forecast.p80.instant),
      p95: time(forecast.p95.instant),
      onTime: rounded(forecast.onTime),
      deadline: project.deadline ?? null,
      byDeadline: forecast.byDeadline === undefined ? null : rounded(forecast.byDeadline),
    },
    efficiency: {
      sequential: span(efficiency.sequential),
      speedUp: rounded(efficiency.speedUp),
      saved: rounded(efficiency.percent),
      utilisation: rounded(efficiency.utilisation),
      overhead: rounded(efficiency.overhead),
    },
    teams: teamsOf(strategy),
    bookings: bookingsOf(strategy),
    syncs: schedule.syncs.map(({ id, start, end }) => ({ id, start: time(start), end: time(end) })),
    chain: chainOf(strategy, timeline),
    alerts: monitoring.alerts,
    passedOver: schedule.passedOver,
    written: [],
  };
}

/** When the first of what is still to be done starts. */
const beginOf = ({ bookings, start }: Schedule): number => {
  const open = bookings.filter(({ fixed }) => !fixed);
  return open.reduce((least, booking) => Math.min(least, booking.start), open[0]?.start ?? start);
};

/** Finer than anything that is shown: what is rounded twice is another figure than what is rounded once. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

function chainOf({ project, critical }: Strategy, timeline: Timeline): readonly ChainLink[] {
  const time = localTimes(project.zone);
  const titles = titlesOf(project);
  return critical.chain.steps.map(({ id, kind, from, to, why }): ChainLink => {
    const end = timeline.endAt(to).instant;
    // What takes no time is where what it waited for ended, not after the pause.
    const start = from === to ? end : timeline.startAt(from).instant;
    return { id, kind, title: titles.get(id) ?? id, start: time(start), end: time(end), why };
  });
}

const titlesOf = ({ activities, syncPoints }: Project): ReadonlyMap<string, string> =>
  new Map([...activities, ...syncPoints].map(({ id, title }) => [id, title]));

/** Teams with how busy each person is between start and finish. */
function teamsOf({ project, workload }: Strategy): readonly TeamAnswer[] {
  const used = new Map(workload.people.map((load) => [load.id, load.used]));
  return project.teams.map(({ id, title, kind, people }): TeamAnswer => ({
    id,
    title,
    kind,
    people: people.map((person) => ({
      id: person.id,
      title: person.title,
      used: rounded((used.get(person.id) ?? 0) * 100),
    })),
  }));
}

function bookingsOf({ project, schedule, critical }: Strategy): readonly BookingAnswer[] {
  const time = localTimes(project.zone);
  return schedule.bookings.map((booking, index): BookingAnswer => {
    const room = critical.activities[index];
    const activity = project.activities[index];
    return {
      activity: booking.activity,
      title: activity?.title ?? booking.activity,
      group: activity?.group ?? null,
      team: booking.team ?? null,
      people: booking.people,
      start: time(booking.start),
      end: time(booking.end),
      from: booking.from,
      to: booking.to,
      slack: rounded(room?.totalSlack ?? 0),
      critical: room?.critical ?? false,
      fixed: booking.fixed,
      reasons: booking.reasons,
    };
  });
}
