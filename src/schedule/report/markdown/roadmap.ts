import type { Facts } from "../facts.ts";
import { milestonesTable, wavesTable } from "../tables/time-tables.ts";
import { gatesTable } from "../tables/quality-tables.ts";
import { slackText } from "../tables/activity-tables.ts";
import { bullets, heading, joined, markdownTable } from "./blocks.ts";
import { originText } from "./strategy-document.ts";
import { gapText } from "./summary-section.ts";

const DAY = 1_440;
/** Weeks that are listed one by one. */
const MOST_WEEKS = 104;

/** S3 "implementation roadmap": milestones by date with how sure they are, waves, and what begins and ends each week. */
export const roadmap = (facts: Facts): string =>
  `${joined(
    heading(1, `Roadmap: ${facts.strategy.project.name}`),
    originText(facts),
    bullets([
      `${facts.time(facts.strategy.schedule.start)} to ${facts.time(facts.strategy.schedule.end)} (${facts.strategy.project.zone})`,
      gapText(facts),
      ...doneText(facts),
    ]),
    joined(
      "## Milestones",
      "P50, P80 and P95: reached by then in 50, 80 and 95 of 100 simulated runs.",
      markdownTable(milestonesTable(facts), "None."),
    ),
    joined("## Waves", markdownTable(wavesTable(facts), "None.")),
    joined("## Gates on the way", markdownTable(gatesTable(facts), "None.")),
    joined("## Week by week", ...weeks(facts)),
  )}\n`;

/** What is done is behind, and mostly without its times. */
function doneText({ strategy: { project } }: Facts): readonly string[] {
  const done = project.activities.filter(({ progress }) => progress.state === "done").length;
  return done === 0 ? [] : [`${done} of ${project.activities.length} activities are done`];
}

/** What is told of one week. */
const MOST_TOLD = 200;

const fewer = (items: readonly string[]): readonly string[] =>
  items.length <= MOST_TOLD
    ? items
    : [
        ...items.slice(0, MOST_TOLD),
        `… and ${items.length - MOST_TOLD} more; the JSON files have all`,
      ];

/** Weeks from Monday, local. */
function weeks(facts: Facts): readonly string[] {
  const { zone, byStart } = facts;
  const mondayOf = (instant: number) => {
    const day = Math.floor(zone.localAt(instant) / DAY);
    return day - ((((day + 3) % 7) + 7) % 7);
  };
  const found = new Map<number, { begins: string[]; ends: string[] }>();
  const week = (monday: number) => {
    const known = found.get(monday) ?? { begins: [], ends: [] };
    found.set(monday, known);
    return known;
  };
  for (const each of byStart) {
    const { activity, booking } = each;
    if (activity.progress.state === "done") continue;
    const name = facts.name.activity(activity.id);
    const who = booking.team === undefined ? "" : `, ${facts.name.team(booking.team)}`;
    week(mondayOf(booking.start)).begins.push(
      `Begins ${facts.time(booking.start)}: ${name}${who} (slack ${slackText(each, facts)})`,
    );
    // What ends at midnight ended the day before.
    week(mondayOf(booking.end - 1)).ends.push(`Ends ${facts.time(booking.end)}: ${name}`);
  }
  const all = [...found].toSorted(([a], [b]) => a - b);
  return [
    ...all
      .slice(0, MOST_WEEKS)
      .map(([monday, { begins, ends }]) =>
        joined(
          heading(3, `Week of ${facts.day(zone.instantOf(monday * DAY))}`),
          bullets(fewer([...begins, ...ends])),
        ),
      ),
    ...(all.length > MOST_WEEKS
      ? [
          `… and ${all.length - MOST_WEEKS} more weeks, until ${facts.day(facts.strategy.schedule.end)}.`,
        ]
      : []),
  ];
}
