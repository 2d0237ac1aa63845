import type { Spec } from "../model.ts";
import { CONCERNS } from "./concerns-lexicon.ts";
import { counted, scoreOf, spreading, type Score, type ScorePart } from "./score.ts";

/** Medians of 26 specifications of public projects: what a typical one has. */
const TYPICAL = {
  requirements: 15,
  scenarios: 13,
  stories: 4,
  entities: 3,
  edgeCases: 5,
  concerns: 4,
  coupling: 1,
};

/** Shorter names of entities say nothing by being found in a text. */
const LEAST_NAME = 3;

/**
 * How much there is to build and how much of it hangs together (ST-16): 0 is nothing, 50 a typical Spec Kit spec, above
 * 70 half as much again in everything, above 80 twice as much. docs/scores.md has the reasons.
 */
export function complexityOf(spec: Spec): Score {
  const scenarios = spec.stories.reduce((sum, story) => sum + story.scenarios.length, 0);
  const concerns = concernsOf(spec);
  const coupling = couplingOf(spec);
  const { requirements, stories, entities, edgeCases } = spec;
  return scoreOf([
    part("requirements", 25, requirements.length, counted(requirements.length, "requirement")),
    part("scenarios", 15, scenarios, counted(scenarios, "acceptance scenario")),
    part("stories", 5, stories.length, counted(stories.length, "story", "stories")),
    part("entities", 10, entities.length, counted(entities.length, "entity", "entities")),
    part("edgeCases", 10, edgeCases.length, counted(edgeCases.length, "edge case")),
    part(
      "concerns",
      25,
      concerns.length,
      concerns.length === 0 ? "no special concern" : concerns.join(", "),
    ),
    part("coupling", 10, coupling, `${coupling.toFixed(1)} entities per requirement`),
  ]);
}

const part = (
  name: keyof typeof TYPICAL,
  weight: number,
  count: number,
  text: string,
): ScorePart => ({
  name: name === "edgeCases" ? "edge-cases" : name,
  counted: text,
  weight,
  share: spreading(count, TYPICAL[name]),
});

/** Concerns that requirements, criteria or edge cases speak of. */
function concernsOf(spec: Spec): readonly string[] {
  const texts = [...spec.requirements, ...spec.criteria, ...spec.edgeCases].map(({ text }) => text);
  return Object.entries(CONCERNS).flatMap(([name, words]) =>
    texts.some((text) => words.test(text)) ? [name] : [],
  );
}

/** Of how many of the spec's entities a requirement speaks on average, by name, singular or plural. */
function couplingOf({ entities, requirements }: Spec): number {
  if (requirements.length === 0) return 0;
  const names = [...new Set(entities.map(({ name }) => name.toLowerCase().replace(/s$/, "")))];
  const told = names.filter((name) => name.length >= LEAST_NAME);
  const pairs = requirements.reduce((sum, { text }) => {
    const lower = text.toLowerCase();
    return sum + told.filter((name) => lower.includes(name)).length;
  }, 0);
  return pairs / requirements.length;
}
