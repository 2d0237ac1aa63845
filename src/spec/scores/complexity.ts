import type { Spec } from "../model.ts";
import { CONCERNS } from "./concerns-lexicon.ts";
import { counted, growing, scoreOf, type Score } from "./score.ts";

/**
 * How much there is to build and how much of it hangs together: 0 is nothing, 50 a typical Spec Kit spec, above 70 more
 * than twice that in everything. Typical counts are the medians of 26 real specs; docs/scores.md has the reasons.
 */
export function complexityOf(spec: Spec): Score {
  const scenarios = spec.stories.reduce((sum, story) => sum + story.scenarios.length, 0);
  const texts = [...spec.requirements, ...spec.criteria, ...spec.edgeCases].map(({ text }) => text);
  const found = Object.keys(CONCERNS).filter((name) => {
    const words = CONCERNS[name];
    return words !== undefined && texts.some((text) => words.test(text));
  });
  const links = spec.requirements.map(({ text }) => entitiesIn(spec, text));
  const pairs = links.reduce((sum, count) => sum + count, 0);
  const perRequirement = spec.requirements.length === 0 ? 0 : pairs / spec.requirements.length;
  return scoreOf([
    part(
      "requirements",
      counted(spec.requirements.length, "requirement"),
      25,
      growing(spec.requirements.length, 15),
    ),
    part("scenarios", counted(scenarios, "acceptance scenario"), 15, growing(scenarios, 13)),
    part(
      "stories",
      counted(spec.stories.length, "story", "stories"),
      5,
      growing(spec.stories.length, 4),
    ),
    part(
      "entities",
      counted(spec.entities.length, "entity", "entities"),
      10,
      growing(spec.entities.length, 3),
    ),
    part(
      "edge-cases",
      counted(spec.edgeCases.length, "edge case"),
      10,
      growing(spec.edgeCases.length, 5),
    ),
    part(
      "concerns",
      found.length === 0 ? "no concern" : found.join(", "),
      25,
      growing(found.length, 4),
    ),
    part(
      "coupling",
      `${perRequirement.toFixed(1)} entities per requirement`,
      10,
      growing(perRequirement, 1),
    ),
  ]);
}

const part = (name: string, text: string, weight: number, share: number) => ({
  name,
  counted: text,
  weight,
  share,
});

/** How many of the spec's entities a text speaks of, by name, singular or plural. */
function entitiesIn(spec: Spec, text: string): number {
  const lower = text.toLowerCase();
  return spec.entities.filter(({ name }) => lower.includes(name.toLowerCase().replace(/s$/, "")))
    .length;
}
