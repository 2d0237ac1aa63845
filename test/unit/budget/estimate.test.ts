/** What a call is taken to use before it is made (PX-11). */
import { expect, test } from "vitest";
import { UNKNOWN_COST, type AgentCost } from "../../../src/stage/budget/agent-cost.ts";
import { capsOf } from "../../../src/stage/budget/cap.ts";
import { estimateCall, type Question } from "../../../src/stage/budget/estimate.ts";
import {
  EMPTY_LEDGER,
  settle,
  type CallKey,
  type Ledger,
} from "../../../src/stage/budget/ledger.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";

const key = (call: string, over: Partial<CallKey> = {}): CallKey => ({
  call,
  stage: "planning",
  role: "risk",
  agent: "model",
  ...over,
});
const price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };
const priced: AgentCost = { ...UNKNOWN_COST, price };
const coding: AgentCost = { ...priced, requestBytes: 48_000, requests: 6 };
const ask = (cost: AgentCost, over: Partial<Question> = {}): Question => ({
  key: key("now"),
  task: "analysis",
  promptBytes: 10_000,
  cost,
  ...over,
});
const settled = (
  ledger: Ledger,
  of: CallKey,
  ...[input, output, costUsd]: readonly [number, number, number]
) =>
  settle(ledger, of, {
    starts: 1,
    usage: { inputTokens: input, outputTokens: output, costUsd },
    price: null,
  });

test("a first call: half the bytes of the prompt, an answer of its task, at the price", () => {
  expect(estimateCall(EMPTY_LEDGER, ask(priced))).toEqual({
    tokens: 5_000 + 8_000,
    microUsd: 5_000 * 2.5 + 8_000 * 10,
  });
  expect(estimateCall(EMPTY_LEDGER, ask(priced, { task: "synthesis" })).tokens).toBe(37_000);
});

test("a coding agent sends its own instructions with each request; a cache of prompts serves the repeated ones", () => {
  const request = 29_000;
  expect(estimateCall(EMPTY_LEDGER, ask(coding))).toEqual({
    tokens: 6 * request + 8_000,
    microUsd: request * 2.5 + 8_000 * 10 + 5 * request * 0.2,
  });
});

test("earlier calls of the role by the same agent say more: a quarter above the largest", () => {
  let ledger = settled(EMPTY_LEDGER, key("a"), 40_000, 1_000, 0.2);
  ledger = settled(ledger, key("b"), 60_000, 400, 0.1);
  ledger = settled(ledger, key("c", { agent: "other" }), 900_000, 90_000, 9);
  ledger = settled(ledger, key("d", { role: "estimation" }), 800_000, 80_000, 8);
  ledger = settled(ledger, key("e"), 0, 0, 0);
  expect(estimateCall(ledger, ask(coding))).toEqual({
    tokens: 75_000 + 1_250,
    microUsd: 250_000,
  });
  // Never less than the one request that is to be sent.
  const long = estimateCall(ledger, ask(priced, { promptBytes: 400_000 }));
  expect(long.tokens).toBe(200_000 + 1_250);
});

test("without a price: what its calls cost so far, of any role; before the first, all that is left", () => {
  const cost: AgentCost = { ...UNKNOWN_COST, reportsCost: true };
  expect(estimateCall(EMPTY_LEDGER, ask(cost)).microUsd).toBe("rest");
  const ledger = settled(EMPTY_LEDGER, key("a", { role: "estimation" }), 10, 10, 0.4);
  expect(estimateCall(ledger, ask(cost)).microUsd).toBe(500_000);
});

test("what the configuration says of a call counts, the closest to the role first", () => {
  const risk = { callUsd: 0.25 };
  const stage = {
    ...PLANNING,
    budget: { callTokens: 900, callUsd: 5 },
    roles: PLANNING.roles.map((role) => (role.name === "risk" ? { ...role, budget: risk } : role)),
  };
  const caps = capsOf({ usd: 10, callTokens: 70 }, [stage]);
  expect(estimateCall({ ...EMPTY_LEDGER, caps }, ask(coding))).toEqual({
    tokens: 900,
    microUsd: 250_000,
  });
  expect(capsOf({ callUsd: 1 }, [PLANNING])).toEqual([]);
  expect(capsOf(null, [PLANNING])).toEqual([]);
});
