/** Calls that are over are summed up: what is spent, how everything stands and what the next call is reckoned by stays the same. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cap } from "../../../src/stage/budget/cap.ts";
import { estimateCall } from "../../../src/stage/budget/estimate.ts";
import {
  EMPTY_LEDGER,
  reserve,
  settle,
  usedIn,
  type CallKey,
  type Ledger,
} from "../../../src/stage/budget/ledger.ts";
import { summedUp } from "../../../src/stage/budget/past-calls.ts";
import { standingOf } from "../../../src/stage/budget/standing.ts";

const STAGE = "implementation";
const NO_LIMIT = { tokens: null, microUsd: null };
const CAPS: readonly Cap[] = [
  { stage: null, role: null, tokens: 1e9, microUsd: 1e12, perCall: NO_LIMIT },
  { stage: STAGE, role: "task", tokens: 1e9, microUsd: null, perCall: NO_LIMIT },
];

const figure = fc.oneof(fc.nat(5_000), fc.constant("unknown" as const));
const anyCall = fc.record({
  role: fc.constantFrom("task", "verification"),
  agent: fc.constantFrom("one", "other"),
  ended: fc.boolean(),
  starts: fc.integer({ min: 1, max: 2 }),
  usage: fc.record({
    inputTokens: figure,
    outputTokens: figure,
    costUsd: fc.oneof(
      fc.nat(300).map((cents) => cents / 100),
      fc.constant("unknown" as const),
    ),
  }),
});

const keyOf = (call: number, role: string, agent: string): CallKey => ({
  call: `${call}-${role}-work`,
  stage: STAGE,
  role,
  agent,
});

test("nothing that is asked of a ledger has another answer", () => {
  fc.assert(
    fc.property(
      fc.array(anyCall, { maxLength: 30 }),
      fc.nat(9),
      fc.nat(4),
      (calls, modulus, kept) => {
        let ledger: Ledger = { ...EMPTY_LEDGER, caps: CAPS };
        for (const [index, { role, agent, ended, ...end }] of calls.entries()) {
          const key = keyOf(index, role, agent);
          const made = reserve(ledger, key, { tokens: 100, microUsd: 500 });
          if (made.verdict !== "granted") throw new Error(made.verdict);
          ledger = ended ? settle(made.ledger, key, { ...end, price: null }) : made.ledger;
        }
        const isOver = ({ call }: { readonly call: string }) =>
          Number.parseInt(call, 10) % (modulus + 1) > 0;
        const first = summedUp(ledger, isOver, kept);
        const over = first.calls.filter((call) => call.settled !== null && isOver(call));
        expect(over.length).toBeLessThanOrEqual(kept);
        expect(first.calls.filter(({ settled }) => settled === null)).toEqual(
          ledger.calls.filter(({ settled }) => settled === null),
        );
        expect(summedUp(first, isOver, kept)).toBe(first);
        for (const each of [first, summedUp(first, () => true, 0)]) {
          for (const role of ["task", "verification", null])
            expect(usedIn(each, { stage: STAGE, role })).toEqual(
              usedIn(ledger, { stage: STAGE, role }),
            );
          expect(standingOf(each)).toEqual(standingOf(ledger));
          for (const role of ["task", "verification", "neither"])
            for (const agent of ["one", "other"]) {
              const question = {
                key: keyOf(99, role, agent),
                task: "work",
                promptBytes: 10,
                cost: { free: false, price: null, reportsCost: true, requestBytes: 0, requests: 1 },
              } as const;
              expect(estimateCall(each, question)).toEqual(estimateCall(ledger, question));
            }
        }
      },
    ),
  );
});
