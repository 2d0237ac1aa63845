import type { Crew, Need, Project } from "./project.ts";
import { levelOf } from "./skills.ts";
import type { Person, Team } from "./team.ts";

/** People of a team who may do an activity, and have all the skills of a need. */
export const ableFor = ({ skills }: Need, people: readonly Person[]): readonly Person[] =>
  people.filter((person) => skills.every(({ skill }) => levelOf(person, skill) !== undefined));

/** The teams that an activity may be given to. */
export const allowedTeams = (crew: Crew, { teams }: Project): readonly Team[] => {
  const only = crew.kind === "nobody" ? [] : (crew.only?.teams ?? []);
  return only.length === 0 ? teams : teams.filter(({ id }) => only.includes(id));
};

/** The people of a team that an activity may be given to. */
export const allowedPeople = (crew: Crew, { people }: Team): readonly Person[] => {
  const only = crew.kind === "nobody" ? [] : (crew.only?.people ?? []);
  return only.length === 0 ? people : people.filter(({ id }) => only.includes(id));
};

/** Whether there are different people for all needs. */
export function canStaff(needs: readonly Need[], people: readonly Person[]): boolean {
  const able = needs.map((need) => ableFor(need, people));
  if (needs.some(({ count }, at) => (able[at]?.length ?? 0) < count)) return false;
  return needs.length < 2 || matched(needs, able);
}

/** Everybody in turn gets a need, for which others may change theirs (Kuhn 1955). */
function matched(needs: readonly Need[], able: readonly (readonly Person[])[]): boolean {
  const sets = able.map((people) => new Set(people.map(({ id }) => id)));
  const served: string[][] = needs.map(() => []);
  const seat = (person: string, seen: Set<number>): boolean => {
    for (const [need, { count }] of needs.entries()) {
      const list = served[need] ?? [];
      if (seen.has(need) || sets[need]?.has(person) !== true) continue;
      seen.add(need);
      const at = list.length < count ? list.length : list.findIndex((one) => seat(one, seen));
      if (at < 0) continue;
      list[at] = person;
      return true;
    }
    return false;
  };
  let missing = needs.reduce((sum, { count }) => sum + count, 0);
  for (const person of new Set(able.flatMap((people) => people.map(({ id }) => id))))
    if (missing > 0 && seat(person, new Set())) missing--;
  return missing === 0;
}
