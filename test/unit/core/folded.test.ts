import { expect, test } from "vitest";
import { fold, joinFolded, placeAt, sliceFolded } from "../../../src/core/markdown/folded.ts";
import { readLines } from "../../../src/core/markdown/source-lines.ts";

const lines = readLines("- 🚲 one   two\n  three\n");
const folded = fold(lines.map((line) => ({ line, start: 2, end: line.text.length })));

test("a folded text knows where each character came from", () => {
  expect(folded.text).toBe("🚲 one   two three");
  expect(placeAt(folded, 0)).toEqual({ line: 1, column: 3 });
  expect(placeAt(folded, folded.text.indexOf("two"))).toEqual({ line: 1, column: 11 });
  expect(placeAt(folded, folded.text.indexOf("three"))).toEqual({ line: 2, column: 3 });
});

test("so does a part of it, without the white space it begins with", () => {
  const part = sliceFolded(folded, folded.text.indexOf("   two"));
  expect(part.text).toBe("two three");
  expect(placeAt(part, 0)).toEqual({ line: 1, column: 11 });
  expect(placeAt(part, part.text.indexOf("three"))).toEqual({ line: 2, column: 3 });
});

test("and so do texts put together; a lead-in that ends in a colon needs no semicolon", () => {
  const lead = fold([{ line: lines[0]!, start: 0, end: 1 }]);
  const joined = joinFolded([lead, folded], "; ");
  expect(joined.text).toBe("-; 🚲 one   two three");
  expect(placeAt(joined, joined.text.indexOf("three"))).toEqual({ line: 2, column: 3 });
  expect(
    joinFolded(
      [
        { text: "a:", pieces: [] },
        { text: "b", pieces: [] },
      ],
      "; ",
    ).text,
  ).toBe("a: b");
});
