import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "../src/cli.js";

const example = (name) => fileURLToPath(new URL(`../examples/${name}`, import.meta.url));

test("balance prints a table of a range", () => {
  const printed = run(["balance", example("may.journal"), "--until", "2026-05-02"]);
  assert.equal(
    printed,
    [
      "Assets          2400.00 EUR",
      "Assets:Bank     2400.00 EUR",
      "Income         -2400.00 EUR",
      "Income:Salary  -2400.00 EUR",
      "",
    ].join("\n"),
  );
});

test("what is not known is told with the usage", () => {
  for (const words of [[], ["balance"], ["fly", "x"], ["balance", example("may.journal"), "--from"]])
    assert.throws(() => run(words), /Usage:/);
});
