/** What holds for any text: nothing throws, places point at what they name, and time grows with the text. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSpec } from "../../../src/spec/check-spec.ts";
import type { Spec } from "../../../src/spec/model.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";
import { samples } from "./samples.ts";

const PIECES = [
  "# Feature Specification: X",
  "## User Scenarios & Testing *(mandatory)*",
  "### User Story 1 - T (Priority: P1)",
  "### US-2: T (P0)",
  "### Edge Cases",
  "## Requirements",
  "### Key Entities",
  "## Success Criteria",
  "## Out of Scope",
  "## Clarifications",
  "**Acceptance Scenarios**:",
  "1. **Given** a 🚲, **When** b, **Then** c",
  "- Given a, when b",
  "   then c",
  "- **FR-001**: System MUST be fast 🚲 and/or easy, etc.",
  "  - **FR-002a** (P1): nested [NEEDS CLARIFICATION: why?]",
  "- SC-001: 5 s",
  "- **Thing** *(x)*: id, name, age",
  "| FR-03 | text | P0 |",
  "|---|---|---|",
  "- Q: a? → A: b",
  "```gherkin",
  "```",
  "<!-- open",
  "close -->",
  "---",
  "> Priority: P0",
  "    indented",
  "\tFR-001 must not be fast",
  "",
];
const document = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...PIECES) },
      fc.string({ unit: "binary", maxLength: 40 }),
    ),
    { maxLength: 40 },
  )
  .chain((lines) => fc.constantFrom("\n", "\r\n", "\r").map((end) => lines.join(end)));

const lineOf = (text: string, line: number) => text.split(/\r\n|\n|\r/)[line - 1];
const from = (text: string, place: { line: number; column: number }) =>
  Array.from(lineOf(text, place.line) ?? "")
    .slice(place.column - 1)
    .join("");
const lower = (text: string) => text.toLowerCase();

/** Every item of a spec with what must stand at its place. */
const placed = (spec: Spec): readonly (readonly [{ line: number; column: number }, string])[] => [
  ...[...spec.requirements, ...spec.criteria].map((one) => [one, one.id] as const),
  ...spec.entities.map((one) => [one, one.name.split(" ")[0] ?? ""] as const),
  ...spec.clarifications.map((one) => [one, "["] as const),
  ...[...spec.unnumbered, ...spec.edgeCases, ...spec.outOfScope, ...spec.assumptions].map(
    (one) => [one, one.text.split(/[\s;]/)[0] ?? ""] as const,
  ),
];

function holdsFor(text: string): void {
  const spec = parseSpec("s.md", text);
  for (const [place, start] of placed(spec)) {
    const there = from(text, place);
    expect(
      lower(there).startsWith(lower(start)),
      `${start} at ${place.line}:${place.column}: ${there}`,
    ).toBe(true);
  }
  for (const { place } of checkSpec(spec, text)) {
    const length = Array.from(lineOf(text, place.line ?? 0) ?? "").length;
    expect(place.line).toBeLessThanOrEqual(spec.lines);
    expect(place.column).toBeGreaterThanOrEqual(1);
    expect(place.column).toBeLessThanOrEqual(Math.max(1, length));
  }
  expect(checkSpec(spec, text)).toEqual(checkSpec(spec, text));
}

test("any text is read; every place lies in the file and points at the item", () => {
  fc.assert(fc.property(document, holdsFor), { numRuns: 300 });
});

test("any characters at all are read", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), holdsFor));
});

const requirement = (text: string) => `## Requirements\n\n- **FR-001**: System MUST ${text}x\n`;
const criterion = (text: string) => `## Success Criteria\n\n- **SC-001**: ${text}x\n`;
const story = (title: string, text = "") =>
  `## User Scenarios\n\n### User Story 1 - ${title}x\n\n${text}`;

/** Lines made to provoke quadratic regular expressions or rescans, of about so many characters. */
const HOSTILE: readonly (readonly [name: string, make: (size: number) => string])[] = [
  ["requirements", (n) => filled("- **FR-001**: System MUST show it within 5 s, etc.\n", n * 8)],
  [
    "deep lists",
    (n) => Array.from({ length: n / 50 }, (_, i) => `${"  ".repeat(i)}- a`).join("\n"),
  ],
  ["one line of spaces", (n) => `# ${filled(" ", n)}x`],
  ["stars", (n) => filled("*", n)],
  ["open bold", (n) => filled("**Given ", n)],
  ["open comments", (n) => filled("<!-- ", n)],
  ["open comments on lines", (n) => filled("a <!--\n", n)],
  ["backticks", (n) => Array.from({ length: Math.sqrt(n) }, (_, i) => "`".repeat(i)).join(" ")],
  ["brackets", (n) => filled("[NEEDS CLARIFICATION: ", n)],
  ["pipes", (n) => filled("|", n)],
  ["quotes", (n) => filled('"', n)],
  ["curly quotes", (n) => requirement(filled("“", n))],
  ["dashes", (n) => filled("- ", n)],
  ["ids", (n) => filled("FR-1 ", n)],
  ["steps", (n) => `- ${filled("Given a, when b, then c. ", n)}`],
  ["numbers", (n) => requirement(filled("1,000 ", n))],
  ["numbers of one clause", (n) => criterion(filled("5 s ", n))],
  ["numbers of many clauses", (n) => criterion(filled("5 s, ", n))],
  ["numbers of many units", (n) => criterion(filled("5 pages 7 rows ", n))],
  ["colons", (n) => filled("a:", n)],
  ["sentences", (n) => requirement(filled("It must be easy. ", n))],
  ["full stops", (n) => requirement(filled("。", n))],
  ["emoji", (n) => requirement(filled("🚲 easy. ", n))],
  ["unclosed fence", (n) => `\`\`\`\n${filled("x\n", n)}`],
  ["a title with spaces in it", (n) => story(`a${filled(" ", n)}`)],
  ["a title of open brackets", (n) => story(filled("( ", n))],
  ["a title of priorities", (n) => story(filled("(P1) ", n))],
  ["spaces after a mark", (n) => `## Requirements (mandatory)${filled(" ", n)}x`],
  ["spaces after a star", (n) => `## Requirements *${filled(" ", n)}x`],
  ["a story with spaces in it", (n) => story("a", `a${filled(" ", n)}x\n`)],
  [
    "out of scope",
    (n) =>
      `## Out of Scope\n\n${filled("- Group bookings\n", n)}\n## Requirements\n\n${filled("- **FR-1**: MUST support group tours\n", n)}`,
  ],
];

describe("hostile texts are read in linear time", () => {
  test.each(HOSTILE)(
    "%s",
    (_, make) => {
      expect(
        growthOf(
          make,
          (text) => {
            const spec = parseSpec("s.md", text);
            expect(spec.lines).toBeGreaterThan(0);
            expect(Array.isArray(checkSpec(spec, text))).toBe(true);
          },
          4_000,
        ),
      ).toBe("linear");
    },
    PATIENCE_MS,
  );
});

const specs = samples("spec-kit", "spec.md");
test.skipIf(specs.length === 0)("on real specs (samples are skipped where absent)", () => {
  expect(specs.length).toBeGreaterThan(20);
  for (const file of specs) holdsFor(readFileSync(file, "utf8"));
});

test.skipIf(specs.length === 0)("every id that a real spec defines is read, and no other", () => {
  for (const file of specs) {
    const text = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "");
    const defined = [...text.matchAll(/^(?:- \*\*|\| )((?:N?FR|SC)-\d+[a-z]?)\b/gm)].map(
      ([, id]) => id ?? "",
    );
    const spec = parseSpec(file, text);
    const read = [...spec.requirements, ...spec.criteria].map(({ id }) => id);
    expect({ file, ids: read.toSorted() }).toEqual({ file, ids: defined.toSorted() });
    const stories = new Set(
      [...text.matchAll(/^### (?:User Story |US-?)(\d+[a-z]?)/gm)].map(([, id]) => `US${id}`),
    );
    expect({ file, ids: new Set(spec.stories.map(({ id }) => id)) }).toEqual({
      file,
      ids: stories,
    });
  }
});
