import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsv } from "../src/csv.js";

test("records are objects by the names in the first line", () => {
  assert.deepEqual(parseCsv("A,B\r\n1,2\r\n\r\n3,\r\n"), [
    { A: "1", B: "2" },
    { A: "3", B: "" },
  ]);
});

test("quoted fields hold commas, line ends and quotes", () => {
  assert.deepEqual(parseCsv('\uFEFFA,B\n"x, y","he said ""no""\nand left"'), [
    { A: "x, y", B: 'he said "no"\nand left' },
  ]);
  assert.throws(() => parseCsv('A\n"open'), /not closed/);
});

test("missing fields are empty", () => {
  assert.deepEqual(parseCsv("A,B,C\n1"), [{ A: "1", B: "", C: "" }]);
  assert.deepEqual(parseCsv(""), []);
});
