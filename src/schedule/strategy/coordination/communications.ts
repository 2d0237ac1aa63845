import type { Calendar } from "../../project/calendar.ts";
import type { Team } from "../../project/team.ts";
import type { Basis } from "../basis.ts";
import type { Communication } from "./coordination.ts";
import { MEETINGS, WEEKLY_ON, type Meeting } from "./meetings.ts";
import { spanOf } from "./sessions.ts";
import { calendarOfTeam, meetingDay, meetingTime, occurrencesIn } from "./team-hours.ts";

/** A team of people that has something to do, with its calendar. */
interface Attendee {
  readonly team: Team;
  readonly calendar: Calendar;
  /** When it has work, on the axis. */
  readonly from: number;
  readonly to: number;
}

/** The regular meetings of those who work: agents keep each other posted by messages, so they take no part. */
export function communicationsOf(basis: Basis): readonly Communication[] {
  const attendees = attendeesOf(basis);
  const all = MEETINGS.flatMap((meeting): readonly Communication[] => {
    if (meeting.who === "leads")
      return attendees.length > 1 ? [held(basis, meeting, attendees)] : [];
    return attendees
      .filter(({ team }) => team.people.length > 1)
      .map((attendee) => held(basis, meeting, [attendee]));
  });
  // A weekly one whose day does not come is not held.
  return all.filter(({ occurrences }) => occurrences > 0);
}

function attendeesOf({ project, schedule }: Basis): readonly Attendee[] {
  const activities = new Map<string, number[]>();
  schedule.bookings.forEach(({ team }, index) => {
    if (team === undefined) return;
    const list = activities.get(team);
    if (list) list.push(index);
    else activities.set(team, [index]);
  });
  return project.teams.flatMap((team): readonly Attendee[] => {
    const calendar = calendarOfTeam(project, team);
    const own = activities.get(team.id);
    if (team.kind === "agents" || !calendar || !own) return [];
    return [{ team, calendar, ...spanOf(schedule, own) }];
  });
}

function held(
  { project, timeline }: Basis,
  meeting: Meeting,
  attendees: readonly Attendee[],
): Communication {
  const calendars = attendees.map(({ calendar }) => calendar);
  const together = meeting.who === "leads";
  const start = timeline.startAt(Math.min(...attendees.map(({ from }) => from)));
  const end = timeline.endAt(Math.max(...attendees.map(({ to }) => to)));
  const zone = together ? project.zone : (calendars[0]?.zone ?? project.zone);
  const weekly = meeting.frequency === "weekly";
  const weekday = meetingDay(calendars, WEEKLY_ON);
  const { time, outside } = meetingTime(zone, calendars, {
    ...meeting,
    near: start.instant,
    weekday,
  });
  const headcount =
    (together ? attendees.length : (attendees[0]?.team.people.length ?? 0)) + meeting.roles.length;
  const times = { start: start.instant, end: end.instant };
  const occurrences = Math.max(
    ...calendars.map((calendar) => occurrencesIn(calendar, times, weekly ? weekday : undefined)),
  );
  return {
    id: together ? meeting.type : `${meeting.type}:${attendees[0]?.team.id ?? ""}`,
    type: meeting.type,
    title: together ? meeting.title : `${meeting.title} ${attendees[0]?.team.title ?? ""}`,
    recurrence: weekly ? { kind: "weekly", weekday } : { kind: "daily" },
    time: clock(time),
    zone,
    outsideHoursOf: attendees
      .filter(({ calendar }) => outside.includes(calendar))
      .map(({ team }) => team.id),
    minutes: meeting.minutes,
    teams: attendees.map(({ team }) => team.id),
    roles: meeting.roles,
    headcount,
    occurrences,
    effort: occurrences * meeting.minutes * headcount,
    agenda: meeting.agenda,
    deliverables: meeting.deliverables,
    ...(meeting.decisionAuthority === undefined
      ? {}
      : { decisionAuthority: meeting.decisionAuthority }),
    escalationTriggers: meeting.escalationTriggers,
    start,
    end,
  };
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
