import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import type { Usage } from "../../../src/core/event.ts";
import { capsOf } from "../../../src/stage/budget/cap.ts";
import {
  EMPTY_LEDGER,
  raiseCaps,
  reserve,
  settle,
  type CallKey,
  type Ledger,
  type Need,
} from "../../../src/stage/budget/ledger.ts";

export const RUN = { stage: null, role: null } as const;
export const UNKNOWN: Usage = {
  inputTokens: "unknown",
  outputTokens: "unknown",
  costUsd: "unknown",
};
export const used = (tokens: number, usd: number): Usage => ({
  inputTokens: tokens,
  outputTokens: 0,
  costUsd: usd,
});
export const key = (call: string, role = "risk"): CallKey => ({
  call,
  stage: "planning",
  role,
  agent: "claude",
});
export const need = (tokens: number, usd: number): Need => ({ tokens, microUsd: usd * 1e6 });
export const ledgerOf = (...args: Parameters<typeof capsOf>): Ledger => ({
  ...EMPTY_LEDGER,
  caps: capsOf(...args),
});

/** One thing that happens to one of twelve calls; what it used as a part of what was reserved, or nobody says. */
export const call = fc.nat(11);
export const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ is: fc.constant("launch" as const), call }) },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant("end" as const),
      call,
      part: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("crash" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant("raise" as const),
      by: fc.integer({ min: 1, max: 50 }),
    }),
  },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** A run whose calls are launched, end and die as it is told; the ledger is all that survives a crash. */
export class World {
  ledger: Ledger;
  readonly inFlight = new Set<number>();
  readonly ended = new Set<number>();
  readonly #sizes: readonly number[];

  constructor(ledger: Ledger, sizes: readonly number[]) {
    this.ledger = ledger;
    this.#sizes = sizes;
  }

  size(number: number): number {
    return this.#sizes[number] ?? 1;
  }

  launch(number: number): void {
    if (this.inFlight.has(number) || this.ended.has(number)) return;
    const of = keyOf(number);
    const dead = this.ledger.calls.some((record) => record.call === of.call);
    const left = roomFor(this.ledger, of);
    const verdict = reserve(this.ledger, of, need(this.size(number), 0));
    // A dead attempt that is begun again has its reservation; all others only if there is room.
    equal(verdict.verdict === "granted", dead || this.size(number) <= left);
    if (verdict.verdict !== "granted") return;
    if (dead) equal(verdict.ledger, this.ledger);
    this.ledger = verdict.ledger;
    this.inFlight.add(number);
  }

  end(number: number, part: number | null): void {
    if (!this.inFlight.delete(number)) return;
    this.ended.add(number);
    const tokens = part === null ? null : Math.floor((this.size(number) * part) / 100);
    const usage = tokens === null ? UNKNOWN : used(tokens, 0);
    const end = { starts: 1, usage, price: null };
    this.ledger = settle(this.ledger, keyOf(number), end);
    deepEqual(settle(this.ledger, keyOf(number), end), this.ledger);
    const settled = this.ledger.calls.find((one) => one.call === keyOf(number).call)?.settled;
    equal(settled?.tokens, tokens ?? this.size(number));
  }
}

export const keyOf = (number: number) =>
  key(`call-${number}`, number % 3 === 0 ? "risk" : "estimation");

/** By hand: how much the tightest of the caps that the call counts in leaves. */
const roomFor = (ledger: Ledger, of: CallKey): number =>
  Math.min(
    ...ledger.caps
      .filter((cap) => cap.role === null || cap.role === of.role)
      .map((cap) => {
        const within = ledger.calls.filter((one) => cap.role === null || one.role === cap.role);
        const sum = within.reduce((all, one) => all + (one.settled ?? one.reserved).tokens, 0);
        return (cap.tokens ?? Infinity) - sum;
      }),
  );

export function step(world: World, what: Happening, cap: number): number {
  if (what.is === "crash") world.inFlight.clear();
  else if (what.is === "launch") world.launch(what.call);
  else if (what.is === "end") world.end(what.call, what.part);
  else {
    const raises = [{ ...RUN, unit: "tokens" as const, to: cap + what.by }];
    world.ledger = raiseCaps(world.ledger, raises);
    return cap + what.by;
  }
  return cap;
}
