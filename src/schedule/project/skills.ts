import type { SkillNeed } from "./project.ts";
import type { Person, Team } from "./team.ts";

/** The level of who is named with a skill and no level, and of what asks for a skill and no level. */
export const USUAL_LEVEL = 3;
export const LEVELS = { least: 1, most: 5 } as const;

/**
 * How long the same work takes by level, as a part of what it takes at level 3: the effort multipliers of language and tool experience of
 * COCOMO II.2000 (LTEX: two months, six months, one year, three years, six years; Boehm et al., Software Cost Estimation with COCOMO II,
 * 2000; the figures were compared with those that several public implementations of the model have). That a level of ours is a step of theirs is our choice.
 */
const EFFORT_BY_LEVEL = [1.2, 1.09, 1, 0.91, 0.84] as const;

/** How much longer than estimated work takes somebody of one level that is estimated for another: learning, or being used to it. */
export const levelFactor = (level: number, needed: number): number =>
  effortAt(level) / effortAt(needed);

const effortAt = (level: number): number =>
  EFFORT_BY_LEVEL[Math.min(LEVELS.most, Math.max(LEVELS.least, Math.round(level))) - 1] ?? 1;

const keys = new Map<string, string>();
const MOST_KEYS = 10_000;

/** What skills are compared by: without case, doubled spaces, and punctuation at the ends that is no part of names like `C++`, `C#`, `.NET`. */
export function skillKey(skill: string): string {
  const known = keys.get(skill);
  if (known !== undefined) return known;
  const key = skill
    .slice(0, 200)
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/^[\s"'`*([{,;:]+/, "")
    .replace(/[\s"'`*)\]},;:.!?]{1,20}$/, "");
  if (keys.size < MOST_KEYS) keys.set(skill, key);
  return key;
}

/** A person's level in a skill; undefined for who does not have it. */
export function levelOf({ skills }: Person, skill: string): number | undefined {
  const key = skillKey(skill);
  return skills.find((one) => skillKey(one.skill) === key)?.level;
}

/** How much longer it takes this person to do what asks for these skills, by level alone; undefined for who can't. */
export function skillFactor(person: Person, needs: readonly SkillNeed[]): number | undefined {
  let slowest: number | undefined;
  for (const { skill, level } of needs) {
    const own = levelOf(person, skill);
    if (own === undefined) return undefined;
    slowest = Math.max(slowest ?? 0, levelFactor(own, level));
  }
  return slowest ?? 1;
}

/** The same for a team as a whole, whose best in each skill sees to it. */
export function teamSkillFactor({ people }: Team, needs: readonly SkillNeed[]): number | undefined {
  let slowest: number | undefined;
  for (const { skill, level } of needs) {
    const best = people.reduce((most, person) => Math.max(most, levelOf(person, skill) ?? 0), 0);
    if (best === 0) return undefined;
    slowest = Math.max(slowest ?? 0, levelFactor(best, level));
  }
  return slowest ?? 1;
}

/**
 * How much longer work takes a person than one who has nothing else to do: `80%` makes it 1.25 times as long, and so does a buffer of a
 * fifth, the capacity that is kept free of people's time for what goes wrong (S3 `buffer_planning`). Agents keep none free: they
 * have nothing to do beside it, and what fails is tried again at once.
 */
export const timeFactor = ({ availability }: Person, { kind }: Team, buffer: number): number =>
  1 / (availability * (kind === "agents" ? 1 : 1 - buffer));
