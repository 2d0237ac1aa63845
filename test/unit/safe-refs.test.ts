/** Names of refs and folders: safe whatever tasks are called, and different for different tasks (RELIABILITY D5). */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  rescueRef,
  resultRef,
  SAFE_NAME,
  safeName,
} from "../../src/adapters/shared/git/safe-refs.ts";

const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.stringMatching(/^[a-zA-Z0-9._/-]{1,70}$/),
  fc.constantFrom(
    "",
    "..",
    "a.lock",
    "-rf",
    "bases",
    "landing",
    "rescue",
    "$(id)",
    "a\u3000b",
    "T001",
    "1.1",
  ),
);

test("a name is safe in refs and folders, whatever it is made of", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const name = safeName(text);
      expect(name).toMatch(SAFE_NAME);
      expect(name).not.toMatch(/\.\.|\.$|\.lock$/);
      expect(["bases", "landing", "rescue"]).not.toContain(name);
    }),
  );
});

test("different texts have different names, and a name of ours is never that of another text", () => {
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      fc.pre(one !== other);
      expect(safeName(one)).not.toBe(safeName(other));
      const name = safeName(one);
      if (name !== one) expect(safeName(name)).not.toBe(name);
    }),
  );
});

test("what is safe stays as it is", () => {
  expect(safeName("t001")).toBe("t001");
  expect(safeName("1.1")).toBe("1.1");
  expect(safeName("T001")).toBe("t001-382d131eaedb8ac6");
  expect(resultRef("k7f3p-lend-tools", "1.1")).toBe("refs/wavegate/k7f3p-lend-tools/1.1");
  expect(rescueRef("r", "x", "a".repeat(40))).toBe(`refs/wavegate/rescue/r/x/${"a".repeat(16)}`);
});
