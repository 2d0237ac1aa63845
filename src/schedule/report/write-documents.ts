import { factsOf } from "./facts.ts";
import { fileNames } from "./file-name.ts";
import { coordinationGuide } from "./markdown/coordination-guide.ts";
import { playbook } from "./markdown/playbook.ts";
import { roadmap } from "./markdown/roadmap.ts";
import { strategyDocument } from "./markdown/strategy-document.ts";
import { writeCalendarFile } from "./calendar-file/write-calendar-file.ts";
import type { Writing } from "./writing.ts";

/** The documents for people (S3 phases 13 … 15; MISSION WV-11), by their paths: Markdown, and the calendar. */
export function writeDocuments(writing: Writing): ReadonlyMap<string, string> {
  const facts = factsOf(writing);
  const { teams } = writing.strategy.project;
  const names = fileNames(
    teams.map(({ id }) => id),
    "team",
  );
  return new Map([
    ["strategy.md", strategyDocument(facts)],
    ["roadmap.md", roadmap(facts)],
    ["coordination-guide.md", coordinationGuide(facts)],
    ...teams.map(
      (team, index) => [`playbooks/${names[index] ?? "team"}.md`, playbook(team, facts)] as const,
    ),
    ["schedule.ics", writeCalendarFile(facts)],
  ]);
}
