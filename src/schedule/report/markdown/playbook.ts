import type { Team } from "../../project/team.ts";
import type { Facts, Placed } from "../facts.ts";
import { lagText, linkWord, reasonText } from "../reason-text.ts";
import { namesText, tableOf } from "../table.ts";
import { meetingsTable, sessionsTable, whenText } from "../tables/coordination-tables.ts";
import { peopleText, slackText } from "../tables/activity-tables.ts";
import { gatesTable } from "../tables/quality-tables.ts";
import { peopleTable } from "../tables/resource-tables.ts";
import { bullets, heading, joined, markdownTable } from "./blocks.ts";
import { syncText } from "./coordination-sections.ts";
import { riskText } from "./risk-sections.ts";
import { originText } from "./strategy-document.ts";

/** Activities of one team that are told in full. */
const MOST_TOLD = 400;

/** What one team has to know: what it does when, for whom it waits and who waits for it, where it has to be (S3 "team playbooks"). */
export function playbook(team: Team, facts: Facts): string {
  const own = facts.byStart.filter(({ booking }) => booking.team === team.id);
  const { coordination, risks } = facts.strategy;
  const syncs = coordination.syncs.filter(
    ({ participants }) => participants.length === 0 || participants.includes(team.id),
  );
  const meetings = coordination.communications.filter(({ teams }) => teams.includes(team.id));
  const owned = risks.risks.filter(
    ({ owner, affected }) => owner === team.id || affected.teams.includes(team.id),
  );
  return `${joined(
    heading(1, `Playbook: ${facts.name.team(team.id)}`),
    originText(facts),
    bullets(openingStatements(own, facts)),
    joined(
      "## Activities",
      workTable(own, facts),
      ...own.slice(0, MOST_TOLD).map((each) => workText(each, facts)),
      own.length > MOST_TOLD
        ? `… and ${own.length - MOST_TOLD} more, in the table and the JSON files.`
        : "",
    ),
    joined("## Sessions", markdownTable(sessionsTable(facts, team.id), "None.")),
    joined(
      "## Sync points",
      syncs.length > 0 ? "" : "This team takes part in none.",
      ...syncs.map((sync) => syncText(sync, facts)),
    ),
    joined(
      "## Meetings",
      markdownTable(meetingsTable(facts, meetings), "None."),
      bullets(
        meetings.map((each) => `${each.title}, ${whenText(each)}: ${each.agenda.join(", ")}`),
      ),
    ),
    joined(
      "## Risks",
      owned.length > 0 ? "" : "No risk touches this team.",
      ...owned.map((risk) => riskText(risk, facts)),
    ),
    joined("## Gates", markdownTable(gatesTable(facts, gatesOf(own, facts)), "None.")),
    joined("## People", markdownTable(peopleTable(facts, team.id), "Nobody.")),
  )}\n`;
}

function openingStatements(own: readonly Placed[], facts: Facts): readonly string[] {
  const [first] = own;
  if (!first) return ["Nothing is planned for this team."];
  const last = own.reduce((latest, { booking }) => Math.max(latest, booking.end), 0);
  const critical = own.filter(({ room }) => room.critical);
  return [
    `${own.length} activities from ${facts.time(first.booking.start)} to ${facts.time(last)} (${facts.strategy.project.zone})`,
    critical.length > 0
      ? `${critical.length} without slack, each late minute makes the whole late: ${namesText(
          critical.map(({ activity }) => facts.name.activity(activity.id)),
          8,
        )}`
      : "None of them is critical.",
  ];
}

const workTable = (own: readonly Placed[], facts: Facts): string =>
  markdownTable(
    tableOf(
      "Activities",
      ["Start", "End", "Activity", "People", "#Takes", "#Slack"],
      own.map((each) => [
        facts.time(each.booking.start),
        facts.time(each.booking.end),
        facts.name.whole(each.activity.id),
        peopleText(each, facts),
        facts.duration(each.booking.to - each.booking.from),
        slackText(each, facts),
      ]),
    ),
    "None.",
  );

/** One activity: for whom and what it waits, and who waits for it. */
function workText({ activity, booking, room }: Placed, facts: Facts): string {
  const { id, uses, deadline, notBefore } = activity;
  const before = facts.into.get(id) ?? [];
  const after = facts.outOf.get(id) ?? [];
  const other = (key: string) => whoText(facts.byId.get(key), facts);
  return joined(
    heading(3, `${facts.time(booking.start)} ${facts.name.whole(id)}`),
    bullets([
      `Until ${facts.time(booking.end)}; ${reasonText(room.why, facts)}`,
      ...before.map(
        (link) =>
          `Waits: ${linkWord(link)} ${facts.name.activity(link.from)}${lagText(link, facts)}${other(link.from)}${link.strength === "soft" ? ", soft" : ""}`,
      ),
      ...after.map((link) => `Waiting for it: ${facts.name.activity(link.to)}${other(link.to)}`),
      ...uses.map(({ resource, amount }) => `Holds ${amount} of ${facts.name.resource(resource)}`),
      ...(notBefore === undefined ? [] : [`Not before ${notBefore}`]),
      ...(deadline === undefined ? [] : [`Wanted by ${deadline}`]),
    ]),
  );
}

/** From whom, and when. */
function whoText(placed: Placed | undefined, { name, time }: Facts): string {
  if (!placed) return "";
  const { team, start, end } = placed.booking;
  return ` (${team === undefined ? "nobody" : name.team(team)}, ${time(start)} to ${time(end)})`;
}

/** Gates of the waves in which the team has something. */
function gatesOf(own: readonly Placed[], { strategy }: Facts) {
  const ids = new Set(own.map(({ activity }) => activity.id));
  const waves = new Set(
    strategy.waves
      .filter(({ units }) => units.some(({ activities }) => activities.some((id) => ids.has(id))))
      .map(({ number }) => number),
  );
  return strategy.quality.gates.filter(({ wave }) => waves.has(wave));
}
