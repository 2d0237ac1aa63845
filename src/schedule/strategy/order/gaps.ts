import type { Gap } from "../timeline.ts";

/**
 * Work that stops where its people are away and goes on when they are back: it begins when the first of them is there, and lasts until
 * the last of them is done, so only where all are away it stands still.
 */
export interface Gaps {
  /** The first position at or after this one that is in no gap. */
  enter(position: number): number;
  /** Where so much work that begins at a position outside of gaps ends. */
  advance(start: number, work: number): number;
  /** The latest position from which so much work is done by `end`. */
  retreat(end: number, work: number): number;
  /** Minutes of work between two positions. */
  workBetween(from: number, to: number): number;
}

/** Of people who are there all the time. */
export const NO_GAPS: Gaps = {
  enter: (position) => position,
  advance: (start, work) => start + work,
  retreat: (end, work) => end - work,
  workBetween: (from, to) => to - from,
};

/** `absences`: of each person, in order and apart. Each operation takes O(log absences). */
export function gapsOf(absences: readonly (readonly Gap[])[]): Gaps {
  const list = commonTo(absences);
  if (list.length === 0) return NO_GAPS;
  const from = Float64Array.from(list, (gap) => gap.from);
  /** Minutes lost before each gap, and work done when it begins. */
  const lost = new Float64Array(list.length + 1);
  list.forEach((gap, index) => (lost[index + 1] = (lost[index] ?? 0) + gap.to - gap.from));
  const done = Float64Array.from(list, (gap, index) => gap.from - (lost[index] ?? 0));
  const workedUntil = (position: number): number => {
    const before = below(from, position);
    const worked = position - (lost[before] ?? 0);
    // Within the last gap that has begun nothing more is done than when it began.
    return before > 0 ? Math.max(worked, done[before - 1] ?? 0) : worked;
  };
  return {
    enter: (position) => {
      const index = atMost(from, position) - 1;
      return index >= 0 ? Math.max(position, list[index]?.to ?? 0) : position;
    },
    advance: (start, work) => {
      if (work <= 0) return start;
      const target = workedUntil(start) + work;
      return target + (lost[below(done, target)] ?? 0);
    },
    retreat: (end, work) => {
      const target = workedUntil(end) - work;
      return work <= 0 ? end : target + (lost[atMost(done, target)] ?? 0);
    },
    workBetween: (start, end) => Math.max(0, workedUntil(end) - workedUntil(start)),
  };
}

/** How many of the ascending values are less than this one. */
function below(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending values are at most this one. */
function atMost(values: Float64Array, value: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is in all of the lists. */
function commonTo(lists: readonly (readonly Gap[])[]): readonly Gap[] {
  const [first = [], ...others] = lists;
  return others.reduce((common, list) => {
    const both: Gap[] = [];
    for (let [one, other] = [0, 0]; one < common.length && other < list.length;) {
      const [a, b] = [common[one], list[other]];
      if (!a || !b) break;
      const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
      if (from < to) both.push({ from, to });
      if (a.to < b.to) one++;
      else other++;
    }
    return both;
  }, first);
}
