import { oneLine } from "../../core/text.ts";
import { stemsOf } from "../terms.ts";
import { finding, type Check } from "./passage.ts";

/** Entities that nothing else in the spec speaks of: either a requirement is missing or the entity is not needed. */
export const checkEntities: Check = ({ spec }) => {
  if (spec.requirements.length === 0) return [];
  const used = stemsOf(
    [
      ...spec.stories.flatMap((story) => [
        story.title,
        story.narrative,
        ...story.scenarios.map(({ text }) => text),
      ]),
      ...[...spec.requirements, ...spec.criteria, ...spec.edgeCases, ...spec.assumptions].map(
        ({ text }) => text,
      ),
    ].join("\n"),
  );
  return spec.entities.flatMap((entity) => {
    const others = spec.entities.filter((other) => other !== entity);
    const name = [...stemsOf(entity.name)];
    const related = stemsOf(
      others.map((other) => `${other.text} ${other.fields.join(" ")}`).join("\n"),
    );
    if (name.length === 0 || name.some((stem) => used.has(stem) || related.has(stem))) return [];
    return [
      finding(spec, ["SPEC_ENTITY_UNUSED", "info"], entity, [
        `The entity "${oneLine(entity.name, 40)}" is not mentioned by any story, requirement or criterion.`,
        "Write the requirement that needs it, or leave the entity out.",
      ]),
    ];
  });
};
