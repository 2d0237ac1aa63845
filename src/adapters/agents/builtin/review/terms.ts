import { termsOf } from "../text/terms.ts";

/** Terms that two texts share, in the first one's order. */
export function sharedTerms(a: string, b: string): readonly string[] {
  const other = termsOf(b);
  return [...termsOf(a)].filter((term) => other.has(term));
}

export interface Match<T> {
  readonly item: T;
  readonly terms: readonly string[];
}

/** Of several candidates the one that shares most terms with the text, if it shares at least `least`; first one wins. */
export function closest<T>(
  text: string,
  candidates: readonly T[],
  describe: (candidate: T) => string,
  least = 2,
): Match<T> | undefined {
  let best: Match<T> | undefined;
  for (const item of candidates) {
    const terms = sharedTerms(text, describe(item));
    if (terms.length >= least && terms.length > (best?.terms.length ?? 0)) best = { item, terms };
  }
  return best;
}
