/** Where an id is defined and where it is only mentioned, whatever section it stands in. */
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSpec } from "../../../src/spec/check-spec.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { coverageOf } from "../../../src/stage/checks/coverage.ts";
import { planned } from "../builtin-preparation/chain.ts";

const SCATTERED = readFileSync(
  path.resolve(import.meta.dirname, "../../fixtures/specs/scattered.md"),
  "utf8",
);

/** The pattern itself, read without our reader: an item or row that begins with a bold id and a text. */
const definedIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/^\s*(?:[-*]|\d+\.|\|)\s+\*\*((?:N?FR|SC)-\d+)\*\*\s*[:|]\s*\S/gm)].map(
      ([, id = ""]) => id,
    ),
  ),
];

test("a requirement or criterion is read wherever it is stated, and mentions are left alone", () => {
  const spec = parseSpec("spec.md", SCATTERED);
  expect(spec.requirements.map(({ id, line, kind }) => `${id} ${line} ${kind}`)).toEqual([
    "FR-017 8 functional",
    "FR-001 24 functional",
    "FR-019 29 functional",
    "NFR-02 33 non-functional",
    "FR-020 38 functional",
  ]);
  expect(spec.criteria.map(({ id, line }) => `${id} ${line}`)).toEqual(["SC-001 37", "SC-002 43"]);
  expect(spec.loose.map(({ id, section, outOfScope }) => [id, section, outOfScope])).toEqual([
    ["FR-018", "Clarifications", false],
    ["FR-021", "Out of Scope", true],
  ]);
  expect(spec.entities.map(({ name }) => name)).toEqual(["Tool"]);
  expect(spec.assumptions.map(({ text }) => text)).toEqual([
    "Members have keys",
    "As **FR-001** says, 7 days",
  ]);
});

test("check warns only of the id that no line defines", () => {
  const found = checkSpec(parseSpec("spec.md", SCATTERED), SCATTERED);
  expect(
    found.filter(({ code }) => code.endsWith("_ID")).map(({ code, place }) => [code, place?.line]),
  ).toEqual([["SPEC_LOOSE_ID", 10]]);
});

test("the plan has every one of them, or names it as not covered", () => {
  const plan = planned(SCATTERED)["plan.md"] ?? "";
  const { total, notCovered } = coverageOf(parseSpec("spec.md", SCATTERED), plan);
  expect(total).toBe(definedIn(SCATTERED).length);
  expect(notCovered).toEqual(["FR-018", "FR-021"]);
  expect(plan).toMatch(/- FR-018: it begins line 10 under “Clarifications”/);
  expect(plan).toMatch(/- FR-021: the specification puts it under “Out of Scope” \(line 48\)/);
});

const SECTIONS = [
  "## Clarifications",
  "## User Scenarios & Testing",
  "### User Story 1 - Lend (Priority: P1)",
  "### Edge Cases",
  "## Requirements",
  "### Key Entities",
  "## Success Criteria",
  "## Assumptions",
  "## Dependencies",
  "## Constraints",
  "## Out of Scope",
  "## Notes",
];
const TEXTS = [
  "The system MUST lend a tool",
  "Members borrow a free tool",
  "see FR-001",
  "kept",
  "done",
];
const item = fc
  .tuple(
    fc.constantFrom("FR", "NFR", "SC"),
    fc.integer({ min: 1, max: 30 }),
    fc.constantFrom(...TEXTS),
  )
  .map(([family, number, text]) => `- **${family}-${String(number).padStart(3, "0")}**: ${text}`);

test("in any section, in any order, no id that an item begins with is lost", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...SECTIONS), fc.array(item, { maxLength: 4 })), {
        maxLength: 6,
      }),
      (sections) => {
        const text = `# Spec\n\n${sections.map(([title, items]) => [title, "", ...items, ""].join("\n")).join("\n")}`;
        const spec = parseSpec("spec.md", text);
        const read = [...spec.requirements, ...spec.criteria, ...spec.loose].map(({ id }) => id);
        expect([...new Set(read)].toSorted()).toEqual([...definedIn(text)].toSorted());
      },
    ),
    { numRuns: 300 },
  );
});

test("what thousands of requirements among the entities make is no list of entities", () => {
  const many = Array.from(
    { length: 3_000 },
    (_, index) =>
      `- **FR-${String(index + 2).padStart(4, "0")}**: The system MUST keep shelf ${index}`,
  );
  const text = SCATTERED.replace(
    "- **Tool**: name, shelf",
    ["- **Tool**: name, shelf", ...many].join("\n"),
  );
  const spec = parseSpec("spec.md", text);
  expect(spec.entities.map(({ name }) => name)).toEqual(["Tool"]);
  expect(spec.requirements).toHaveLength(3_005);
});
