import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FORGET_AFTER_MS,
  MOST_CLOSED_MS,
  NO_PACE,
  paceAfter,
  paceAt,
  slowedBy,
  type Pace,
  type Told,
} from "../../../src/core/pace.ts";

const fine = { load: "fine" } as const;
const refused = { load: "refused" } as const;
const told = (over: Partial<Told> = {}): Told => ({
  verdict: refused,
  epoch: 0,
  running: 8,
  limit: null,
  now: 1_000,
  ...over,
});

const wait = (retryAfterMs: number) => told({ verdict: { ...refused, retryAfterMs } });

const at = (allowed: number, over: Partial<Pace> = {}): Pace => ({
  ...NO_PACE,
  allowed,
  epoch: 3,
  toldAt: 1_000,
  ...over,
});
const after = (pace: Pace, calls: number, over: Partial<Told> = {}) => {
  let now = pace;
  for (let call = 0; call < calls; call++) {
    const running = now.allowed ?? 9;
    now = paceAfter(now, told({ verdict: fine, epoch: 3, running, ...over }));
  }
  return now;
};

describe("a burst", () => {
  test("of calls that began before the cut counts once", () => {
    let pace = NO_PACE;
    for (let running = 8; running > 2; running--) pace = paceAfter(pace, told({ running }));
    expect(pace).toMatchObject({ allowed: 4, epoch: 1, wall: 8 });
    expect(paceAfter(pace, told({ epoch: 1, running: 4 }))).toMatchObject({ allowed: 2, epoch: 2 });
  });
  test("each of them may make the wait longer, none shorter", () => {
    const one = paceAfter(NO_PACE, wait(5_000));
    const two = paceAfter(one, wait(9_000));
    const three = paceAfter(two, wait(1_000));
    expect([one, two, three].map(({ closedUntil }) => closedUntil)).toEqual([
      6_000, 10_000, 10_000,
    ]);
    expect(three.allowed).toBe(4);
    expect(slowedBy(NO_PACE, one, 1_000)).toEqual({ from: null, to: 4, closedMs: 5_000 });
    expect(slowedBy(one, two, 1_000)).toEqual({ from: 4, to: 4, closedMs: 9_000 });
    expect(slowedBy(two, three, 1_000)).toBeUndefined();
    // At one there is nothing to tell but a longer wait.
    const floor = { ...NO_PACE, allowed: 1, toldAt: 1_000 };
    const again = paceAfter(floor, told({ running: 1 }));
    expect(again).toMatchObject({ allowed: 1, epoch: 1 });
    expect(slowedBy(floor, again, 1_000)).toBeUndefined();
  });
});

test("a wait of a day, as of a used-up plan, keeps those who wait for a place from nothing but minutes", () => {
  const closed = paceAfter(NO_PACE, wait(24 * 3_600_000));
  expect(closed.closedUntil).toBe(1_000 + MOST_CLOSED_MS);
});

describe("growth", () => {
  test("is one after a window of calls that went well", () => {
    expect(after(at(2), 1).allowed).toBe(2);
    expect(after(at(2), 2).allowed).toBe(3);
    expect(after(at(2), 5).allowed).toBe(4);
  });
  test("needs all places taken, and calls of this epoch", () => {
    expect(after(at(2), 10, { running: 1 }).allowed).toBe(2);
    expect(after(at(2), 10, { epoch: 2 }).allowed).toBe(2);
  });
  test("is slower each time towards a number that was refused", () => {
    expect(after(at(2, { wall: 3, hits: 1 }), 3).allowed).toBe(2);
    expect(after(at(2, { wall: 3, hits: 1 }), 4).allowed).toBe(3);
    expect(after(at(2, { wall: 3, hits: 2 }), 7).allowed).toBe(2);
    expect(after(at(2, { wall: 3, hits: 2 }), 8).allowed).toBe(3);
    expect(after(at(2, { wall: 3, hits: 99 }), 64).allowed).toBe(3);
    // Past it, it is no wall any more.
    expect(after(at(3, { wall: 3, hits: 2 }), 3)).toMatchObject({ allowed: 4, wall: null });
  });
  test("ends at the configured limit: nothing is held back any more", () => {
    expect(after(at(2), 2, { limit: 3 })).toMatchObject({ allowed: null, epoch: 3 });
  });
});

test("what nobody asked for long is forgotten, but not who began before", () => {
  const pace = paceAfter(NO_PACE, told());
  const later = 1_000 + FORGET_AFTER_MS;
  expect(paceAt(pace, later)).toBe(pace);
  expect(paceAt(pace, later + 1)).toEqual({ ...NO_PACE, epoch: 1 });
  expect(paceAfter(pace, told({ now: later + 1 }))).toMatchObject({ allowed: null, epoch: 1 });
});

const verdicts = fc.array(
  fc.record({
    ok: fc.boolean(),
    behind: fc.integer({ min: 0, max: 2 }),
    running: fc.integer({ min: 1, max: 20 }),
    retryAfterMs: fc.integer({ min: 0, max: 5_000 }),
    later: fc.integer({ min: 0, max: 10_000 }),
  }),
  { maxLength: 200 },
);

test("whatever is told: at least one, at most the limit, up by one, never longer closed than asked", () => {
  fc.assert(
    fc.property(verdicts, fc.option(fc.integer({ min: 1, max: 12 })), (calls, limit) => {
      let pace: Pace = NO_PACE;
      let now = 0;
      let asked = 0;
      for (const { ok, behind, running, retryAfterMs, later } of calls) {
        now += later;
        const verdict = ok ? fine : { ...refused, retryAfterMs };
        const epoch = Math.max(0, pace.epoch - behind);
        const next = paceAfter(pace, { verdict, epoch, running, limit, now });
        if (!ok) asked = Math.max(asked, now + retryAfterMs);
        if (next.allowed !== null) {
          expect(next.allowed).toBeGreaterThanOrEqual(1);
          expect(next.allowed).toBeLessThanOrEqual(limit ?? Infinity);
          if (ok) expect(next.allowed).toBeLessThanOrEqual((pace.allowed ?? 0) + 1);
          if (epoch < pace.epoch)
            expect(next.allowed).toBeLessThanOrEqual(pace.allowed ?? Infinity);
        }
        expect(next.epoch - pace.epoch).toBe(!ok && epoch === pace.epoch ? 1 : 0);
        expect(next.closedUntil).toBeLessThanOrEqual(asked);
        pace = next;
      }
    }),
  );
});

test("a wait that was told before the clock was put back is over; one by a clock that is a little behind is not", () => {
  const now = 4_000_000;
  const pace = paceAfter(NO_PACE, { ...wait(5_000), now });
  expect(paceAt(pace, now - 500).closedUntil).toBe(now + 5_000);
  expect(paceAt(pace, now - 3_600_000)).toEqual({ ...pace, closedUntil: 0 });
  const anew = paceAfter(pace, { ...wait(2_000), now: now - 3_600_000 });
  expect(anew.closedUntil).toBe(402_000);
});

/** A provider that takes `room` calls at once, and `callers` that always have one more; a call takes one beat, a refusal none. */
function simulate(room: number, callers: number, beats: number) {
  let pace: Pace = NO_PACE;
  let served = 0;
  let refusals = 0;
  for (let now = 0; now < beats; now++) {
    const begun = Math.min(callers, pace.allowed ?? callers);
    const { epoch } = pace;
    for (let over = room; over < begun; over++) {
      refusals += 1;
      pace = paceAfter(pace, told({ epoch, running: begun, now }));
    }
    const good = Math.min(begun, room);
    served += good;
    for (let call = 0; call < good; call++)
      pace = paceAfter(pace, told({ verdict: fine, epoch, running: begun, now }));
  }
  return { served, refusals };
}

test("whatever a provider takes, most of it is used, and few calls are refused", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 16 }),
      (room, callers) => {
        const beats = 400;
        const { served, refusals } = simulate(room, callers, beats);
        expect(served / (beats * Math.min(room, callers))).toBeGreaterThan(0.8);
        expect(refusals / (served + refusals)).toBeLessThan(0.2);
      },
    ),
  );
});
