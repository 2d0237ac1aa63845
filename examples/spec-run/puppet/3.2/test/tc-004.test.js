import assert from "node:assert/strict";
import { test } from "node:test";
import { listEntries } from "../src/search/index.js";

test("TC-004: 100 characters are searched for, 101 are refused", () => {
  assert.deepEqual(listEntries([], "x".repeat(100)), []);
  assert.throws(() => listEntries([], "x".repeat(101)), /at most 100 characters/);
});
