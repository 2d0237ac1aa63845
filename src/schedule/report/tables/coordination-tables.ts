import type { Communication, SyncPlan } from "../../strategy/coordination/coordination.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { namesText, tableOf, type Table } from "../table.ts";
import { priceText } from "./time-tables.ts";

export const syncsTable = (
  facts: Facts,
  syncs: readonly SyncPlan[] = facts.strategy.coordination.syncs,
): Table =>
  tableOf(
    "Sync points",
    ["Start", "Sync point", "Participants", "#Takes", "#Effort", "#Costs"],
    syncs.map((sync) => [
      facts.time(sync.start.instant),
      sync.name,
      participantsText(sync, facts),
      facts.duration(sync.minutes),
      personTime(sync.effort),
      sync.costs ? priceText(sync.costs, facts) : "not tried",
    ]),
  );

export const participantsText = ({ participants }: SyncPlan, { name }: Facts): string =>
  participants.length === 0 ? "all teams" : namesText(participants.map((id) => name.team(id)));

/** `12.5 person-hours` */
export const personTime = (minutes: number): string =>
  `${Math.round(minutes / 6) / 10} person-hours`;

export const meetingsTable = (
  facts: Facts,
  meetings: readonly Communication[] = facts.strategy.coordination.communications,
): Table =>
  tableOf(
    "Meetings",
    ["Meeting", "When", "From", "Until", "#Minutes", "Who", "#Times", "#Effort"],
    meetings.map((each) => [
      each.title,
      whenText(each),
      facts.day(each.start.instant),
      facts.day(each.end.instant - 1),
      String(each.minutes),
      whoText(each, facts),
      String(each.occurrences),
      personTime(each.effort),
    ]),
  );

/** Who takes part, and for whom there is no time that suits. */
function whoText({ teams, roles, outsideHoursOf }: Communication, { name }: Facts): string {
  const outside = outsideHoursOf.map(name.team);
  return `${namesText([...teams.map(name.team), ...roles])}${outside.length > 0 ? ` (outside the hours of ${namesText(outside)})` : ""}`;
}

const WEEKDAYS = [
  "Mondays",
  "Tuesdays",
  "Wednesdays",
  "Thursdays",
  "Fridays",
  "Saturdays",
  "Sundays",
] as const;

/** `working days 09:00 Europe/Berlin` */
export const whenText = ({ recurrence, time, zone }: Communication): string =>
  `${recurrence.kind === "daily" ? "working days" : (WEEKDAYS[recurrence.weekday - 1] ?? "")} ${time} ${zone}`;

export function sessionsTable(facts: Facts, team?: string): Table {
  const { sessions } = facts.strategy.coordination;
  return tableOf(
    "Sessions",
    ["Session", "Phase", "#Wave", "Team", "Start", "End", "State", "Waits for"],
    sessions
      .filter((each) => team === undefined || each.team === team)
      .map((each) => [
        each.id,
        facts.name.unit(each.unit),
        String(each.wave),
        facts.name.team(each.team),
        facts.time(each.start.instant),
        facts.time(each.end.instant),
        each.state,
        namesText(each.waitsFor),
      ]),
  );
}

export const decisionsTable = ({ strategy }: Facts): Table => {
  const { types } = strategy.coordination.decisions;
  return tableOf(
    "Who decides",
    ["Decision", "By"],
    [
      ["technical", types.technical],
      ["coordination", types.coordination],
      ["resources", types.resource],
      ["quality", types.quality],
    ],
  );
};

const WAITS = {
  conflictTimeout: "a conflict between sessions is not resolved",
  dependencyBlocking: "a session is blocked by a dependency",
  qualityGateFailure: "a quality gate fails",
} as const;

export function escalationTable({ strategy, duration }: Facts): Table {
  const { decisions, sessionRules } = strategy.coordination;
  const { escalation } = sessionRules;
  const time = (minutes: number) => (minutes === 0 ? "at once" : `after ${duration(minutes)}`);
  const kinds = ["conflictTimeout", "dependencyBlocking", "qualityGateFailure"] as const;
  return tableOf(
    "What goes up",
    ["Concern", "When", "To"],
    [
      ...decisions.escalation.map(({ concern, when, after, to }) => [
        concern.replaceAll("_", " "),
        after === undefined ? when.replaceAll("_", " ") : time(after),
        to,
      ]),
      ...kinds.map((kind) => [WAITS[kind], time(escalation[kind]), "orchestrator"]),
    ],
  );
}

export const overheadText = ({ strategy }: Facts): string => {
  const { overhead, coordination } = strategy.efficiency;
  return `${personTime(coordination)} of coordination, ${percentText(overhead / 100)} of development`;
};
