/** Reservations and settlements (PX-11): what is spent and reserved never passes a cap, whatever happens in which order. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Usage } from "../../../src/core/event.ts";
import {
  raiseCaps,
  raiseProblem,
  reserve,
  settle,
  usedIn,
  type CallKey,
  type Ledger,
  type Need,
} from "../../../src/stage/budget/ledger.ts";
import { standingOf } from "../../../src/stage/budget/standing.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import {
  call,
  happening,
  key,
  keyOf,
  ledgerOf,
  need,
  RUN,
  step,
  UNKNOWN,
  used,
  World,
} from "./world.ts";

function granted(ledger: Ledger, of: CallKey, wanted: Need): Ledger {
  const verdict = reserve(ledger, of, wanted);
  if (verdict.verdict !== "granted") throw new Error(verdict.verdict);
  return verdict.ledger;
}

const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 12, maxLength: 12 });

const planningWith = (tokens: number | null) => ({
  ...PLANNING,
  roles: PLANNING.roles.map((role) =>
    role.name === "risk" && tokens !== null ? { ...role, budget: { tokens } } : role,
  ),
});

test("over any schedule of launches, ends, crashes, replays and raises: what is spent and reserved never passes the cap", () => {
  const run = fc.integer({ min: 1, max: 150 });
  const role = fc.option(fc.integer({ min: 1, max: 100 }), { nil: null });
  fc.assert(
    fc.property(
      run,
      role,
      sizes,
      fc.array(happening, { maxLength: 120 }),
      (first, own, all, is) => {
        const world = new World(ledgerOf({ tokens: first }, [planningWith(own)]), all);
        let cap = first;
        let spent = 0;
        for (const what of is) {
          cap = step(world, what, cap);
          const now = usedIn(world.ledger, RUN);
          expect(now.spent.tokens + now.reserved.tokens).toBeLessThanOrEqual(cap);
          // Nothing that happens, a crash and what goes on after it least of all, resets what was spent.
          expect(now.spent.tokens).toBeGreaterThanOrEqual(spent);
          ({ tokens: spent } = now.spent);
          const open = world.ledger.calls.filter(({ settled }) => !settled).length;
          expect(open).toBeGreaterThanOrEqual(world.inFlight.size);
          const risk = usedIn(world.ledger, { stage: "planning", role: "risk" });
          if (own !== null)
            expect(risk.spent.tokens + risk.reserved.tokens).toBeLessThanOrEqual(own);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test("calls that use more than was reserved pass the cap by no more than that, and nothing is begun after", () => {
  const part = fc.integer({ min: 0, max: 300 });
  const ends = fc.array(fc.tuple(call, call, part), { maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 150 }), sizes, ends, (cap, all, schedule) => {
      const world = new World(ledgerOf({ tokens: cap }, [PLANNING]), all);
      for (const [launched, ended, percent] of schedule) {
        world.launch(launched);
        if (!world.inFlight.delete(ended)) continue;
        world.ended.add(ended);
        const usage = used(Math.floor((world.size(ended) * percent) / 100), 0);
        world.ledger = settle(world.ledger, keyOf(ended), { starts: 1, usage, price: null });
        const excess = world.ledger.calls.reduce(
          (sum, { settled, reserved }) =>
            sum + Math.max(0, (settled?.tokens ?? 0) - reserved.tokens),
          0,
        );
        const { spent, reserved } = usedIn(world.ledger, RUN);
        expect(spent.tokens + reserved.tokens - cap).toBeLessThanOrEqual(excess);
        if (spent.tokens >= cap)
          expect(reserve(world.ledger, key("one-more"), need(1, 0)).verdict).toBe("refused");
      }
    }),
    { numRuns: 1_000 },
  );
});

test("a call waits while those in flight may leave it room, and is refused when they can't", () => {
  let ledger = ledgerOf({ usd: 1 }, [PLANNING]);
  ledger = granted(ledger, key("a"), need(10, 0.6));
  expect(reserve(ledger, key("b"), need(10, 0.6)).verdict).toBe("wait");
  expect(reserve(ledger, key("c"), need(10, 1.01))).toEqual({
    verdict: "refused",
    shortages: [{ ...RUN, unit: "microUsd", cap: 1e6, spent: 0, reserved: 6e5, need: 1.01e6 }],
  });
  ledger = settle(ledger, key("a"), { starts: 1, usage: used(5, 0.3), price: null });
  ledger = granted(ledger, key("b"), need(10, 0.6));
  expect(standingOf(ledger)[0]).toMatchObject({
    spent: { tokens: 5, microUsd: 300_000 },
    reserved: { tokens: 10, microUsd: 600_000 },
    cap: { tokens: null, microUsd: 1_000_000 },
    unknown: { tokens: 0, microUsd: 0 },
  });
});

test("who can't say what it needs has all that is left, alone", () => {
  const rest: Need = { tokens: 1, microUsd: "rest" };
  let ledger = granted(ledgerOf({ usd: 2 }, [PLANNING]), key("a"), need(1, 0.5));
  expect(reserve(ledger, key("b"), rest).verdict).toBe("wait");
  ledger = settle(ledger, key("a"), { starts: 1, usage: used(1, 0.5), price: null });
  const verdict = reserve(ledger, key("b"), rest);
  expect(verdict).toMatchObject({ verdict: "granted", reserved: { tokens: 1, microUsd: 1.5e6 } });
  ledger = granted(ledger, key("b"), rest);
  expect(reserve(ledger, key("c"), need(1, 0.01)).verdict).toBe("wait");
  ledger = settle(ledger, key("b"), { starts: 1, usage: UNKNOWN, price: null });
  expect(reserve(ledger, key("c"), rest)).toMatchObject({
    verdict: "refused",
    shortages: [{ need: null, spent: 2e6 }],
  });
});

test("what nobody said stands at the reservation and is marked; tokens are priced; a sum of dimes is exact", () => {
  const price = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: null };
  let ledger = granted(ledgerOf({ usd: 9 }, [PLANNING]), key("a"), need(100, 0.4));
  ledger = settle(ledger, key("a"), {
    starts: 2,
    usage: { inputTokens: 300, outputTokens: "unknown", costUsd: "unknown" },
    price,
  });
  expect(ledger.calls[0]?.settled).toEqual({
    starts: 2,
    tokens: 300,
    microUsd: 400_000,
    unknown: ["tokens", "microUsd"],
    input: 300,
    output: null,
  });
  expect(standingOf(ledger)[0]).toMatchObject({
    unknown: { tokens: 1, microUsd: 1 },
    interrupted: 1,
  });
  const usage = { inputTokens: 1_000, outputTokens: 10, cacheReadTokens: 900, costUsd: "unknown" };
  ledger = settle(ledger, key("b"), { starts: 1, usage: usage as Usage, price });
  expect(ledger.calls[1]?.settled).toMatchObject({ microUsd: 720, unknown: [] });
  for (const name of ["c", "d", "e"])
    ledger = settle(ledger, key(name), { starts: 1, usage: used(0, 0.1), price: null });
  expect(usedIn(ledger, RUN).spent.microUsd).toBe(400_000 + 720 + 300_000);
});

const to = (stage: string | null, unit: "tokens" | "microUsd", value: number) => ({
  stage,
  role: null,
  unit,
  to: value,
});

test("a cap is raised, never lowered, and only where there is one", () => {
  const ledger = ledgerOf({ usd: 1 }, [{ ...PLANNING, budget: { tokens: 5 } }]);
  expect(raiseProblem(ledger, to(null, "microUsd", 1e6))).toBe("not more");
  expect(raiseProblem(ledger, to(null, "tokens", 9))).toBe("no such cap");
  expect(raiseProblem(ledger, to("review", "tokens", 9))).toBe("no such cap");
  const raised = raiseCaps(ledger, [to("planning", "tokens", 9), to(null, "microUsd", 5)]);
  expect(raised.caps.map(({ tokens, microUsd }) => [tokens, microUsd])).toEqual([
    [null, 1e6],
    [9, null],
  ]);
});
