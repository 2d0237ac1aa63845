import type { SkillNeed } from "./project.ts";
import { levelFactor, levelOf } from "./skills.ts";
import type { Person, Team } from "./team.ts";

/** How well somebody fits what is to be done, by S3's `team_assignment_criteria`: each 0 … 1, 1 is the best. */
export interface Fit {
  /** Levels near those that are asked for: neither too low nor wasted. */
  readonly skillMatch: number;
  readonly availability: number;
  /** 1 where nothing has to be learned. */
  readonly learning: number;
  /** Earlier work with the rest of the team; ½ where nothing is known. */
  readonly history: number;
}

/** Levels from the lowest to the highest. */
const RANGE = 4;

/** For a person who has the skills. */
export function fitOf(person: Person, team: Team, needs: readonly SkillNeed[]): Fit {
  const gaps = needs.map(({ skill, level }) => Math.abs((levelOf(person, skill) ?? 0) - level));
  const slower = needs.map(({ skill, level }) => levelFactor(levelOf(person, skill) ?? 1, level));
  const known = team.people.flatMap(({ id }) => {
    const liking = id === person.id ? undefined : person.history.get(id);
    return liking === undefined ? [] : [liking];
  });
  return {
    skillMatch: 1 - mean(gaps, 0) / RANGE,
    availability: person.availability,
    learning: 1 / Math.max(1, ...slower),
    history: (1 + mean(known, 0)) / 2,
  };
}

/** How little somebody is wanted: it settles what makespan leaves open. The four weigh alike, which is our choice. */
export const costOfFit = ({ skillMatch, availability, learning, history }: Fit): number =>
  Math.round((4 - skillMatch - availability - learning - history) * 1_000) / 1_000;

const mean = (values: readonly number[], none: number): number =>
  values.length === 0 ? none : values.reduce((sum, value) => sum + value, 0) / values.length;
