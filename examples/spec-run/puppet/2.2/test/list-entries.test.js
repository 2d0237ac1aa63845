import assert from "node:assert/strict";
import { test } from "node:test";
import { listEntries } from "../src/search/index.js";
import { entriesFor } from "./fixtures/entries.js";

test("FR-002: what is listed is in the order of the journal", () => {
  const found = listEntries(entriesFor("c", "a", "b").toReversed(), "", ({ payee }) => payee !== "a");
  assert.deepEqual(found.map(({ payee }) => payee), ["c", "b"]);
});
