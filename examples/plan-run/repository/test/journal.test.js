import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseJournal } from "../src/journal.js";
import { money } from "../src/money.js";

test("entries have a day, a payee and postings with their lines", () => {
  const [entry, ...more] = parseJournal(
    "; remark\n2026-05-03 Bakery on the corner\n  Expenses:Food    4.20 EUR\n  Assets:Cash  -4.20 EUR\n",
  );
  assert.deepEqual(more, []);
  assert.deepEqual(entry, {
    line: 2,
    date: "2026-05-03",
    payee: "Bakery on the corner",
    postings: [
      { line: 3, account: "Expenses:Food", amount: money(420, "EUR") },
      { line: 4, account: "Assets:Cash", amount: money(-420, "EUR") },
    ],
  });
});

test("what is no journal is told with its line", () => {
  assert.throws(() => parseJournal("  Assets:Cash  1.00 EUR"), /line 1: a posting without/);
  assert.throws(() => parseJournal("2026-05-03 A\n  Assets:Cash"), /line 2: not a posting/);
  assert.throws(() => parseJournal("\nhello"), /line 2: neither/);
});

test("the example is read", () => {
  const text = readFileSync(new URL("../examples/may.journal", import.meta.url), "utf8");
  assert.equal(parseJournal(text).length, 5);
});
