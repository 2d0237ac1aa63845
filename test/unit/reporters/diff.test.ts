import * as fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines, unifiedDiff } from "../../../src/core/diff.ts";

const side = (lines: ReturnType<typeof diffLines>, leftOut: "added" | "removed") =>
  lines.filter((line) => line.kind !== leftOut).map((line) => line.text);

const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 14 });

const numbered = (name: string) =>
  Array.from({ length: 5_000 }, (_, index) => `${name}${index}`).join("\n");

/** Length of the longest common subsequence, by the textbook table. */
const common = (a: readonly string[], b: readonly string[]): number => {
  const table = a.map(() => b.map(() => 0));
  const cell = (i: number, j: number) => table[i]?.[j] ?? 0;
  a.forEach((left, i) => {
    b.forEach((right, j) => {
      table[i]![j] =
        left === right ? cell(i - 1, j - 1) + 1 : Math.max(cell(i - 1, j), cell(i, j - 1));
    });
  });
  return cell(a.length - 1, b.length - 1);
};

test("a diff holds both texts, and is the shortest there is", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      const lines = diffLines(a.join("\n"), b.join("\n"));
      expect(side(lines, "added")).toEqual(a);
      expect(side(lines, "removed")).toEqual(b);
      expect(lines.filter((line) => line.kind === "same")).toHaveLength(common(a, b));
    }),
  );
});

test("line ends do not count as changes", () => {
  expect(unifiedDiff("a\r\nb\r\n", "a\nb\n")).toEqual({
    lines: [],
    added: 0,
    removed: 0,
    hidden: 0,
  });
});

test("hunks are headed as in a unified diff", () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
  const after = before.toSpliced(9, 1, "changed").toSpliced(19, 0, "more");
  expect(unifiedDiff(before.join("\n"), after.join("\n"), { context: 1 }).lines).toEqual([
    "@@ -9,3 +9,3 @@",
    " line 9",
    "-line 10",
    "+changed",
    " line 11",
    "@@ -19,2 +19,3 @@",
    " line 19",
    "+more",
    " line 20",
  ]);
  expect(unifiedDiff("", "new").lines).toEqual(["@@ -0,0 +1,1 @@", "+new"]);
});

test("what is too long to show is counted", () => {
  const { lines, hidden, added } = unifiedDiff("", "x\n".repeat(1_000), { maxLines: 10 });
  expect([lines.length, hidden, added]).toEqual([10, 991, 1_000]);
});

test("texts with nothing in common and thousands of lines are compared at once", () => {
  expect(diffLines(numbered("a"), numbered("b"))).toHaveLength(10_000);
});
