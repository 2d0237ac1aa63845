import assert from "node:assert/strict";
import { test } from "node:test";
import { listEntries } from "../src/search/index.js";

test("listEntries is agreed, and not built yet", () => {
  assert.throws(() => listEntries([], "market"), /not built yet/);
});
