import type { Placed } from "../facts.ts";
import type { Facts } from "../facts.ts";
import { percentText } from "../amounts.ts";
import { lagText, linkWord, reasonText } from "../reason-text.ts";
import { namesText, tableOf, type Table } from "../table.ts";

/** All activities in the order of time. */
export const activitiesTable = (facts: Facts, of: readonly Placed[] = facts.byStart): Table =>
  tableOf(
    "Activities in the order of time",
    ["Start", "End", "Activity", "Team", "People", "#Takes", "#Slack", "#Critical in", "Starts"],
    of.map((each) => {
      const { activity, booking, room } = each;
      return [
        facts.time(booking.start),
        facts.time(booking.end),
        facts.name.whole(activity.id),
        booking.team === undefined ? "–" : facts.name.team(booking.team),
        peopleText(each, facts),
        facts.duration(booking.to - booking.from),
        slackText(each, facts),
        each.criticality === undefined ? "–" : percentText(each.criticality),
        reasonText(room.why, facts),
      ];
    }),
  );

export function slackText({ activity, room }: Placed, { duration }: Facts): string {
  if (activity.progress.state === "done") return "done";
  return room.critical ? "none" : duration(room.totalSlack);
}

/** A whole team is named once. */
export function peopleText({ booking, activity }: Placed, { name, strategy }: Facts): string {
  if (booking.people.length === 0) return "nobody";
  const team = strategy.project.teams.find(({ id }) => id === booking.team);
  if (activity.crew.kind === "team" && team) return `all ${team.people.length}`;
  return namesText(booking.people.map((id) => name.person(id)));
}

/** What decides the end, from the first to the last. */
export const chainTable = (facts: Facts): Table =>
  tableOf(
    "Critical chain",
    ["#Step", "Activity or sync point", "Start", "End", "#Takes", "Because"],
    facts.strategy.critical.chain.steps.map(({ id, kind, from, to, why }, index) => {
      const { start, end } = facts.byId.get(id)?.booking ?? {};
      const sync = facts.strategy.schedule.syncs.find((each) => each.id === id);
      const at = kind === "sync" ? sync : { start, end };
      return [
        String(index + 1),
        kind === "sync" ? `Sync point ${facts.name.sync(id)}` : facts.name.activity(id),
        at?.start === undefined ? "–" : facts.time(at.start),
        at?.end === undefined ? "–" : facts.time(at.end),
        facts.duration(to - from),
        reasonText(why, facts),
      ];
    }),
  );

/** Who does what, and why these. */
export const assignmentsTable = (facts: Facts): Table =>
  tableOf(
    "Assignments",
    ["Activity", "Team", "People", "#Fit", "Because", "Otherwise"],
    facts.strategy.assignments.map(({ activity, team, people, scores, reasons, alternatives }) => {
      const placed = facts.byId.get(activity);
      return [
        facts.name.activity(activity),
        facts.name.team(team),
        placed ? peopleText(placed, facts) : namesText(people.map((id) => facts.name.person(id))),
        percentText(scores.total),
        reasons.length > 0 ? reasons.join("; ") : scoresText(scores),
        namesText(
          alternatives.map(
            (each) => `${facts.name.team(each.team)} (${percentText(each.scores.total)})`,
          ),
          3,
        ),
      ];
    }),
  );

const scoresText = (scores: Facts["strategy"]["assignments"][number]["scores"]): string =>
  `skills ${percentText(scores.skillMatch)}, availability ${percentText(scores.availability)}, learning ${percentText(scores.learning)}, history ${percentText(scores.history)}`;

export const bottlenecksTable = (facts: Facts): Table =>
  tableOf(
    "Bottlenecks, worst first",
    ["What", "Kind", "#Waited for", "By", "#Used", "#One more saves"],
    facts.strategy.bottlenecks.map(({ kind, title, waited, waiting, used, saves }) => [
      title,
      kind,
      facts.duration(waited),
      waiting.length === 1 ? "1 activity" : `${waiting.length} activities`,
      percentText(used),
      saves === undefined ? "not tried" : facts.duration(saves),
    ]),
  );

/** What would end the whole sooner, each tried by scheduling anew. */
export const shorteningsTable = (facts: Facts): Table =>
  tableOf(
    "What shortens it most",
    ["Change", "#Saves", "#± by the search", "Tried because"],
    (facts.strategy.shortenings?.tried ?? []).map(({ title, saved, noise, because }) => [
      title,
      saved < 0 ? `${facts.duration(-saved)} later` : facts.duration(saved),
      facts.duration(noise),
      because,
    ]),
  );

/** What waits for what: the facts of the graph. */
export const dependenciesTable = (facts: Facts): Table =>
  tableOf(
    "What waits for what",
    ["Activity", "Waits for", "Is waited for by"],
    facts.placed.map(({ activity: { id } }) => [
      facts.name.activity(id),
      namesText(
        (facts.into.get(id) ?? []).map(
          (link) => `${linkWord(link)} ${facts.name.activity(link.from)}${lagText(link, facts)}`,
        ),
        12,
      ),
      namesText(
        (facts.outOf.get(id) ?? []).map(({ to }) => facts.name.activity(to)),
        12,
      ),
    ]),
  );
