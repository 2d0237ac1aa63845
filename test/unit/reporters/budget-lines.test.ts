import { expect, test } from "vitest";
import type { BudgetFigures } from "../../../src/core/budget-figures.ts";
import { budgetText, costText } from "../../../src/reporters/budget-lines.ts";

const NOTHING: BudgetFigures = {
  spent: { usd: 0, tokens: 0 },
  reserved: { usd: 0, tokens: 0 },
  cap: { usd: null, tokens: null },
  unknown: { usd: 0, tokens: 0 },
};

test.each<[string, Partial<BudgetFigures>, string]>([
  ["nothing yet", {}, "$0.00; 0 tokens"],
  [
    "of a limit",
    { spent: { usd: 0.004, tokens: 1200 }, cap: { usd: 2, tokens: null } },
    "$0.0040 of $2.00; 1,200 tokens",
  ],
  [
    "nobody said anything",
    { unknown: { usd: 15, tokens: 15 } },
    "cost unknown: 15 calls did not say",
  ],
  [
    "nobody said anything, and there is a limit",
    { unknown: { usd: 1, tokens: 1 }, cap: { usd: 2, tokens: null } },
    "unknown of $2.00; unknown tokens; 1 call did not say",
  ],
  [
    "tokens, but no money",
    { spent: { usd: 0, tokens: 30 }, unknown: { usd: 2, tokens: 0 } },
    "unknown; 30 tokens; 2 calls did not say",
  ],
])("%s", (_, figures, text) => {
  expect(costText({ ...NOTHING, ...figures })).toBe(text);
  expect(budgetText({ ...NOTHING, ...figures })).toBe(text.replace("cost ", ""));
});
