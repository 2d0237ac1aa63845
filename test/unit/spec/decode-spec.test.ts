import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeSpec, MAX_SPEC_BYTES } from "../../../src/spec/decode-spec.ts";
import { repairMojibake } from "../../../src/core/mojibake.ts";
import { samples, SAMPLES } from "./samples.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const decode = (from: Uint8Array) => {
  const result = decodeSpec("spec.md", from);
  if (!result.ok) throw result.error;
  return result.value;
};
const failure = (from: Uint8Array) => {
  const result = decodeSpec("spec.md", from);
  return result.ok ? undefined : result.error;
};
/** UTF-8 bytes read as Windows-1252, as the platform's own decoder does it. */
const misread = (text: string, encoding: string) => new TextDecoder(encoding).decode(bytes(text));

describe("what can be read", () => {
  test("UTF-8, with and without a byte order mark", () => {
    expect(decode(bytes("# É 🚲\n"))).toEqual({ text: "# É 🚲\n", diagnostics: [] });
    expect(decode(bytes("\uFEFF# X")).text).toBe("# X");
  });

  test.each([
    ["little", true],
    ["big", false],
  ])("UTF-16 %s-endian with a byte order mark, and it is said", (_, little) => {
    const text = "\uFEFF# Été";
    const view = new DataView(new ArrayBuffer(text.length * 2));
    for (let index = 0; index < text.length; index++)
      view.setUint16(index * 2, text.charCodeAt(index), little);
    expect(decode(new Uint8Array(view.buffer))).toMatchObject({
      text: "# Été",
      diagnostics: [{ code: "SPEC_UTF16", place: { line: 1 } }],
    });
  });
});

describe("what can't", () => {
  test.each([
    ["zero bytes", Uint8Array.of(35, 32, 0, 1), "SPEC_UNREADABLE", "offset 2"],
    ["a stray continuation byte", Uint8Array.of(97, 0x80), "SPEC_UNREADABLE", "0x80 at offset 1"],
    ["an overlong form", Uint8Array.of(97, 0xc0, 0xaf), "SPEC_UNREADABLE", "0xC0 at offset 1"],
    ["a surrogate", Uint8Array.of(0xed, 0xa0, 0x80), "SPEC_UNREADABLE", "0xED at offset 0"],
    ["a cut character", Uint8Array.of(97, 0xe2, 0x82), "SPEC_UNREADABLE", "0xE2 at offset 1"],
    ["odd UTF-16", Uint8Array.of(0xff, 0xfe, 0x41), "SPEC_UNREADABLE", "UTF-16"],
    ["too much", new Uint8Array(MAX_SPEC_BYTES + 1).fill(97), "SPEC_UNREADABLE", "4.0 MiB"],
    ["nothing", new Uint8Array(0), "SPEC_INVALID", "empty"],
    ["only white space", bytes(" \n\t\n"), "SPEC_INVALID", "empty"],
  ])("%s", (_, from, code, said) => {
    const error = failure(from);
    expect(error).toMatchObject({ code, place: { file: "spec.md" } });
    expect(error?.message).toContain(said);
    expect(error?.hint).not.toBe("");
  });

  test("any bytes give a text or an error, never a throw; the offset is the first invalid byte", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (from) => {
        const error = failure(from);
        const offset = /0x\w\w at offset (\d+)/.exec(error?.message ?? "")?.[1];
        if (offset === undefined) return;
        const good = from.slice(0, Number(offset));
        expect(() => new TextDecoder("utf-8", { fatal: true }).decode(good)).not.toThrow();
      }),
    );
  });
});

describe("text garbled by a wrong encoding", () => {
  test.each([
    ["windows-1252", "Windows-1252"],
    ["macintosh", "Mac Roman"],
  ])("%s is repaired and reported where it first stands", (encoding, name) => {
    const meant = "# Café — “déjà vu” → 🎯\nno more\n";
    const garbled = misread(meant, encoding);
    expect(garbled).not.toBe(meant);
    expect(decode(bytes(garbled))).toMatchObject({
      text: meant,
      diagnostics: [
        {
          code: "SPEC_MOJIBAKE",
          message: expect.stringContaining(name),
          place: { line: 1, column: 6 },
        },
      ],
    });
  });

  test.each([
    "É… Ö– «À» “CAFɔ",
    "IRMÃ”",
    "naïve café, mañana, größer, œuvre",
    "日本語の仕様 – “quotes” … €5 ±3 √2 ≥ 4",
    "≤ 2 Mo · × ÷ ©",
  ])("right text stays as it is: %s", (text) => {
    expect(decode(bytes(text))).toEqual({ text, diagnostics: [] });
  });

  test("only garbled parts of a mixed text change", () => {
    const text = `é ${misread("→", "windows-1252")} è à`;
    expect(repairMojibake(text)?.text).toBe("é → è à");
  });

  test("Windows-1252 as Windows has it", () => {
    expect(repairMojibake("a â€” b â€œcâ€\u009D")?.text).toBe("a — b “c”");
  });

  test("garbling and repairing gives the text back", () => {
    const char = fc.constantFrom(...Array.from("aé—→🎯ñ日한ß“… -"));
    fc.assert(
      fc.property(
        fc.array(char, { maxLength: 30 }),
        fc.constantFrom("windows-1252", "macintosh"),
        (chars, encoding) => {
          const text = `— é ${chars.join("")}`;
          expect(repairMojibake(misread(text, encoding))?.text).toBe(text);
        },
      ),
    );
  });

  test.skipIf(samples("mojibake", ".txt").length === 0)(`real files (in ${SAMPLES})`, () => {
    for (const file of samples("mojibake", ".txt")) {
      const { text, diagnostics } = decode(readFileSync(file));
      expect(diagnostics).toMatchObject([{ code: "SPEC_MOJIBAKE", place: { line: 7, column: 7 } }]);
      expect(text).toContain("→");
      expect(text).not.toMatch(/‚Ä|√/);
    }
  });
});
