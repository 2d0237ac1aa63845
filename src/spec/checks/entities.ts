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
  const texts = spec.entities.map((entity) => stemsOf(`${entity.text} ${entity.fields.join(" ")}`));
  const mentions = new Map<string, number>();
  for (const text of texts)
    for (const stem of text) mentions.set(stem, (mentions.get(stem) ?? 0) + 1);
  return spec.entities.flatMap((entity, index) => {
    const name = [...stemsOf(entity.name)];
    const byOthers = (stem: string): boolean =>
      (mentions.get(stem) ?? 0) > (texts[index]?.has(stem) === true ? 1 : 0);
    if (name.length === 0 || name.some((stem) => used.has(stem) || byOthers(stem))) return [];
    return [
      finding(spec, ["SPEC_ENTITY_UNUSED", "info"], entity, [
        `The entity "${oneLine(entity.name, 40)}" is not mentioned by any story, requirement or criterion.`,
        "Write the requirement that needs it, or leave the entity out.",
      ]),
    ];
  });
};
