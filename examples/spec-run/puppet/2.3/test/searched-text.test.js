import assert from "node:assert/strict";
import { test } from "node:test";
import { searchedText } from "../src/search/searched-text.js";

test("FR-003: a text of more than 100 characters is refused; letters count once", () => {
  assert.equal(searchedText("é".repeat(100)).length, 100);
  assert.throws(() => searchedText("x".repeat(101)), /at most 100 characters/);
});
