import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeStrict, firstInvalidUtf8 } from "../../../src/adapters/agents/shared/utf8.ts";

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

test.each<[string, string, number]>([
  ["a stray continuation byte", "61628063", 2],
  ["a character cut off at the end", "61e282", 1],
  ["an overlong slash", "c0af", 0],
  ["a surrogate", "61eda080", 1],
  ["beyond Unicode", "f4908080", 0],
  ["Latin-1", "4de9", 1],
])("%s is placed", (_, hex, offset) => {
  expect(decodeStrict(bytes(hex))).toEqual({ invalidAt: offset });
});

test("agrees with the platform on any bytes, and everything before the offset is valid", () => {
  const some = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc
      .tuple(
        fc.string({ unit: "binary" }),
        fc.uint8Array({ maxLength: 3 }),
        fc.string({ unit: "binary" }),
      )
      .map(
        ([before, middle, after]) =>
          new Uint8Array(Buffer.concat([Buffer.from(before), middle, Buffer.from(after)])),
      ),
  );
  fc.assert(
    fc.property(some, (input) => {
      const at = firstInvalidUtf8(input);
      expect(at === -1).toBe(isUtf8(input));
      if (at >= 0) {
        expect(isUtf8(input.subarray(0, at))).toBe(true);
        expect(isUtf8(input.subarray(0, at + 1))).toBe(false);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("valid text comes back whole", () => {
  expect(decodeStrict(Buffer.from("Größe 😀"))).toEqual({ text: "Größe 😀" });
});
