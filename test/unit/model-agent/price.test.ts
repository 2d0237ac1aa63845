/** A model's price is found by what stands in its `model`. */
import { expect, test } from "vitest";
import { readConfig } from "../../../src/adapters/config/read-config.ts";

const config = (prices: string) =>
  readConfig(
    `agents: { a: { model: anthropic/claude-sonnet-4-5 } }\nroles: { risk: { agent: a } }\nbudget: { usd: 5 }\n${prices}`,
    "w.yaml",
  );

test("a price of the model's name makes money of its tokens, so that money can be limited", () => {
  const price = "{ input: 3, output: 15, date: 2026-01-31, source: price list }";
  expect(config(`prices: { "anthropic/claude-sonnet-4-5": ${price} }`)).toMatchObject({ ok: true });
  expect(config("")).toMatchObject({ ok: false });
});
