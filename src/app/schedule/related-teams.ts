import type { TeamFile } from "../../schedule/formats/team-file/team-file.ts";
import type { Project } from "../../schedule/project/project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../schedule/project/report.ts";
import { skillKey } from "../../schedule/project/skills.ts";

/** Skills that are named in a message. */
const NAMED = 5;

/** Whether a team file looks like one for another plan: by the teams that the plan names, or by the skills that it asks for, none is there. */
export function relatedTeams(
  { activities, teams }: Project,
  { file }: TeamFile,
): readonly ScheduleDiagnostic[] {
  const named = new Set(
    activities.flatMap(({ crew, progress }) =>
      crew.kind !== "nobody" && progress.state === "open" ? (crew.only?.teams ?? []) : [],
    ),
  );
  if (named.size > 0 && teams.every(({ id }) => !named.has(id)))
    return [unrelated(file, `names ${shown(named)}`, shown(teams.map(({ id }) => id)))];
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
  return [unrelated(file, `asks for ${shown(asked.values())}`, shown(there.values()))];
}

const unrelated = (file: string, plan: string, have: string): ScheduleDiagnostic =>
  report(
    "SCHEDULE_TEAMS_UNRELATED",
    { file, line: 1, column: 1 },
    `This looks like the teams of another plan: the plan ${plan}, the teams are or have ${have}`,
  );

const shown = (names: Iterable<string>): string =>
  [...names].slice(0, NAMED).map(quoted).join(", ");
