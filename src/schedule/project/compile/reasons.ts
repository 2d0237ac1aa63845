import { oneLine } from "../../../core/text.ts";
import { allowedTeams } from "../crew-teams.ts";
import type { Activity, Project, SkillNeed } from "../project.ts";
import { levelFactor, levelOf, teamSkillFactor } from "../skills.ts";
import type { Person, Team } from "../team.ts";

/** People that are told of one by one. */
const MOST_TOLD = 4;

/** Why a team and these people do an activity, in words, by S3's criteria: what they can, what they have time for, what they have done together. */
export function reasonsFor(
  { project }: { readonly project: Project },
  { crew }: Activity,
  team: Team,
  people: readonly Person[],
): readonly string[] {
  if (crew.kind === "nobody") return [];
  const told: string[] = [];
  const only = [...(crew.only?.teams ?? []), ...(crew.only?.people ?? [])];
  if (only.length > 0) told.push("the plan names them");
  const skills = crew.kind === "team" ? crew.skills : crew.needs.flatMap((need) => need.skills);
  const others = allowedTeams(crew, project).filter(({ id }) => id !== team.id);
  if (only.length === 0 && skills.length > 0 && others.length > 0)
    if (others.every((other) => teamSkillFactor(other, skills) === undefined))
      told.push(`only team ${oneLine(team.id, 40)} has ${namesOf(skills)}`);
  for (const person of people.slice(0, MOST_TOLD)) {
    const own = skillWords(person, skills);
    if (own !== "") told.push(`${oneLine(person.id, 40)} ${own}`);
    if (person.availability < 1)
      told.push(
        `${oneLine(person.id, 40)} has ${Math.round(person.availability * 100)} % of the time`,
      );
  }
  return [...told, ...historyWords(people.slice(0, MOST_TOLD))];
}

const namesOf = (skills: readonly SkillNeed[]): string =>
  [...new Set(skills.map(({ skill }) => oneLine(skill, 40)))].join(", ");

function skillWords(person: Person, skills: readonly SkillNeed[]): string {
  const known = skills.flatMap(({ skill, level }) => {
    const own = levelOf(person, skill);
    if (own === undefined) return [];
    const factor = levelFactor(own, level);
    const takes =
      factor === 1
        ? ""
        : `, takes ${Math.abs(Math.round((factor - 1) * 100))} % ${factor > 1 ? "longer" : "less"}`;
    return [`${oneLine(skill, 40)} at ${own} (${level} wanted${takes})`];
  });
  return known.length === 0 ? "" : `has ${known.join(", ")}`;
}

function historyWords(people: readonly Person[]): readonly string[] {
  return people.flatMap((one, at) =>
    people.slice(at + 1).flatMap((other) => {
      const liking = one.history.get(other.id) ?? other.history.get(one.id);
      if (liking === undefined || liking === 0) return [];
      return [
        `${oneLine(one.id, 40)} and ${oneLine(other.id, 40)} worked ${liking > 0 ? "well" : "badly"} together before`,
      ];
    }),
  );
}
