import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runPath, safeSegment } from "../../../src/adapters/artifacts/run-path.ts";

test.each([
  ["attempts/requirements-1/prompt.md", ["attempts", "requirements-1", "prompt.md"]],
  ["./log.jsonl", ["log.jsonl"]],
  ["a//b", ["a", "b"]],
  ["Übersicht 2.md", ["Übersicht 2.md"]],
  ["", ["unnamed"]],
])("%s stays readable", (asked, segments) => {
  expect(runPath(asked)).toEqual(segments);
});

test.each([
  "../../etc/passwd",
  "/etc/passwd",
  "a/../../b",
  "a\0b",
  "a\nb",
  "con\\..\\x",
  "x".repeat(400),
  "-rf",
  ".git",
  "a. ",
])("%j leads nowhere else", (asked) => {
  const joined = path.resolve("/run", ...runPath(asked));
  expect(joined.startsWith("/run/")).toBe(true);
  expect(runPath(asked).every((part) => /^[\p{L}\p{N}_][^\p{Cc}\\]*$/u.test(part))).toBe(true);
});

test("any path stays inside, with every name short enough, and different names stay different", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("..", ".", "../x", "a/..", "~", " "),
  );
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), (names) => {
      const parts = runPath(names.join("/"));
      expect(path.resolve("/run", ...parts).startsWith("/run/")).toBe(true);
      expect(parts.length).toBeLessThanOrEqual(16);
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
    }),
  );
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(safeSegment(a) === safeSegment(b)).toBe(a === b);
    }),
  );
});
