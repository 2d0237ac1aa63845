import { int, type Problem } from "./problem.ts";
import { both, lower, raise, type Narrowing, type Windows } from "./windows.ts";

/** Pairs of activities that cannot run at the same time, because together they need more of a resource than there is: 2 numbers for each. */
export function incompatiblePairs(problem: Problem): Int32Array {
  const { size, durations, capacities } = problem;
  const rows = capacities.reduce<Int32Array[]>((list) => [...list, new Int32Array(size)], []);
  for (let node = 0; node < size; node++)
    for (
      let slot = int(problem.demands.starts, node);
      slot < int(problem.demands.starts, node + 1);
      slot++
    ) {
      const row = rows[int(problem.demands.resources, slot)];
      if (row && int(durations, node) > 0) row[node] = int(problem.demands.amounts, slot);
    }
  const pairs: number[] = [];
  for (let one = 0; one < size; one++)
    for (let other = one + 1; other < size; other++)
      if (
        rows.some((row, kind) => isTooMuch(int(row, one), int(row, other), int(capacities, kind)))
      )
        pairs.push(one, other);
  return Int32Array.from(pairs);
}

const isTooMuch = (one: number, other: number, capacity: number): boolean =>
  one > 0 && other > 0 && one + other > capacity;

/** Of two that cannot run at the same time, the one that cannot be first is second (Carlier and Pinson 1989: immediate selection). */
export function narrowByPairs(
  { durations }: Problem,
  pairs: Int32Array,
  windows: Windows,
): Narrowing {
  const { earliest, latest } = windows;
  const canPrecede = (one: number, other: number): boolean =>
    int(earliest, one) + int(durations, one) <= int(latest, other);
  const order = (first: number, second: number): Narrowing =>
    both(
      raise(windows, second, int(earliest, first) + int(durations, first)),
      lower(windows, first, int(latest, second) - int(durations, first)),
    );
  let result: Narrowing = "same";
  for (let at = 0; at < pairs.length; at += 2) {
    const [one, other] = [int(pairs, at), int(pairs, at + 1)];
    const [isFirst, isSecond] = [canPrecede(one, other), canPrecede(other, one)];
    if (!isFirst && !isSecond) return "impossible";
    if (!isSecond) result = both(result, order(one, other));
    else if (!isFirst) result = both(result, order(other, one));
  }
  return result;
}

/** Sets of activities of which no two run at the same time: for each activity a set with it, the longest first; doubles left out. */
export function cliques({ size, durations }: Problem, pairs: Int32Array): readonly number[][] {
  const neighbours = Array.from({ length: size }, () => new Set<number>());
  for (let at = 0; at < pairs.length; at += 2) {
    neighbours[int(pairs, at)]?.add(int(pairs, at + 1));
    neighbours[int(pairs, at + 1)]?.add(int(pairs, at));
  }
  const byDuration = Array.from({ length: size }, (_, node) => node).toSorted(
    (one, other) => int(durations, other) - int(durations, one) || one - other,
  );
  const found = new Map<string, number[]>();
  for (const seed of byDuration) {
    const members = [seed];
    for (const node of byDuration)
      if (members.every((member) => neighbours[member]?.has(node))) members.push(node);
    if (members.length > 2) found.set(members.toSorted((a, b) => a - b).join(), members);
  }
  const total = (members: readonly number[]): number =>
    members.reduce((sum, node) => sum + int(durations, node), 0);
  return [...found.values()].toSorted((one, other) => total(other) - total(one));
}
