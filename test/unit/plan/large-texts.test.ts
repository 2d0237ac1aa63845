import fc from "fast-check";
import { expect, test } from "vitest";
import { readLines } from "../../../src/core/markdown/source-lines.ts";
import { orderIds } from "../../../src/plan/annotations/ordered-ids.ts";
import { detectDialect } from "../../../src/plan/detect-dialect.ts";

test("lines end at LF, CRLF and CR, and each knows where it begins", () => {
  const text = fc.string({ unit: fc.constantFrom("\r", "\n", "a", "`", "😀"), maxLength: 40 });
  fc.assert(
    fc.property(text, (written) => {
      const lines = readLines(written);
      expect(lines.map((line) => line.text)).toEqual(written.split(/\r\n|\n|\r/));
      for (const { start, text: shown, wide } of lines) {
        expect(written.startsWith(shown, start)).toBe(true);
        expect(wide).toBe(shown.includes("😀"));
      }
    }),
    { numRuns: 500 },
  );
});

test("a plan behind long prose is still a plan", () => {
  const prose = "The quick brown fox.\n".repeat(20_000);
  const text = `${prose}## Phase 1: Start\n\n- [ ] T001 Do it in src/a.ts\n`;
  expect(detectDialect({ file: "x/tasks.md", text })).toEqual({ dialect: "spec-kit", sure: true });
  expect(detectDialect({ file: "x/notes.md", text: prose })).toBeUndefined();
});

test("ids are found in any case, those of a range in the order of their numbers", () => {
  const ids = orderIds(["T3", "t1", "T1", "T10", "T2b", "T2", "P1"].map((id) => [id, id] as const));
  expect(ids.get("t1")).toEqual(["t1"]);
  expect(ids.get("t3")).toEqual(["T3"]);
  expect(ids.get("p1")).toEqual(["P1"]);
  expect(ids.get("T9")).toEqual([]);
  const between = ids.between("T1", "T3")?.flatMap(({ items }) => items);
  expect(between).toEqual(["t1", "T1", "T2", "T2b", "T3"]);
  expect(ids.between("T1", "P1")).toBeUndefined();
});
