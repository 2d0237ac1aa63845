/** US1, find what was paid to whom: TC-001 and TC-002. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJournal } from "../src/journal.js";
import { entryOf } from "../src/search/entry.js";
import { listEntries } from "../src/search/index.js";

const entries = parseJournal("2026-05-03 Bakery\n\n2026-05-09 Market\n").map(entryOf);

test("TC-001: the one entry for Market is listed", () => {
  assert.deepEqual(listEntries(entries, "market").map(({ payee }) => payee), ["Market"]);
});

test("TC-002: no entry is listed", () => {
  assert.deepEqual(listEntries(entries, "opera"), []);
});
