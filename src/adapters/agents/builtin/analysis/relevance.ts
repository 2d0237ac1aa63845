/** How much of one text's subject is in another, 0 to 1. */
export interface Relevance {
  /** Weight of a term: rare ones in this spec say more (inverse document frequency, Spärck Jones 1972). */
  weight(term: string): number;
  /** Share of `part`'s weight that is found in `whole`. */
  containment(part: ReadonlySet<string>, whole: ReadonlySet<string>): number;
  /** Shared weight over the geometric mean of both weights: alike in size and subject. */
  likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number;
}

/** Measure relevance within one spec: `texts` are the term sets of all its items. */
export function createRelevance(texts: readonly ReadonlySet<string>[]): Relevance {
  const frequency = new Map<string, number>();
  for (const terms of texts)
    for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const weight = (term: string): number =>
    Math.log(1 + texts.length / (1 + (frequency.get(term) ?? 0)));
  const total = (terms: ReadonlySet<string>): number => {
    let sum = 0;
    for (const term of terms) sum += weight(term);
    return sum;
  };
  const shared = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
    let sum = 0;
    for (const term of a) if (b.has(term)) sum += weight(term);
    return sum;
  };
  return {
    weight,
    containment: (part, whole) => (part.size === 0 ? 0 : shared(part, whole) / (total(part) || 1)),
    likeness: (a, b) => shared(a, b) / (Math.sqrt(total(a) * total(b)) || 1),
  };
}

/** How many terms two sets share. */
export const sharedCount = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let count = 0;
  for (const term of a) if (b.has(term)) count++;
  return count;
};
