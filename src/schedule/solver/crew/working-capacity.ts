import type { Calendar } from "./calendar.ts";
import { int } from "../problem.ts";

/** Ends of absences up to which a set's capacity over time is worth its sums. */
const MOST_EDGES = 200_000;

/**
 * When so many can have done so much at the earliest, all of them always busy: (tick, units × ticks) → tick. `calendars` say when the units are
 * away, some of them or all; left out if absences are too many.
 */
export function workingCapacity(
  units: number,
  calendars: readonly (Calendar | undefined)[],
): (from: number, work: number) => number {
  const edges = edgesOf(calendars);
  if (edges.length === 0) return (from, work) => from + Math.ceil(work / units - 1e-9);
  const ticks = Float64Array.from(edges, ({ tick }) => tick);
  const rates = new Float64Array(edges.length);
  const done = new Float64Array(edges.length);
  let rate = units;
  for (const [at, { tick, change }] of edges.entries()) {
    const before = edges[at - 1];
    done[at] = before ? (done[at - 1] ?? 0) + (tick - before.tick) * rate : tick * rate;
    rate += change;
    rates[at] = rate;
  }
  const doneBy = (tick: number): number => {
    const at = lastNotAbove(ticks, tick);
    return at < 0 ? tick * units : (done[at] ?? 0) + (tick - (ticks[at] ?? 0)) * (rates[at] ?? 0);
  };
  return (from, work) => {
    const target = doneBy(from) + work;
    // The last edge before which less has been done; after it somebody works, or the next one would be it.
    const at = lastBelow(done, target - 1e-6);
    if (at < 0) return Math.max(from, Math.ceil(target / units - 1e-9));
    const rest = (target - (done[at] ?? 0)) / Math.max(1, rates[at] ?? 0);
    return Math.max(from, (ticks[at] ?? 0) + Math.ceil(rest - 1e-9));
  };
}

/** When how many more or fewer people work than before, the earliest first. */
function edgesOf(
  calendars: readonly (Calendar | undefined)[],
): readonly { readonly tick: number; readonly change: number }[] {
  const counts = new Map<Calendar, number>();
  for (const calendar of calendars)
    if (calendar) counts.set(calendar, (counts.get(calendar) ?? 0) + 1);
  let sum = 0;
  for (const { from } of counts.keys()) sum += 2 * from.length;
  if (sum > MOST_EDGES) return [];
  const changes = new Map<number, number>();
  const add = (tick: number, change: number): void =>
    void changes.set(tick, (changes.get(tick) ?? 0) + change);
  for (const [{ from, to }, count] of counts)
    for (let at = 0; at < from.length; at++) {
      add(int(from, at), -count);
      add(int(to, at), count);
    }
  return [...changes]
    .map(([tick, change]) => ({ tick, change }))
    .toSorted((one, other) => one.tick - other.tick);
}

/** The last place with a value that is not above; -1 if all are. */
const lastNotAbove = (sorted: Float64Array, value: number): number =>
  lastWhere(sorted, (one) => one <= value);

const lastBelow = (sorted: Float64Array, value: number): number =>
  lastWhere(sorted, (one) => one < value);

function lastWhere(sorted: Float64Array, isLow: (one: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isLow(sorted[middle] ?? 0)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
