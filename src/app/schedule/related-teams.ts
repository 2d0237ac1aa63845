import type { TeamFile } from "../../schedule/formats/team-file/team-file.ts";
import type { Project } from "../../schedule/project/project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../schedule/project/report.ts";
import { skillKey } from "../../schedule/project/skills.ts";

/** Skills that are named in a message. */
const NAMED = 5;

/** Whether a team file looks like one for another plan: it has skills, the plan asks for skills, and not one is the same. */
export function relatedTeams(
  { activities, teams }: Project,
  { file }: TeamFile,
): readonly ScheduleDiagnostic[] {
  const asked = new Map<string, string>();
  for (const { crew, progress } of activities)
    if (crew.kind !== "nobody" && progress.state === "open")
      for (const { skill } of crew.kind === "people"
        ? crew.needs.flatMap((need) => need.skills)
        : crew.skills)
        asked.set(skillKey(skill), skill);
  const there = new Map(
    teams.flatMap(({ people }) =>
      people.flatMap(({ skills }) => skills.map(({ skill }) => [skillKey(skill), skill] as const)),
    ),
  );
  if (asked.size === 0 || there.size === 0) return [];
  if ([...asked.keys()].some((key) => there.has(key))) return [];
  return [
    report(
      "SCHEDULE_TEAMS_UNRELATED",
      { file, line: 1, column: 1 },
      `This looks like the teams of another plan: the plan asks for ${shown(asked.values())}, the teams have ${shown(there.values())}`,
    ),
  ];
}

const shown = (names: Iterable<string>): string =>
  [...names].slice(0, NAMED).map(quoted).join(", ");
