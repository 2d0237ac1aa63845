import assert from "node:assert/strict";
import { test } from "node:test";
import { listEntries } from "../src/search/index.js";
import { entriesFor } from "./fixtures/entries.js";

test("TC-003: where nothing is searched for, all entries are listed", () => {
  assert.equal(listEntries(entriesFor("Bakery", "Market", "Opera"), "").length, 3);
});
