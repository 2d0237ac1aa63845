import type { Judge } from "../stage/judged.ts";

/** What a metric comes to. Nothing recorded is never a zero: it is said why there is no figure. */
export type Measured =
  /** A sum, or a share as a fraction of 1, over `samples` things. */
  | {
      readonly is: "figure";
      readonly value: number;
      readonly samples: number;
      readonly missing?: number;
    }
  /** Many values: half are at most `p50`, 95 of 100 at most `p95`. */
  | {
      readonly is: "spread";
      readonly p50: number;
      readonly p95: number;
      readonly total: number;
      readonly samples: number;
    }
  /** How often each word was recorded. */
  | { readonly is: "words"; readonly counts: Readonly<Record<string, number>> }
  /** Nothing to measure: there was none of what it is about, or it was not recorded. */
  | { readonly is: "nothing"; readonly because: string }
  /** It was recorded that somebody could not say. */
  | { readonly is: "unknown"; readonly because: string }
  /** Asked for, and nobody answered. */
  | { readonly is: "not-judged"; readonly judge: JudgedBy };

export type JudgedBy = Judge | "agent";

export const nothing = (because: string): Measured => ({ is: "nothing", because });

/** `part` of `whole`; nothing where there is no whole. */
export const share = (part: number, whole: number, noneBecause: string): Measured =>
  whole === 0 ? nothing(noneBecause) : { is: "figure", value: part / whole, samples: whole };

export const total = (values: readonly number[], noneBecause: string): Measured =>
  values.length === 0
    ? nothing(noneBecause)
    : {
        is: "figure",
        value: values.reduce((sum, value) => sum + value, 0),
        samples: values.length,
      };

export function spread(values: readonly number[], noneBecause: string): Measured {
  if (values.length === 0) return nothing(noneBecause);
  const sorted = values.toSorted((a, b) => a - b);
  return {
    is: "spread",
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    total: sorted.reduce((sum, value) => sum + value, 0),
    samples: sorted.length,
  };
}

/** Nearest rank: a value that was really measured. */
const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;

export function words(said: readonly string[], noneBecause: string): Measured {
  if (said.length === 0) return nothing(noneBecause);
  const counts = new Map<string, number>();
  for (const word of said) counts.set(word, (counts.get(word) ?? 0) + 1);
  const order = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return { is: "words", counts: Object.fromEntries(order) };
}

/** The mean of scores that somebody gave. */
export const judged = (scores: readonly number[], judge: JudgedBy): Measured =>
  scores.length === 0
    ? { is: "not-judged", judge }
    : {
        is: "figure",
        value: scores.reduce((sum, score) => sum + score, 0) / scores.length,
        samples: scores.length,
      };
