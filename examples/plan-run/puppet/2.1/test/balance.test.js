import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { balancesOf } from "../src/balance.js";
import { parseJournal } from "../src/journal.js";
import { formatMoney } from "../src/money.js";

const entries = parseJournal(
  readFileSync(new URL("../examples/may.journal", import.meta.url), "utf8"),
);
const shown = (options) =>
  new Map(balancesOf(entries, options).map(([name, amounts]) => [name, amounts.map(formatMoney).join(" ")]));

test("parents have what lies in them", () => {
  const balances = shown();
  assert.equal(balances.get("Expenses"), "991.05 EUR");
  assert.equal(balances.get("Expenses:Home"), "955.10 EUR");
  assert.equal(balances.get("Assets:Bank"), "1413.15 EUR");
  assert.deepEqual([...balances.keys()].slice(0, 3), ["Assets", "Assets:Bank", "Assets:Cash"]);
});

test("a range leaves the rest out", () => {
  const may = shown({ from: "2026-05-01", until: "2026-06-01" });
  assert.equal(may.get("Expenses:Home"), "900.00 EUR");
  assert.equal(may.has("Expenses:Home:Power"), false);
});
