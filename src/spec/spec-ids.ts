import type { Spec } from "./model.ts";

/** Every id that the spec defines or begins an item with, as it writes them. */
export const knownIds = (spec: Spec): ReadonlySet<string> =>
  new Set(
    [...spec.requirements, ...spec.criteria, ...spec.stories, ...spec.loose].map(({ id }) => id),
  );
