import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fitText, padText, textWidth } from "../../../src/reporters/text-width.ts";

test.each([
  ["abc", 3],
  ["é", 1],
  ["e\u0301", 1],
  ["日本語", 6],
  ["한국", 4],
  ["ｆｕｌｌ", 8],
  ["🚀", 2],
  ["👩‍💻", 2],
  ["👍🏽", 2],
  ["❤️", 2],
  ["✔", 1],
  ["…", 1],
  ["", 0],
])("%s takes %i columns", (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test("text is cut before the column it does not fit in", () => {
  expect(fitText("日本語", 5)).toBe("日本…");
  expect(fitText("日本語", 4)).toBe("日…");
  expect(fitText("日本語", 6)).toBe("日本語");
  expect(fitText("abc", 1)).toBe("…");
  expect(fitText("abc", 0)).toBe("");
  expect(padText("日", 4)).toBe("日  ");
});

test("cut text never takes more columns than asked, padded text exactly as many", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, columns) => {
      expect(textWidth(fitText(text, columns))).toBeLessThanOrEqual(columns);
      expect(textWidth(padText(text, columns))).toBe(columns);
    }),
  );
});
