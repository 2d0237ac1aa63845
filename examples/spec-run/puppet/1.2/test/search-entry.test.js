import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJournal } from "../src/journal.js";
import { entryOf } from "../src/search/entry.js";

test("an entry of a journal has line, day, payee and postings", () => {
  const [read] = parseJournal("2026-05-03 Bakery\n  Expenses:Food  4.20 EUR\n  Assets:Cash  -4.20 EUR\n");
  const entry = entryOf(read);
  assert.deepEqual([entry.line, entry.day, entry.payee, entry.postings.length], [1, "2026-05-03", "Bakery", 2]);
  assert.throws(() => entry.postings.push({}), TypeError);
});
