import assert from "node:assert/strict";
import { test } from "node:test";
import { listEntries } from "../src/search/index.js";
import { entriesFor } from "./fixtures/entries.js";

test("SC-001: a search in a journal of 10,000 entries takes under 1 second", () => {
  const entries = entriesFor(...Array.from({ length: 10_000 }, (_, index) => `Payee ${index}`));
  const begun = performance.now();
  assert.equal(listEntries(entries, "payee 999").length, 11);
  assert.ok(performance.now() - begun < 1_000);
});
