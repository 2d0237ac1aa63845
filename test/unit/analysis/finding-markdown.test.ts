/** Whatever plans say, it stays text of the finding that quotes it, in its cell and its line (PX-04). */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding, Row, Statement } from "../../../src/analysis/model.ts";
import { findingMarkdown } from "../../../src/analysis/writers/finding-markdown.ts";
import { codeSpan, inCell, inlineText } from "../../../src/core/markdown/inline-text.ts";

const PIECES = [
  ...Array.from("|\\`<>#-=*_[]()!&:~x1. \n\r\t"),
  "``",
  "```",
  "---",
  "\\|",
  "<!--",
  "-->",
  "<script>alert(1)</script>",
  "</details>",
  "![a](http://example.org/a.png)",
  "[x](javascript:alert(1))",
  "- [ ] 1.1 do",
  "- [x] ",
  "[x]: http://example.org",
  "## Phase 9",
  "<http://example.org>",
  "\u001B[2J",
  "\u202E",
  "\u2066",
  "\u2028",
  "1) ",
  "***",
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 14 })
  .map((pieces) => pieces.join(""));

/** What a reader of GFM sees beside code: code spans and escaped characters are taken out, by the letter of CommonMark §2.4 and §6.1. */
function outsideCode(line: string): string {
  let out = "";
  for (let at = 0; at < line.length;) {
    if (line[at] === "\\" && /[!-/:-@[-`{-~]/.test(line[at + 1] ?? "")) {
      at += 2;
      out += "\u0000";
      continue;
    }
    const run = /^`+/.exec(line.slice(at))?.[0];
    if (run === undefined) {
      out += line[at++];
      continue;
    }
    const rest = line.slice(at + run.length);
    const closing = [...rest.matchAll(/`+/g)].find(([each]) => each.length === run.length);
    if (!closing) throw new Error(`a run of backticks without its partner: ${line}`);
    out += "\u0000";
    at += run.length + closing.index + run.length;
  }
  return out;
}

/** Cells by both readings of a backslash before a bar: any one escapes it (cmark-gfm), or only one that is not escaped itself (micromark). */
const cellsOf = (row: string): readonly number[] => [
  row.split(/(?<!\\)\|/).length - 2,
  row.split(/(?<!(?<!\\)(?:\\\\)*\\)\|/).length - 2,
];

const ACTIVE = /<[!/?A-Za-z]|!\[|\]\(|\]\[|\]:/;
const BEGINS =
  /^(?:#{1,6}(?: |$)|[-+*](?: |$)|>|~~~|\d{1,9}[.)](?: |$)|\[[ xX]\]|(?:[-=_*] ?){2,}$)/;
/* oxlint-disable-next-line no-control-regex -- they must not be there */
const UNSEEN = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F]/;

test("text of others is one line that begins, ends and loads nothing", () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const made = inlineText(text);
      expect(made).not.toMatch(/\n/);
      expect(made).not.toMatch(UNSEEN);
      expect(outsideCode(made)).not.toMatch(ACTIVE);
      expect(made).not.toMatch(BEGINS);
      expect(["\u0000", "–"]).toContain(outsideCode(codeSpan(text)));
    }),
    { numRuns: 3_000 },
  );
});

const place = (file: string) => ({ file, line: 1, column: 1 });

function findingOf(texts: readonly [string, string, string]): Finding {
  const [one, two, three] = texts;
  const statement: Statement = {
    text: one,
    places: [place(two)],
    figure: { value: 1, unit: three },
  };
  const row: Row = { cells: [one, 1, two, null], places: [place(three)] };
  const columns = [one, two, three, "d"].map((title) => ({ title, align: "left" }) as const);
  return {
    number: 1,
    slug: "1-architecture",
    title: "Architecture",
    status: "partial",
    summary: [statement],
    gaps: [two],
    sections: [
      {
        id: "a",
        heading: three,
        blocks: [
          { kind: "note", text: one },
          { kind: "paragraph", statements: [statement] },
          { kind: "list", items: [statement] },
          { kind: "table", caption: two, columns, rows: [row, row], more: 0 },
          { kind: "code", language: "text", code: three, caption: one },
          { kind: "note", text: "the end" },
        ],
      },
    ],
  };
}

test("rows keep their cells, and nothing of a plan becomes a heading, a box or the end of a fence", () => {
  fc.assert(
    fc.property(fc.tuple(hostile, hostile, hostile), (texts) => {
      const lines = findingMarkdown(findingOf(texts)).split("\n");
      const fences = lines.flatMap((line, index) => (/^`{3,}/.test(line) ? [index] : []));
      const open = fences[0] ?? -1;
      const mark = /^`+/.exec(lines[open] ?? "")?.[0] ?? "";
      const close = lines.findIndex((line, index) => index > open && line === mark);
      expect(lines.slice(close + 1).find((line) => line !== "")).toBe("> the end");
      const prose = [...lines.slice(0, open), ...lines.slice(close + 1)];
      const rows = prose.filter((line) => line.startsWith("| "));
      expect(rows).toHaveLength(4);
      for (const row of rows) expect(cellsOf(row)).toEqual([5, 5]);
      expect(prose.filter((line) => /^#{1,6}(?: |$)/.test(line))).toHaveLength(5);
      expect(prose.filter((line) => /^\s*(?:[-+*]|\d+[.)]) \[[ xX]\]/.test(line))).toEqual([]);
      expect(prose.join("\n")).not.toMatch(UNSEEN);
    }),
    { numRuns: 1_000 },
  );
});

test("what reads well stays as it is written", () => {
  expect(inlineText("Use `Map<string, T>` in **all** [P] tasks | 2.1-2.3")).toBe(
    "Use `Map<string, T>` in **all** [P] tasks | 2.1-2.3",
  );
  expect(inCell(inlineText("a | `b|c`"))).toBe("a \\| `b\\|c`");
});
