import assert from "node:assert/strict";
import { test } from "node:test";
import { tableOf } from "../src/table.js";

test("columns are as wide as their widest cell, and nothing stands behind the last", () => {
  assert.equal(
    tableOf([
      ["Food", "4.20"],
      ["Home", "1200.00"],
    ]),
    "Food  4.20\nHome  1200.00",
  );
});

test("figures end in line, and letters with marks count once", () => {
  const rows = [
    ["Cafe\u0301", "4.20"],
    ["Rent", "900.00"],
  ];
  assert.equal(tableOf(rows, { right: [1] }), "Cafe\u0301    4.20\nRent  900.00");
  assert.equal(tableOf([]), "");
});
