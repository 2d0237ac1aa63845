import { int } from "./problem.ts";
import { both, lower, raise, type Narrowing, type Windows } from "./windows.ts";

/** A resource and who needs it; also a made-up one: those of whom no two run at once, on one unit. */
export interface Shared {
  readonly users: readonly User[];
  readonly capacity: number;
  /** Units that are not there from one tick to another; apart from each other. */
  readonly lost: readonly { readonly from: number; readonly to: number; readonly units: number }[];
}

interface User {
  readonly node: number;
  readonly duration: number;
  readonly units: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Energetic reasoning (Erschler and Lopez 1990; Baptiste, Le Pape and Nuijten 2001): what activities need of a resource between two ticks at
 * the very least must not be more than there is, and who would need too much there when it starts first or last does not.
 * O(ticks² × users) where ticks are those at which windows begin and end.
 */
export function narrowByEnergy(shared: Shared, windows: Windows): Narrowing {
  const { earliest, latest } = windows;
  const { users } = shared;
  const begins = new Set(users.flatMap(({ node }) => [int(earliest, node), int(latest, node)]));
  const ends = new Set(
    users.flatMap(({ node, duration }) => [
      int(earliest, node) + duration,
      int(latest, node) + duration,
    ]),
  );
  let result: Narrowing = "same";
  for (const from of begins)
    for (const to of ends) {
      if (to <= from) continue;
      const spare = spareIn(shared, windows, { from, to });
      if (spare < 0) return "impossible";
      for (const user of users) result = both(result, shift(user, windows, { from, to }, spare));
      if (result === "impossible") return result;
    }
  return result;
}

/** Units × ticks in a span that nobody needs for sure. */
function spareIn({ users, capacity, lost }: Shared, windows: Windows, span: Span): number {
  let spare = capacity * (span.to - span.from);
  for (const { from, to, units } of lost)
    spare -= units * Math.max(0, Math.min(to, span.to) - Math.max(from, span.from));
  for (const user of users) spare -= user.units * leastOverlap(user, windows, span);
  return spare;
}

/** The shortest that an activity can be in a span, as it is where it starts first or last. */
const leastOverlap = (user: User, { earliest, latest }: Windows, span: Span): number =>
  Math.min(
    overlap(user, int(earliest, user.node), span),
    overlap(user, int(latest, user.node), span),
  );

const overlap = ({ duration }: User, start: number, { from, to }: Span): number =>
  Math.max(0, Math.min(start + duration, to) - Math.max(start, from));

/**
 * Who would be in the span for longer than there is room when it starts first starts so late that it fits: to the right, its part in the span
 * only grows before it shrinks. The same from the other side.
 */
function shift(user: User, windows: Windows, span: Span, spare: number): Narrowing {
  const { node, duration, units } = user;
  const room = Math.floor(spare / units) + leastOverlap(user, windows, span);
  if (room >= Math.min(duration, span.to - span.from)) return "same";
  const isEarly = overlap(user, int(windows.earliest, node), span) > room;
  const isLate = overlap(user, int(windows.latest, node), span) > room;
  return both(
    isEarly ? raise(windows, node, span.to - room) : "same",
    isLate ? lower(windows, node, span.from + room - duration) : "same",
  );
}
