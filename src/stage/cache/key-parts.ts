import type { KeyParts } from "../../core/cache-note.ts";

/** Parts that are digests of texts which are kept by hash, so that a change can be shown line by line. */
export const INPUT = "input ";
export const INSTRUCTIONS = "instructions";

/** The text whose SHA-256 is the key: parts by name, in one order, none to be mistaken for another. */
export const canonical = (parts: KeyParts): string =>
  JSON.stringify(
    Object.keys(parts)
      .toSorted()
      .map((name) => [name, parts[name]]),
  );

/** One part of two keys; null where a key has no such part. */
export interface PartPair {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** All parts of two keys by name, those of the later key first, in its order. */
export function pairParts(before: KeyParts, after: KeyParts): readonly PartPair[] {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return names.map((name) => ({
    name,
    before: Object.hasOwn(before, name) ? (before[name] ?? null) : null,
    after: Object.hasOwn(after, name) ? (after[name] ?? null) : null,
  }));
}

export const changedParts = (before: KeyParts, after: KeyParts): readonly PartPair[] =>
  pairParts(before, after).filter((part) => part.before !== part.after);

/** The earlier key that differs in the fewest parts; of equals the first. */
export function nearestKey<T extends { readonly parts: KeyParts }>(
  parts: KeyParts,
  earlier: readonly T[],
): T | undefined {
  let nearest: { readonly one: T; readonly differences: number } | undefined;
  for (const one of earlier) {
    const differences = changedParts(one.parts, parts).length;
    if (!nearest || differences < nearest.differences) nearest = { one, differences };
  }
  return nearest?.one;
}
