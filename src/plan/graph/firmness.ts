import type { Origin } from "../model.ts";
import type { EdgeCause } from "./model.ts";

/** From what is least sure to what the author said: the softer gives way where edges contradict each other. */
const SOFTEST_FIRST: readonly Origin[] = [
  "inferred",
  "order",
  "story",
  "barrier",
  "part",
  "verification",
  "same-file",
  "sequential",
  "explicit",
];
const RANK = new Map(SOFTEST_FIRST.map((origin, rank) => [origin, rank]));

/** Guesses and the order of the document give way first, then all that is soft, then what is hard, by origin. */
export function firmness({ origin, strength }: EdgeCause): number {
  const rank = RANK.get(origin) ?? 0;
  const alwaysSoft = origin === "inferred" || origin === "order";
  return alwaysSoft || strength === "soft" ? rank : rank + SOFTEST_FIRST.length;
}
