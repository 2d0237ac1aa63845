/** What holds for any text: nothing throws, places point at what they name, and time grows with the text. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSpec } from "../../../src/spec/check-spec.ts";
import type { Spec } from "../../../src/spec/model.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
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

const many = (part: string, count: number) => part.repeat(count);

/**
 * Lines made to provoke quadratic regular expressions or rescans. Each would take minutes if any step were quadratic;
 * the runner's own time limit is the bound, so a slow machine does not fail it.
 */
describe("hostile texts are read in linear time", () => {
  test.each([
    ["20,000 requirements", many("- **FR-001**: System MUST show it within 5 s, etc.\n", 20_000)],
    ["deep lists", Array.from({ length: 2_000 }, (_, i) => `${many("  ", i)}- a`).join("\n")],
    ["one line of spaces", `# ${many(" ", 60_000)}x`],
    ["stars", many("*", 60_000)],
    ["open bold", many("**Given ", 8_000)],
    ["open comments", many("<!-- ", 12_000)],
    ["open comments on lines", many("a <!--\n", 20_000)],
    ["backticks", Array.from({ length: 300 }, (_, i) => many("`", i)).join(" ")],
    ["brackets", many("[NEEDS CLARIFICATION: ", 2_800)],
    ["pipes", many("|", 60_000)],
    ["quotes", many('"', 60_000)],
    ["dashes", many("- ", 30_000)],
    ["ids", many("FR-1 ", 12_000)],
    ["steps", `- ${many("Given a, when b, then c. ", 2_500)}`],
    ["numbers", `- **FR-001**: ${many("1,000 ", 10_000)}`],
    ["colons", many("a:", 30_000)],
    ["sentences", `## Requirements\n\n- **FR-001**: ${many("It must be easy. ", 3_800)}`],
    ["emoji", `## Requirements\n\n- **FR-001**: ${many("🚲 easy. ", 5_000)}`],
    ["unclosed fence", `\`\`\`\n${many("x\n", 20_000)}`],
    [
      "out of scope",
      `## Out of Scope\n\n${many("- Group bookings\n", 4_000)}\n## Requirements\n\n${many("- **FR-1**: MUST support group tours\n", 2_000)}`,
    ],
  ])("%s", (_, text) => {
    const spec = parseSpec("s.md", text);
    expect(spec.lines).toBeGreaterThan(0);
    expect(Array.isArray(checkSpec(spec, text))).toBe(true);
  });
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
