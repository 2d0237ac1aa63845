import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { importBank } from "../src/import-bank.js";
import { parseJournal } from "../src/journal.js";

const text = readFileSync(new URL("../examples/bank.csv", import.meta.url), "utf8");

test("each row is an entry that balances", () => {
  const imported = importBank(text, { account: "Assets:Bank", currency: "EUR" });
  const entries = parseJournal(imported);
  assert.deepEqual(
    entries.map(({ date, payee }) => [date, payee]),
    [
      ["2026-06-02", "Books, new and old"],
      ["2026-06-05", "Refund"],
    ],
  );
  for (const { postings } of entries)
    assert.equal(postings.reduce((sum, { amount }) => sum + amount.minor, 0n), 0n);
  assert.match(imported, /Expenses:Unsorted {2}18\.50 EUR/);
});

test("rows that can't be read are told by their number", () => {
  const broken = "Date,Payee,Amount\n2026-06-02,A,1\n02.06.2026,B,2\n";
  assert.throws(() => importBank(broken, { account: "A", currency: "EUR" }), /row 2: not a day/);
});
