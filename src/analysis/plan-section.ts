import type { FilePlace } from "../core/place.ts";
import type { AnalysedPlan } from "./input.ts";
import type { Block, Section } from "./model.ts";
import { slugOf } from "./phrases.ts";

/** A part of a finding that is about one plan; its id ends with the plan's name. */
export const planSection = (
  { name }: AnalysedPlan,
  id: string,
  heading: string,
  blocks: readonly Block[],
): Section => ({ id: `${id}-${slugOf(name)}`, heading: `${heading}: ${name}`, blocks });

export const note = (text: string): Block => ({ kind: "note", text });

/** Where a task of the plan stands; nowhere for what is no task. */
export function placesOf({ plan }: AnalysedPlan): (key: string) => readonly FilePlace[] {
  const places = new Map(plan.tasks.map(({ key, place }) => [key, place]));
  return (key) => {
    const place = places.get(key);
    return place ? [place] : [];
  };
}
