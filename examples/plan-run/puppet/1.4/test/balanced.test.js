import assert from "node:assert/strict";
import { test } from "node:test";
import { parseJournal, problemsOf } from "../src/journal.js";

test("entries that sum up to nothing have no problem", () => {
  const text = "2026-05-03 A\n  X:Y  1.00 EUR\n  X:Z  2.00 USD\n  X:V  -1.00 EUR\n  X:W  -2.00 USD\n";
  assert.deepEqual(problemsOf(parseJournal(text)), []);
});

test("each currency that does not is told, with the line of the entry", () => {
  const text = "\n2026-05-03 A\n  X:Y  1.00 EUR\n  X:Z  -0.90 EUR\n  X:V  5.00 USD\n";
  assert.deepEqual(problemsOf(parseJournal(text)), [
    "line 2: A: 0.10 EUR too much",
    "line 2: A: 5.00 USD too much",
  ]);
});
