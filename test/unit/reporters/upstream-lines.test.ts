import { expect, test } from "vitest";
import { upstreamLines } from "../../../src/reporters/plans/upstream-lines.ts";

const style = { color: false, unicode: true, width: 80 };
const place = { file: "p.md", line: 3, column: 1 };

test("what is needed first is named once, with its reason and place", () =>
  expect(
    upstreamLines(
      [
        { name: "a.md", reason: "(MUST complete first)", place },
        { name: "Spec 004", reason: "Spec 004 (Rights) MUST be implemented first", place },
        { name: "b.md", reason: "", place },
      ],
      style,
    ),
  ).toEqual([
    " needs first: a.md: MUST complete first (p.md:3:1)",
    " needs first: Spec 004 (Rights) MUST be implemented first (p.md:3:1)",
    " needs first: b.md (p.md:3:1)",
  ]));

test("many are counted", () =>
  expect(
    upstreamLines(
      Array.from({ length: 9 }, () => ({ name: "a.md", reason: "", place })),
      style,
    ).at(-1),
  ).toBe(" and 3 more plans first"));
