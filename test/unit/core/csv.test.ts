import fc from "fast-check";
import { expect, test } from "vitest";
import { readCsv } from "../../../src/core/csv.ts";

const cells = (text: string) => readCsv(text).rows.map((row) => row.map((cell) => cell.text));

test.each<[string, string[][]]>([
  [
    "a,b\n1,2\n",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  [
    "a,b\r\n1,2",
    [
      ["a", "b"],
      ["1", "2"],
    ],
  ],
  ["a\rb", [["a"], ["b"]]],
  [
    "\uFEFFa;b;c,d\n1;2;3",
    [
      ["a", "b", "c,d"],
      ["1", "2", "3"],
    ],
  ],
  [
    "a\tb\n1\t",
    [
      ["a", "b"],
      ["1", ""],
    ],
  ],
  [
    '"a ""b""","c\nd"\n,x',
    [
      ['a "b"', "c\nd"],
      ["", "x"],
    ],
  ],
  ["a\n\n ,\n1", [["a"], ["1"]]],
  ["", []],
])("%j", (text, rows) => {
  expect(cells(text)).toStrictEqual(rows);
});

const written = (text: string) => `"${text.replaceAll('"', '""')}"`;

test("what is written as RFC 4180 says is read as it was, each cell where it begins", () => {
  const cell = fc.string({
    unit: fc.constantFrom("a", '"', ",", ";", "\n", "\r", " ", "é", "😀"),
    maxLength: 6,
  });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(table, (rows) => {
      const text = rows.map((row) => row.map(written).join(",")).join("\r\n");
      const kept = rows.filter((row) => row.some((one) => one.trim() !== ""));
      const { rows: read, problem } = readCsv(text);
      expect(problem).toBeUndefined();
      expect(read.map((row) => row.map((one) => one.text))).toStrictEqual(kept);
      for (const one of read.flat()) expect(text[one.at]).toBe('"');
    }),
  );
});

test.each([
  ['a,"b\nc', 2, "never closed"],
  ['"a"b,c', 3, "behind a closing quote"],
])("%j is told", (text, at, words) => {
  const { problem } = readCsv(text);
  expect(problem?.at).toBe(at);
  expect(problem?.message).toContain(words);
});
