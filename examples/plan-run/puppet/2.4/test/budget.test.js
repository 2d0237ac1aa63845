import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compareBudget } from "../src/budget.js";
import { parseJournal } from "../src/journal.js";
import { formatMoney, parseMoney } from "../src/money.js";

const entries = parseJournal(
  readFileSync(new URL("../examples/may.journal", import.meta.url), "utf8"),
);

test("a month is held against its parts, and what was not spent is left", () => {
  const rows = compareBudget(entries, {
    month: "2026-05",
    total: parseMoney("1000.00 EUR"),
    shares: { "Expenses:Home": 9, "Expenses:Food": 1, "Expenses:Fun": 0 },
  });
  assert.deepEqual(
    rows.map(({ account, meant, spent, left }) => [account, ...[meant, spent, left].map(formatMoney)]),
    [
      ["Expenses:Home", "900.00 EUR", "900.00 EUR", "0.00 EUR"],
      ["Expenses:Food", "100.00 EUR", "35.95 EUR", "64.05 EUR"],
      ["Expenses:Fun", "0.00 EUR", "0.00 EUR", "0.00 EUR"],
    ],
  );
});
