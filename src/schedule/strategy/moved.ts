import type { Booking, Schedule } from "../project/schedule.ts";
import type { Timeline } from "./timeline.ts";

/** In instants. */
export interface Placed {
  readonly start: number;
  readonly end: number;
  readonly people: readonly string[];
}

/** Where an activity is now and was before, in instants. */
export interface Moved {
  readonly activity: string;
  readonly kind: "moved" | "added" | "dropped";
  readonly before?: Placed;
  readonly after?: Placed;
  /** Minutes of working time that its end is later; negative is sooner. */
  readonly by: number;
}

/** All that differs between two schedules, in the order of the new one, what is dropped last. `timeline` is the old one's. */
export function moves(before: Schedule, after: Schedule, timeline: Timeline): readonly Moved[] {
  const old = new Map(before.bookings.map((booking) => [booking.activity, booking]));
  const present = new Set(after.bookings.map(({ activity }) => activity));
  const told = after.bookings.flatMap((booking): readonly Moved[] => {
    const was = old.get(booking.activity);
    if (!was)
      return [{ activity: booking.activity, kind: "added", after: placeOf(booking), by: 0 }];
    if (
      was.start === booking.start &&
      was.end === booking.end &&
      sameIds(was.people, booking.people)
    )
      return [];
    return [
      {
        activity: booking.activity,
        kind: "moved",
        before: placeOf(was),
        after: placeOf(booking),
        by: timeline.minuteOf(booking.end) - timeline.minuteOf(was.end),
      },
    ];
  });
  const dropped = before.bookings.flatMap((booking): readonly Moved[] =>
    present.has(booking.activity)
      ? []
      : [{ activity: booking.activity, kind: "dropped", before: placeOf(booking), by: 0 }],
  );
  return [...told, ...dropped];
}

const placeOf = ({ start, end, people }: Booking): Placed => ({ start, end, people });

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);
