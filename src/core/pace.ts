/**
 * How many calls may be in flight at a provider, as far as it tells by refusing some (PX-11): additive increase,
 * multiplicative decrease (Chiu and Jain 1989, as in TCP), never below one. Pure: time is an argument.
 */
export type Pace = {
  /** At most so many at once; null as long as nothing was refused. */
  readonly allowed: number | null;
  /** One more with every cut. A call belongs to the epoch that it began in. */
  readonly epoch: number;
  /** Calls of this epoch that went well while all places were taken, since `allowed` last changed. */
  readonly fine: number;
  /** How many calls were in flight when one was refused last, and how often in a row it was at that number. */
  readonly wall: number | null;
  readonly hits: number;
  /** No call begins before, in milliseconds since the epoch. */
  readonly closedUntil: number;
  /** When a call last told how it went. */
  readonly toldAt: number;
};

export const NO_PACE: Pace = {
  allowed: null,
  epoch: 0,
  fine: 0,
  wall: null,
  hits: 0,
  closedUntil: 0,
  toldAt: 0,
};

/** How a call went, as far as the load is concerned. */
export type Verdict =
  | { readonly load: "fine" }
  | { readonly load: "refused"; readonly retryAfterMs?: number };

export interface Told {
  readonly verdict: Verdict;
  /** The epoch that the call began in. */
  readonly epoch: number;
  /** Calls in flight when it ended, itself included. */
  readonly running: number;
  /** The most that are ever allowed; null for no limit. */
  readonly limit: number | null;
  readonly now: number;
}

/** What is known of a provider that nobody asked for so long is of no use any more. */
export const FORGET_AFTER_MS = 15 * 60_000;
/**
 * Longest that all are kept from calling by one refusal. Who was refused waits as long as was asked, or is held when its
 * stage ends before; the others, who wait for a place, would never hear of it: they ask for themselves then.
 */
export const MOST_CLOSED_MS = 5 * 60_000;
/** A clock is put back where it is by more than this before what was told: less is two machines' or a correction's. */
const PUT_BACK_MS = 1_000;
/** Most windows that go well before a number that was refused is tried again. */
const MOST_WINDOWS = 32;

/**
 * The pace as it is now: one that was not told of for long is forgotten, but for its epoch. Where the clock was put back since, nobody
 * knows when the wait is over: it is over, and who is refused tells of it anew.
 */
export function paceAt(pace: Pace, now: number): Pace {
  if (now - pace.toldAt > FORGET_AFTER_MS && now >= pace.closedUntil)
    return { ...NO_PACE, epoch: pace.epoch };
  return pace.toldAt - now > PUT_BACK_MS ? { ...pace, closedUntil: 0 } : pace;
}

/** The pace after a call told how it went. */
export function paceAfter(before: Pace, told: Told): Pace {
  const pace = { ...paceAt(before, told.now), toldAt: told.now };
  return told.verdict.load === "fine" ? grown(pace, told) : cut(pace, told, told.verdict);
}

/**
 * Halved, rounded up, once for all calls that were refused in an epoch: those that began before the cut say nothing of
 * what is allowed since. The time to wait counts whoever is told it.
 */
function cut(pace: Pace, told: Told, { retryAfterMs = 0 }: { readonly retryAfterMs?: number }) {
  const closedMs = Math.min(retryAfterMs, MOST_CLOSED_MS);
  const closedUntil = Math.max(pace.closedUntil, told.now + closedMs);
  if (told.epoch !== pace.epoch) return { ...pace, closedUntil };
  const inFlight = Math.min(pace.allowed ?? told.running, told.limit ?? Infinity, told.running);
  const wall = Math.max(1, inFlight);
  return {
    ...pace,
    closedUntil,
    allowed: Math.ceil(wall / 2),
    epoch: pace.epoch + 1,
    fine: 0,
    wall,
    hits: wall === pace.wall ? pace.hits + 1 : 1,
  };
}

/**
 * One more after a window: as many calls that went well, with all places taken, as are allowed. Before the number that
 * was refused is tried again it takes more windows each time that this failed, so that a provider whose limit is fixed is seldom
 * asked for more than it takes. At the limit there is nothing left to hold back.
 */
function grown(pace: Pace, { epoch, running, limit }: Told): Pace {
  const { allowed, wall, hits } = pace;
  if (allowed === null || epoch !== pace.epoch || running < allowed) return pace;
  const fine = pace.fine + 1;
  const windows = allowed + 1 === wall ? Math.min(2 ** hits, MOST_WINDOWS) : 1;
  if (fine < allowed * windows) return { ...pace, fine };
  const past = wall !== null && allowed >= wall;
  const next = { ...pace, fine: 0, ...(past && { wall: null, hits: 0 }) };
  return limit !== null && allowed + 1 >= limit
    ? { ...next, allowed: null, wall: null, hits: 0 }
    : { ...next, allowed: allowed + 1 };
}

/** What became slower, for people; undefined when nothing did. */
export type Slowed = {
  /** How many at once before; null for as many as there were. */
  readonly from: number | null;
  readonly to: number | null;
  /** Nobody asks for so long, in milliseconds. */
  readonly closedMs: number;
};

/** A second call that is told the same wait a moment later changes nothing that anybody has to know. */
const NOTABLE_MS = 1_000;

export function slowedBy(before: Pace, after: Pace, now: number): Slowed | undefined {
  const longer = after.closedUntil - Math.max(before.closedUntil, now) > NOTABLE_MS;
  const from = paceAt(before, now).allowed;
  const fewer = after.epoch !== before.epoch && after.allowed !== from;
  if (!fewer && !longer) return undefined;
  return { from, to: after.allowed, closedMs: Math.max(0, after.closedUntil - now) };
}
