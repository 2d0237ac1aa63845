import type { Communication, SyncPlan } from "../../strategy/coordination/coordination.ts";
import type { Facts } from "../facts.ts";
import {
  decisionsTable,
  escalationTable,
  meetingsTable,
  overheadText,
  participantsText,
  syncsTable,
  whenText,
} from "../tables/coordination-tables.ts";
import { priceText } from "../tables/time-tables.ts";
import { boxes, bullets, heading, joined, markdownTable, named } from "./blocks.ts";

export const syncsSection = (facts: Facts): string =>
  joined(
    "## Sync points",
    markdownTable(
      syncsTable(facts),
      "None is declared: no phase waits for more than it depends on.",
    ),
  );

/** What a sync point needs, and what happens when it fails. */
export function syncText(sync: SyncPlan, facts: Facts): string {
  return joined(
    heading(3, `${facts.time(sync.start.instant)} ${sync.name}`),
    bullets([
      `Until ${facts.time(sync.end.instant)}, wave ${sync.wave}: ${participantsText(sync, facts)}${sync.sessions.length > 0 ? ` (${sync.sessions.join(", ")})` : ""}`,
      ...(sync.costs ? [`The whole takes longer for it: ${priceText(sync.costs, facts)}`] : []),
    ]),
    named("Held when", sync.triggers),
    sync.preparation.length > 0 ? `**Before it:**\n\n${boxes(sync.preparation)}` : "",
    sync.criteria.length > 0 ? `**Passed when:**\n\n${boxes(sync.criteria)}` : "",
    named("If it fails", sync.onFailure),
    named("Results", sync.deliverables),
  );
}

export const meetingsSection = (facts: Facts): string =>
  joined(
    "## Communication schedule",
    markdownTable(meetingsTable(facts), "No regular meetings: there is no team of several people."),
    `${overheadText(facts)}.`,
  );

export const meetingText = (meeting: Communication): string =>
  joined(
    heading(3, `${meeting.title}: ${whenText(meeting)}, ${meeting.minutes} minutes`),
    named("Agenda", meeting.agenda),
    named("Results", meeting.deliverables),
    named("Decides", meeting.decisionAuthority === undefined ? [] : [meeting.decisionAuthority]),
    named(
      "Goes up",
      meeting.escalationTriggers.map((each) => each.replaceAll("_", " ")),
    ),
  );

export const decisionsSection = (facts: Facts): string =>
  joined(
    "## Decisions and escalation",
    bullets([
      `Asked in this order: ${facts.strategy.coordination.decisions.hierarchy.join(" → ")}`,
    ]),
    markdownTable(decisionsTable(facts), ""),
    markdownTable(escalationTable(facts), ""),
  );
