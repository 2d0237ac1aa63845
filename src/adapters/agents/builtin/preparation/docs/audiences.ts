import { actorName } from "../../architecture/operations.ts";
import { audienceOf } from "../../synthesis/audience.ts";
import { plural, singular, stem, wordsOf } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";

/** Somebody the spec names as acting. */
export interface Audience {
  /** `Members`. */
  readonly name: string;
  /** Stem of the word for one of them. */
  readonly key: string;
}

const keyOf = (name: string): string => stem(wordsOf(singular(name)).at(-1) ?? name);

/** `User`, `Users` and "signed-in user" are one. Who only `somebody` is names no reader. */
const NOBODY = /^(?:somebody|someone|anyone|anybody|nobody|they|it|who|he|she)$/i;

/** Who acts by the spec, most often named first. */
export function audiencesOf({ spec, around }: Basis): readonly Audience[] {
  const actors = around.demands.flatMap(({ actions }) =>
    actions.flatMap(({ actor }) => actor ?? []),
  );
  const names = [...audienceOf(spec), ...actors.map((actor) => actor.toLowerCase())];
  const found = new Map<string, Audience>();
  for (const name of names) {
    const key = keyOf(name);
    if (key.length < 3 || /\band\b|,/.test(name) || NOBODY.test(name) || name.split(" ").length > 3)
      continue;
    if (!found.has(key)) found.set(key, { name: plural(actorName(name)), key });
  }
  return [...found.values()];
}
