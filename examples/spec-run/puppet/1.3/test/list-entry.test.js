import assert from "node:assert/strict";
import { test } from "node:test";
import { listEntry } from "../src/search/index.js";

test("listEntry is agreed, and not built yet", () => {
  assert.throws(() => listEntry({}, "market"), /not built yet/);
});
