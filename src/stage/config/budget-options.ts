import { z } from "zod";
import type { BudgetSpec } from "../budget/budget-spec.ts";
import { money, section, text, whole } from "./fields.ts";

/** What may stand under `budget`, of the file, a stage and a role, and under `prices`. */

const tokens = () => whole(1, 1_000_000_000_000);

const fields = {
  usd: money().optional().describe("Most US dollars, over the whole life of a run."),
  tokens: tokens().optional().describe("Most tokens, read and written together."),
  "call-usd": money()
    .optional()
    .describe("Most US dollars of one call: reserved before it is made, in place of an estimate."),
  "call-tokens": tokens()
    .optional()
    .describe("Most tokens of one call: reserved before it is made, in place of an estimate."),
};

const budgetOptions = section(fields);

export const budget = (whose: string) =>
  budgetOptions
    .optional()
    .describe(`What ${whose} may use in a run: what does not fit waits for a person.`);

export const budgetOf = (options: z.infer<typeof budgetOptions>): BudgetSpec => {
  const { usd, tokens: most, "call-usd": callUsd, "call-tokens": callTokens } = options;
  return {
    ...(usd !== undefined && { usd }),
    ...(most !== undefined && { tokens: most }),
    ...(callUsd !== undefined && { callUsd }),
    ...(callTokens !== undefined && { callTokens }),
  };
};

/** The inverse of `budgetOf`. */
export const budgetAsOptions = ({ usd, tokens: most, callUsd, callTokens }: BudgetSpec) => ({
  ...(usd !== undefined && { usd }),
  ...(most !== undefined && { tokens: most }),
  ...(callUsd !== undefined && { "call-usd": callUsd }),
  ...(callTokens !== undefined && { "call-tokens": callTokens }),
});

const PRICE_RULE = "must be a number of US dollars per million tokens, 0 to 100000";
const perMillion = () =>
  z.number({ error: PRICE_RULE }).min(0, PRICE_RULE).max(100_000, PRICE_RULE);

const DATE_RULE = "must be a date like 2026-01-31";

const price = section({
  input: perMillion().describe("US dollars per million tokens that are read."),
  output: perMillion().describe("US dollars per million tokens that are written."),
  "cache-read": perMillion()
    .optional()
    .describe("Of those read, what the provider's cache of prompts served; default: as input."),
  "cache-write": perMillion()
    .optional()
    .describe("Of those read, what was put into that cache; default: as input."),
  date: z
    .string({ error: DATE_RULE })
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, DATE_RULE)
    .describe("When somebody looked the price up."),
  source: text("must say where the price was looked up").describe("Where it was looked up."),
});

const MODEL_RULE = "must be the name of a model or a price, at most 100 characters";

export const prices = z
  .record(z.string().trim().min(1, MODEL_RULE).max(100, MODEL_RULE), price, {
    error: "must be a group of prices by model",
  })
  .optional()
  .describe("What tokens cost, by model or any other name that agents refer to with `price`.");

export type PriceOptions = z.infer<typeof price>;

/** A name of `prices`, at an agent. */
export const priceName = () =>
  text("must be a name under prices")
    .optional()
    .describe("Which of `prices` its tokens cost by. Default: the one with the name of its model.");
