import { int, type Drop, type Problem } from "./problem.ts";

/** What is free of each resource before anything is taken: its capacity, less the drops. */
export interface FreeAt {
  /** Ticks at which it changes, ascending; before the first and from the last on all of the capacity is there. */
  readonly ticks: Int32Array;
  /** From `ticks[i]` on, of resource r: `units[i × resources + r]`. */
  readonly units: Int32Array;
}

const NONE: FreeAt = { ticks: new Int32Array(0), units: new Int32Array(0) };

/** @returns what is free from the beginning of time, or, with an anchor, from that tick backwards */
export function freeAt(problem: Problem): (anchor: number | undefined) => FreeAt {
  if (problem.drops.length === 0) return () => NONE;
  const forward = levelsOf(problem, problem.drops);
  return (anchor) =>
    anchor === undefined
      ? forward
      : levelsOf(
          problem,
          problem.drops.map((drop) => ({
            ...drop,
            from: anchor - drop.to,
            to: anchor - drop.from,
          })),
        );
}

function levelsOf({ capacities }: Problem, drops: readonly Drop[]): FreeAt {
  const kinds = capacities.length;
  const seen = drops
    .filter(({ from, to }) => to > Math.max(0, from))
    .map((drop) => ({ ...drop, from: Math.max(0, drop.from) }));
  const ticks = Int32Array.from(new Set(seen.flatMap(({ from, to }) => [from, to]))).toSorted();
  const index = new Map(Array.from(ticks, (tick, at) => [tick, at]));
  const units = new Int32Array(ticks.length * kinds);
  for (let at = 0; at < ticks.length; at++) units.set(capacities, at * kinds);
  for (const { resource, from, to, units: lost } of seen)
    for (let at = index.get(from) ?? 0; at < (index.get(to) ?? 0); at++)
      units[at * kinds + resource] = Math.max(0, int(units, at * kinds + resource) - lost);
  return { ticks, units };
}
