import type { Facts } from "../facts.ts";
import { sessionsTable } from "../tables/coordination-tables.ts";
import { bullets, heading, joined, markdownTable } from "./blocks.ts";
import {
  decisionsSection,
  meetingsSection,
  meetingText,
  syncsSection,
  syncText,
} from "./coordination-sections.ts";
import { originText } from "./strategy-document.ts";

/** S3 "coordination guide": where all wait for each other, who talks when, who decides, and what goes up (MISSION WV-07, WV-08). */
export function coordinationGuide(facts: Facts): string {
  const { coordination, project } = facts.strategy;
  return `${joined(
    heading(1, `Coordination guide: ${project.name}`),
    originText(facts),
    syncsSection(facts),
    ...coordination.syncs.map((sync) => syncText(sync, facts)),
    meetingsSection(facts),
    ...coordination.communications.map(meetingText),
    decisionsSection(facts),
    sessionsSection(facts),
  )}\n`;
}

const words = (text: string): string => text.replaceAll("_", " ");

function sessionsSection(facts: Facts): string {
  const rules = facts.strategy.coordination.sessionRules;
  return joined(
    "## Sessions",
    bullets([
      `Ids ${rules.idFormat}; a session is ${rules.lifecycle.join(" → ")}`,
      `Messages (${words(rules.protocol)}): ${rules.messageTypes.join(", ")}; ${words(rules.frequency)}`,
      `State is synchronised after every ${rules.syncEvery} interactions through ${rules.syncMechanisms.map(words).join(" and ")}, and backed up ${words(rules.backup)}`,
      `Conflicts: found by ${words(rules.conflictDetection)}, resolved by ${words(rules.conflictResolution)}`,
    ]),
    markdownTable(sessionsTable(facts), "None."),
  );
}
