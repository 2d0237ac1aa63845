import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { controlCharacters, revealed } from "../../../src/core/control-characters.ts";
import { inert, oneLine } from "../../../src/core/text.ts";

describe("inert", () => {
  test.each([
    ["a whole title sequence", "a\u001B]0;title\u0007b", "ab"],
    ["a whole link", "\u001B]8;;https://x\u001B\\text", "text"],
    ["a colour", "\u001B[31mred\u001B[0m", "red"],
    [
      "one without its end",
      "visible\n\u001B]\nhidden 1\nhidden 2\n",
      "visible\n]\nhidden 1\nhidden 2\n",
    ],
    ["one whose end is on the next line", "a\u001B]b\nc\u0007d", "a]b\ncd"],
    ["one cut by another", "\u001B]a\u001B[31mb", "]ab"],
    ["a device string without its end", "\u001BPhidden\n", "Phidden\n"],
    ["line ends of all kinds", "a\r\nb\u2028c\td", "a\nb\nc\td"],
  ])("%s", (_, text, shown) => {
    expect(inert(text)).toBe(shown);
  });

  test("no printable character is lost on a line whose escapes have no end, and every line stays", () => {
    const part = fc.constantFrom("\u001B]", "\u001BP", "\u001B_", "hidden", " ", "\n", "-");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        expect(inert(text)).toBe(text.replaceAll("\u001B", ""));
      }),
    );
  });

  test("what is left controls nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(controlCharacters(inert(text))).toEqual([]);
      }),
    );
  });
});

test("one line says that it was cut, also where what was left out follows things that don't show", () => {
  expect(oneLine("ok")).toBe("ok");
  expect(oneLine(`ok${"\u200B".repeat(5_000)} and delete it`)).toBe("ok…");
  expect(oneLine(`ok${" ".repeat(5_000)}and delete it`)).toBe("ok…");
  expect(oneLine("x".repeat(121))).toBe(`${"x".repeat(119)}…`);
});

describe("control characters", () => {
  test.each([
    ["a\u001B[31mb", "a␛[31mb", "a<U+001B>[31mb"],
    ["a\u202Eb\u200Bc\u{E0041}", "a<U+202E>b<U+200B>c<U+E0041>", "a<U+202E>b<U+200B>c<U+E0041>"],
    ["\u0000\u007F\u0085\r", "␀␡<U+0085>␍", "<U+0000><U+007F><U+0085><U+000D>"],
  ])("%j is shown", (text, unicode, ascii) => {
    expect(revealed(text, { unicode: true })).toBe(unicode);
    expect(revealed(text, { unicode: false })).toBe(ascii);
  });

  test("each line with some is named", () => {
    expect(controlCharacters("a\r\nb\u001B\u001B\u202E\n\nc\rd")).toEqual([
      { line: 2, codes: ["U+001B", "U+202E"] },
      { line: 4, codes: ["U+000D"] },
    ]);
  });

  test.each([
    ["line ends and tabs", "a\r\n\tb\n"],
    ["emoji and flags", "👨‍👩‍👧 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} ✅️"],
    ["Persian", "می‌خواهم"],
    ["a byte order mark at the beginning", "\uFEFF# Plan\n"],
  ])("%s are text", (_, text) => {
    expect(controlCharacters(text)).toEqual([]);
    if (!text.startsWith("\uFEFF")) expect(revealed(text, { unicode: true })).toBe(text);
  });

  test("nothing is left out of what is shown", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = revealed(text, { unicode: true });
        expect(Array.from(shown).length).toBeGreaterThanOrEqual(Array.from(text).length);
        expect(revealed(shown, { unicode: true })).toBe(shown);
      }),
    );
  });
});
