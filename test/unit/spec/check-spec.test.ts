/** Findings in a spec.md, with file, line and column (PL-01). */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { compareDiagnostics } from "../../../src/core/diagnostic.ts";
import { checkSpec } from "../../../src/spec/check-spec.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";

const check = (text: string) => checkSpec(parseSpec("spec.md", text), text);
const codes = (text: string) => check(text).map(({ code }) => code);

const STORY =
  "## User Scenarios\n\n### User Story 1 - Buy a ticket (Priority: P1)\n\n1. **Given** a seat, **When** the user pays, **Then** the ticket is shown.\n";
/** A spec with nothing to find, and these requirements and criteria. */
const withParts = (
  requirements: string,
  criteria = "- **SC-001**: 95% of tickets are bought in under 2 minutes.",
  more = "",
) =>
  `# Tickets\n\n${STORY}\n## Requirements\n\n${requirements}\n\n## Success Criteria\n\n${criteria}\n${more}`;
const requirement = (text: string) => withParts(`- **FR-001**: ${text}`);

test("a sound spec has no findings", () => {
  expect(check(requirement("System MUST show the ticket after payment."))).toEqual([]);
});

describe("each rule: what it finds, and what it leaves alone", () => {
  test.each<[string, string, string]>([
    ["SPEC_NO_REQUIREMENTS", "# Title\n\nSee elsewhere.\n", requirement("System MUST show it.")],
    [
      "SPEC_NO_REQUIREMENTS",
      `# T\n\n${STORY}\n## Requirements\n\n## Success Criteria\n`,
      requirement("System MUST show it."),
    ],
    [
      "SPEC_EMPTY_TEMPLATE",
      "# Feature Specification: [FEATURE NAME]\n\n- **FR-001**: X\n",
      "# Feature Specification: [beta] X\n\n- **FR-001**: X\n",
    ],
    [
      "SPEC_MISSING_SECTION",
      "# T\n\n## Requirements\n\n- **FR-001**: System MUST show it.\n",
      requirement("System MUST show it."),
    ],
    [
      "SPEC_REQUIREMENT_WITHOUT_ID",
      withParts("- **FR-001**: System MUST show it.\n- Age ≥ 18."),
      withParts("- **FR-001**: System MUST show it.\n\n### Files\n\n- `a.md`"),
    ],
    [
      "SPEC_CRITERION_WITHOUT_ID",
      withParts("- **FR-001**: System MUST show it.", "- 95% succeed."),
      withParts("- **FR-001**: System MUST show it."),
    ],
    [
      "SPEC_LINE_TOO_LONG",
      requirement(`System MUST show it. ${"x".repeat(70_000)}`),
      requirement("System MUST show it."),
    ],
    [
      "SPEC_DUPLICATE_ID",
      withParts("- **FR-001**: System MUST show it.\n- **FR-001**: System MUST hide it."),
      withParts("- **FR-001**: System MUST show it.\n- **FR-003**: System MUST hide it."),
    ],
    [
      "SPEC_UNKNOWN_ID",
      requirement("System MUST show it, see FR-031."),
      requirement("System MUST show it (FR-019 of AUTH-01, spec 006's FR-002, RFC-822, `FR-033`)."),
    ],
    [
      "SPEC_STORY_WITHOUT_SCENARIO",
      requirement("System MUST show it.").replace(/1\. \*\*Given.*/, "Prose."),
      requirement("System MUST show it."),
    ],
    [
      "SPEC_SCENARIO_INCOMPLETE",
      requirement("System MUST show it.").replace(/, \*\*Then.*/, ""),
      requirement("System MUST show it."),
    ],
    [
      "SPEC_SCENARIO_INCOMPLETE",
      requirement("System MUST show it.").replace(", **When** the user pays", ""),
      requirement("System MUST show it.").replace(
        /1\. .*/,
        "**Acceptance Criteria**\n\n- Works offline",
      ),
    ],
    [
      "SPEC_PRIORITY_MISSING",
      requirement("System MUST show it.").replace(" (Priority: P1)", ""),
      requirement("System MUST show it."),
    ],
    [
      "SPEC_CRITERION_NOT_MEASURABLE",
      withParts(
        "- **FR-001**: System MUST show it.",
        "- **SC-001**: Maintainers can trace ideas forward.",
      ),
      withParts("- **FR-001**: System MUST show it.", "- **SC-001**: No ticket is sold twice."),
    ],
    [
      "SPEC_OPEN_CLARIFICATION",
      requirement("System MUST show it for [NEEDS CLARIFICATION: how long?]."),
      requirement("System MUST show the `[NEEDS CLARIFICATION: x]` marker."),
    ],
    [
      "SPEC_UNDECIDED",
      requirement("System MUST show it for TBD minutes."),
      requirement("System MUST show the `TODO` label."),
    ],
    [
      "SPEC_TEMPLATE_TEXT",
      withParts(
        "- **FR-001**: System MUST show it.",
        undefined,
        "\n[Add more user stories as needed, each with an assigned priority]\n",
      ),
      requirement("System MUST show it [see below]."),
    ],
    [
      "SPEC_TEMPLATE_TEXT",
      withParts("<!--\n  ACTION REQUIRED: fill\n-->\n- **FR-001**: System MUST show it."),
      requirement("System MUST show ACTION REQUIRED."),
    ],
    [
      "SPEC_VAGUE_WORDING",
      requirement("System MUST show an appropriate message."),
      requirement('System MUST be fast (p95 under 200 ms) and say "easy".'),
    ],
    [
      "SPEC_VAGUE_WORDING",
      requirement("Le système DOIT répondre rapidement."),
      requirement("System MUST fail fast and have quick filters."),
    ],
    [
      "SPEC_ESCAPE_CLAUSE",
      requirement("System MUST show it as needed."),
      requirement("System MUST fail when required files are missing."),
    ],
    [
      "SPEC_OPEN_ENDED",
      requirement("System MUST export PDF, PNG, etc."),
      requirement("System MUST export images (e.g. PNG, JPEG, etc.)."),
    ],
    [
      "SPEC_AND_OR",
      requirement("System MUST show names and/or photos."),
      requirement("System MUST show `and/or`."),
    ],
    [
      "SPEC_COMPOUND_REQUIREMENT",
      requirement("System MUST show it. It MUST print it. It MUST log it."),
      requirement("System MUST show it and MUST NOT hide it."),
    ],
    [
      "SPEC_UNTESTABLE_REQUIREMENT",
      requirement("The first version MUST prioritise safety over autonomy."),
      requirement("The ticket MUST follow the seat the user pays for."),
    ],
    [
      "SPEC_CONTRADICTION",
      withParts(
        "- **FR-001**: A session MUST expire after 30 minutes.\n- **FR-002**: The session expires after 1 hour.",
      ),
      withParts(
        "- **FR-001**: A session MUST expire after 60 minutes.\n- **FR-002**: The session expires after 1 hour. A code expires after 5 minutes.",
      ),
    ],
    [
      "SPEC_CONTRADICTION",
      withParts(
        "- **FR-001**: Users MUST delete sold tickets.\n- **FR-002**: Users MUST NOT delete sold tickets.",
      ),
      withParts(
        "- **FR-001**: Users MUST delete sold tickets.\n- **FR-002**: Users MUST NOT delete sold tickets unless they expired.",
      ),
    ],
    [
      "SPEC_CONTRADICTION",
      withParts(
        "- **FR-001**: System MUST support group bookings by phone.",
        undefined,
        "\n## Out of Scope\n\n- Group bookings\n",
      ),
      withParts(
        "- **FR-001**: System MUST show bookings by a group.",
        undefined,
        "\n## Out of Scope\n\n- **Group bookings**: later\n",
      ),
    ],
    [
      "SPEC_ENTITY_UNUSED",
      withParts(
        "- **FR-001**: System MUST show it.\n\n### Key Entities\n\n- **Venue**: id, name, city",
      ),
      withParts(
        "- **FR-001**: System MUST show venues.\n\n### Key Entities\n\n- **Venue**: id, name, city",
      ),
    ],
  ])("%s", (code, bad, good) => {
    const found = check(bad).filter((one) => one.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one.message).not.toBe("");
      expect(one.hint).toMatch(/\.$/);
      expect(one.message.length).toBeLessThan(300);
    }
    expect(codes(good)).not.toContain(code);
  });
});

test("the place is that of the word, also on a continuation line", () => {
  const text = withParts("- **FR-001**: System MUST show\n  🚲 an appropriate message.");
  const [found] = check(text);
  expect(found).toMatchObject({
    code: "SPEC_VAGUE_WORDING",
    place: { file: "spec.md", line: 12, column: 8 },
  });
});

const severities = (text: string) => check(text).map(({ code, severity }) => `${code} ${severity}`);

test("severities: an error only where there is nothing to plan from", () => {
  expect(severities("# T\n\nx\n")).toEqual(["SPEC_NO_REQUIREMENTS error"]);
  expect(severities(`# T\n\n${STORY}\n## Requirements\n\n## Success Criteria\n`)).toEqual([
    "SPEC_NO_REQUIREMENTS warning",
  ]);
});

test("findings come in the order of the file", () => {
  const found = check(
    withParts("- **FR-002**: Be easy.\n- **FR-001**: TBD etc.\n- **FR-001**: Be fast."),
  );
  expect(found.length).toBeGreaterThan(4);
  expect(found).toEqual(found.toSorted(compareDiagnostics));
});

test("every code is explained in docs/spec-checks.md, and nothing else is", () => {
  const root = path.resolve(import.meta.dirname, "../../..");
  const folder = path.join(root, "src/spec");
  const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"))
    .join("\n");
  const used = new Set([...source.matchAll(/"(SPEC_[A-Z0-9_]+)"/g)].map(([, code]) => code));
  const docs = readFileSync(path.join(root, "docs/spec-checks.md"), "utf8");
  const rows = new Set([...docs.matchAll(/^\| `(SPEC_[A-Z0-9_]+)`/gm)].map(([, code]) => code));
  expect(rows).toEqual(used);
  const headings = docs
    .split("\n")
    .filter((line) => line.startsWith("### "))
    .join("\n");
  for (const code of used) expect(headings).toContain(`\`${code}\``);
});
