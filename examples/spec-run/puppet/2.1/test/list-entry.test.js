import assert from "node:assert/strict";
import { test } from "node:test";
import { listEntry } from "../src/search/index.js";
import { entryFor } from "./fixtures/entries.js";

test("FR-001: an entry is listed when its payee contains the text, whatever the case", () => {
  const entry = entryFor("Weekly Market");
  for (const text of ["market", "MARKET", "ly M", ""]) assert.equal(listEntry(entry, text), true);
  assert.equal(listEntry(entry, "opera"), false);
});
