import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesFor } from "./fixtures/entries.js";

test("entries can be made and thrown away", () => {
  assert.deepEqual(entriesFor("Bakery", "Market").map(({ line, payee }) => [line, payee]), [[1, "Bakery"], [2, "Market"]]);
});
