import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "../../../src/core/shell-word.ts";

test.each([
  ["specs/001-albums/spec.md", "specs/001-albums/spec.md"],
  ["specs/my spec.md", "'specs/my spec.md'"],
  ["it's", String.raw`'it'\''s'`],
  ["$(reboot)", "'$(reboot)'"],
  ["über/spec.md", "'über/spec.md'"],
  ["", "''"],
])("%s is copied as %s, and a shell reads it back", (text, word) => {
  expect(shellWord(text)).toBe(word);
  expect(execFileSync("sh", ["-c", `printf %s ${word}`], { encoding: "utf8" })).toBe(text);
});
