import { readLocalTime } from "../../project/local-time.ts";
import { Zone } from "../../project/zone.ts";
import type { Communication, SyncPlan } from "../../strategy/coordination/coordination.ts";
import type { Milestone } from "../../strategy/milestones.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { contentLine, textValue } from "./content-line.ts";
import { eventLines, type CalendarEvent } from "./event.ts";
import { meetingDays } from "./meeting-days.ts";
import { isUtc, timeZoneLines } from "./time-zone.ts";
import { uidOf } from "./uid.ts";

const DAY = 1_440;

/**
 * Meetings, sync points, milestones and deadlines as an iCalendar file (RFC 5545): meetings repeat on working days, without holidays; events
 * keep their UID when the plan is made anew, so a calendar that reads the file again replaces them.
 */
export function writeCalendarFile(facts: Facts): string {
  const { strategy, writing } = facts;
  const { planned } = writing;
  const { coordination, project, milestones } = strategy;
  const events = [
    ...coordination.communications.map((each) => meetingEvent(each, facts)),
    ...coordination.syncs.map((each) => syncEvent(each, facts)),
    ...milestones.flatMap((each) => milestoneEvents(each, facts)),
  ];
  const stamp = `${planned.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
  return [
    contentLine("BEGIN", "VCALENDAR"),
    contentLine("VERSION", "2.0"),
    contentLine("PRODID", "-//Wavegate//schedule//EN"),
    contentLine("CALSCALE", "GREGORIAN"),
    contentLine("X-WR-CALNAME", textValue(project.name)),
    ...zonesOf(events, facts),
    ...events.map((event) => eventLines(event, stamp)),
    contentLine("END", "VCALENDAR"),
  ].join("");
}

function zonesOf(events: readonly CalendarEvent[], { strategy }: Facts): readonly string[] {
  const names = new Set(events.flatMap(({ when }) => (when.kind === "time" ? [when.zone] : [])));
  const { start, end } = strategy.schedule;
  return [...names]
    .filter((name) => !isUtc(name))
    .toSorted()
    .map((name) => timeZoneLines(name, start, end));
}

function meetingEvent(meeting: Communication, { strategy, name }: Facts): CalendarEvent {
  const { project } = strategy;
  const { days, weekdays, skipped } = meetingDays(project, meeting);
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  const time = (readLocalTime(`1970-01-01T${meeting.time}`) ?? 0) % DAY;
  return {
    uid: uidOf(project.name, "meeting", meeting.id),
    summary: meeting.title,
    description: [
      `${meeting.headcount} people: ${[...meeting.teams.map(name.team), ...meeting.roles].join(", ")}`,
      ...listed("Agenda", meeting.agenda),
      ...listed("Results", meeting.deliverables),
      ...(meeting.decisionAuthority === undefined ? [] : [`Decides: ${meeting.decisionAuthority}`]),
      ...listed("Goes up", meeting.escalationTriggers),
    ],
    category: "meeting",
    when: {
      kind: "time",
      zone: meeting.zone,
      local: first * DAY + time,
      minutes: meeting.minutes,
      ...(days.length > 1 ? { again: { weekdays, last, skipped } } : {}),
    },
  };
}

function syncEvent(sync: SyncPlan, { strategy, name }: Facts): CalendarEvent {
  const { zone } = strategy.project;
  const local = new Zone(zone);
  const start = local.localAt(sync.start.instant);
  return {
    uid: uidOf(strategy.project.name, "sync", sync.id),
    summary: `Sync point: ${sync.name}`,
    description: [
      `Participants: ${sync.participants.map(name.team).join(", ") || "all teams"}`,
      ...listed("When", sync.triggers),
      ...listed("Preparation", sync.preparation),
      ...listed("Done when", sync.criteria),
      ...listed("If it fails", sync.onFailure),
      ...listed("Results", sync.deliverables),
    ],
    category: "sync point",
    when: {
      kind: "time",
      zone,
      local: start,
      // Over a night it goes on to the next day.
      minutes: Math.max(local.localAt(sync.end.instant) - start, 0),
    },
  };
}

/** Sync points have events of their own. */
function milestoneEvents(milestone: Milestone, facts: Facts): readonly CalendarEvent[] {
  const { strategy, day, time } = facts;
  const { id, kind, title, at, p80, likelihood, deadline } = milestone;
  const name = strategy.project.name;
  const key = `${kind} ${id}`;
  const reached: CalendarEvent = {
    uid: uidOf(name, "milestone", key),
    summary: kind === "end" ? `End of ${title}` : `Milestone: ${title}`,
    description: [
      `Planned ${time(at.instant)}`,
      ...(likelihood === undefined ? [] : [`On time in ${percentText(likelihood)} of the runs`]),
      ...(p80 ? [`In 80% of the runs by ${day(p80.instant)}`] : []),
    ],
    category: "milestone",
    when: { kind: "day", day: dayOf(at.instant - 1, facts) },
  };
  return [
    ...(kind === "sync" ? [] : [reached]),
    ...(deadline
      ? [
          {
            uid: uidOf(name, "deadline", key),
            summary: `Deadline: ${title}`,
            description: [`Planned for ${time(at.instant)}`],
            category: "deadline" as const,
            // A day counts to its end, which is the next one's beginning.
            when: { kind: "day" as const, day: dayOf(deadline.instant - 1, facts) },
          },
        ]
      : []),
  ];
}

const dayOf = (instant: number, { strategy }: Facts): number =>
  Math.floor(new Zone(strategy.project.zone).localAt(instant) / DAY);

const listed = (name: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${name}:`, ...items.map((item) => `- ${item}`)];
