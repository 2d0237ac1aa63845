import type { Spec } from "./model.ts";

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

/** The ids that a plan must address: requirements, then success criteria, each in the order of the file. */
export const specIds = (spec: Spec): readonly string[] =>
  unique([...spec.requirements, ...spec.criteria].map(({ id }) => id));

/** Every id that the spec defines: those of `specIds` and the stories'. */
export const knownIds = (spec: Spec): ReadonlySet<string> =>
  new Set([...specIds(spec), ...spec.stories.map(({ id }) => id)]);
