import type { VerbKind } from "./verbs-lexicon.ts";

const WORDS: Partial<Record<VerbKind, string>> = {
  create: "sign up, set up, check in, fill in, fill out, write down",
  read: "look up, print out, list out",
  update:
    "hand out, hand over, hand in, take back, bring back, give back, give out, send back, pay back, pay out, check out, pick up, opt in, opt out, swap out, mark off, tick off, roll back, back up, lock out",
  delete: "take down, clean up, clear out, turn off, switch off, shut down, sign off",
  run: "kick off, start up, turn on, switch on, carry out, log off",
  access: "sign in, log in, sign out, log out",
};

const KINDS: ReadonlyMap<string, VerbKind> = new Map(
  Object.entries(WORDS).flatMap(([kind, words]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.entries widens the keys it was given
    words.split(", ").map((phrase): [string, VerbKind] => [phrase, kind as VerbKind]),
  ),
);

/** Words that stand for the thing named before. */
export const PRONOUN = /^(?:it|them|him|her|these|those|ones|one|each)$/i;

const baseForms = (word: string): readonly string[] => {
  const lower = word.toLowerCase();
  return [lower, lower.replace(/ies$/, "y"), lower.replace(/es$/, ""), lower.replace(/s$/, "")];
};

/** A verb of two words, like `hand out` or `sign in`, in its base form; its particle is `particle`. */
export interface PhrasalVerb {
  readonly verb: string;
  readonly kind: VerbKind;
  readonly particle: string;
}

/** The two-word verb that a word and its particle make; undefined when they make none. */
export function phrasalOf(
  word: string | undefined,
  particle: string | undefined,
): PhrasalVerb | undefined {
  if (word === undefined || particle === undefined) return undefined;
  for (const base of baseForms(word)) {
    const verb = `${base} ${particle.toLowerCase()}`;
    const kind = KINDS.get(verb);
    if (kind !== undefined) return { verb, kind, particle: particle.toLowerCase() };
  }
  return undefined;
}

/** Particles of two-word verbs. */
export const PARTICLES: ReadonlySet<string> = new Set(
  [...KINDS.keys()].map((phrase) => phrase.split(" ")[1] ?? ""),
);
