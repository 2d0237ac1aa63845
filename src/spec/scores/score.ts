/** One counted property of the input and what it adds to a score. */
export interface ScorePart {
  /** Stable, kebab-case. */
  readonly name: string;
  /** What was counted, for people: `19 requirements`. */
  readonly counted: string;
  /** How much of its weight this part takes, 0 to 1. */
  readonly share: number;
  /** Most points it can add; the weights of a score sum to 100. */
  readonly weight: number;
}

/** A figure from 0 to 100 (ST-16) with the parts that it is the sum of. */
export interface Score {
  /** Rounded sum of the parts' points. */
  readonly value: number;
  readonly parts: readonly ScorePart[];
}

/** The score that parts make. Throws when their weights do not sum to 100: the formula itself is wrong then. */
export function scoreOf(parts: readonly ScorePart[]): Score {
  const weights = parts.reduce((sum, part) => sum + part.weight, 0);
  if (weights !== 100) throw new Error(`weights sum to ${weights}`);
  const points = parts.reduce((sum, part) => sum + part.weight * part.share, 0);
  return { value: Math.round(points), parts };
}

/**
 * A share that grows with a count and never reaches 1: one half at `typical`, two thirds at twice, nine tenths at nine
 * times as much. So no single property decides a score, and more is always more.
 */
export const growing = (count: number, typical: number): number => count / (count + typical);

/**
 * The same with its middle spread out: one half at `typical`, one fifth at half of it, four fifths at twice, nine tenths at
 * three times as much. For properties of which half as much or twice as much makes another kind of work.
 */
export const spreading = (count: number, typical: number): number =>
  count ** 2 / (count ** 2 + typical ** 2);

/** The part of `all` that is `some`; `empty` when there is nothing to take a part of. */
export const shareOf = (some: number, all: number, empty: number): number =>
  all === 0 ? empty : some / all;

/** `1 story`, `2 stories`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
