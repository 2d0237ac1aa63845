import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { knownIds } from "../../../src/spec/spec-ids.ts";
import { specIds } from "../../../src/stage/checks/ids.ts";

const fixture = readFileSync(
  path.resolve(import.meta.dirname, "../../fixtures/specs/bike-sharing.md"),
  "utf8",
);
const spec = parseSpec("spec.md", fixture);
const at = (item: { line: number; column: number }) => `${item.line}:${item.column}`;

describe("a spec with everything", () => {
  test("header", () => {
    expect(spec).toMatchObject({
      title: "Bike Sharing Stations",
      branch: "004-bike-stations",
      created: "2026-03-01",
      status: "Draft",
      input: "Riders find a station, unlock a bike and bring it back",
    });
  });

  test("stories with priority, parts and scenarios", () => {
    expect(spec.stories.map(({ id, title, priority }) => [id, title, priority])).toEqual([
      ["US1", "Find a station", "P1"],
      ["US5a", "Unlock a bike 🎯 MVP", "P2"],
    ]);
    expect(spec.stories[0]).toMatchObject({
      line: 23,
      column: 5,
      narrative: "As a rider I look for a station near me.",
      why: "Nothing works without it.",
      independentTest: "Open the map and see stations.",
    });
    expect(spec.stories[0]?.scenarios).toMatchObject([
      {
        number: 1,
        line: 32,
        column: 4,
        given: "a rider near a station",
        when: "they open the map",
        then: "the station is shown with its free bikes.",
      },
      { number: 2, given: "no station within 1 km", then: "the nearest is named." },
    ]);
    expect(spec.stories[1]?.scenarios).toMatchObject([
      {
        given: "a rider with a valid card",
        when: "they scan a bike",
        then: "the lock opens; the ride starts",
      },
    ]);
  });

  test("requirements with id, kind, group, priority and place; fences and comments left out", () => {
    expect(
      spec.requirements.map((one) => [one.id, one.kind, one.group, one.priority, at(one)]),
    ).toEqual([
      ["FR-001", "functional", "Stations", undefined, "56:5"],
      ["FR-002a", "functional", "Stations", "P1", "58:5"],
      ["FR-003", "functional", "Locks", undefined, "62:3"],
      ["FR-004", "functional", "Locks", undefined, "65:4"],
      ["NFR-01", "non-functional", undefined, undefined, "73:5"],
    ]);
    expect(spec.requirements.map(({ text }) => text)).toMatchObject([
      "System MUST show all stations within 1 km of the rider.",
      "System MUST hide bikes with an empty battery [NEEDS CLARIFICATION: below which charge?].",
      "The lock MUST open within 2 seconds: by card; by phone",
      "Operators MUST be able to lock a station.",
      "The map MUST load in under 3 seconds.",
    ]);
  });

  test("the rest", () => {
    expect(spec.criteria).toMatchObject([{ id: "SC-001", measurement: undefined }]);
    expect(spec.entities).toMatchObject([
      { name: "Station", fields: ["name", "position", "number of docks"] },
      { name: "Ride", fields: ["id", "bikeId", "startedAt", "endedAt"] },
    ]);
    expect(spec.edgeCases.map(({ text }) => text)).toEqual([
      "What happens when the lock jams?; The ride is cancelled.",
      "Battery empty → the bike is hidden 🚲.",
    ]);
    expect(spec.clarifications).toEqual([
      { line: 58, column: 66, question: "below which charge?", within: "FR-002a" },
    ]);
    expect(spec.answered).toMatchObject([
      { question: "How long may a bike be kept?", answer: "Two hours, then the fee doubles." },
      { question: "Who can lock a station?", answer: "Operators only." },
    ]);
    expect(spec.assumptions).toMatchObject([{ text: "Riders have a phone." }]);
    expect(spec.outOfScope).toMatchObject([{ text: "**Repairs**: done elsewhere." }]);
    expect(spec.dependencies).toMatchObject([{ text: "Card provider of 003." }]);
    expect(spec.sections.map(({ kind }) => kind)).toContain("success-criteria");
  });

  test("ids in order", () => {
    expect(specIds(spec)).toEqual(["FR-001", "FR-002a", "FR-003", "FR-004", "NFR-01", "SC-001"]);
    expect([...knownIds(spec)]).toContain("US5a");
  });

  test("line ends do not matter", () => {
    for (const end of ["\r\n", "\r"]) {
      const other = parseSpec("spec.md", fixture.replaceAll("\n", end));
      expect(other).toEqual(spec);
    }
  });
});

describe("story headings", () => {
  test.each([
    ["### User Story 1 - Title (Priority: P1)", "US1", "Title", "P1"],
    ["### User Story 2 — Title (Priority: P3)", "US2", "Title", "P3"],
    ["### User Story 3: Title", "US3", "Title", undefined],
    ["### US-1: Title (P0)", "US1", "Title", "P0"],
    ["### US4 — Titre", "US4", "Titre", undefined],
    ["### Récit utilisateur 2 - Titre (Priorité : P2)", "US2", "Titre", "P2"],
    ["### Historia de Usuario 3 - Título (Prioridad: P1)", "US3", "Título", "P1"],
    ["### História do Usuário 3 - Título (Prioridade: P1)", "US3", "Título", "P1"],
    ["### Nutzergeschichte 1 – Titel (Priorität: P1)", "US1", "Titel", "P1"],
    ["### ユーザーストーリー 1 - 題名（優先度: P1）", "US1", "題名", "P1"],
    ["### 用户故事 2 - 标题 (优先级: P2)", "US2", "标题", "P2"],
    [
      "### User Story 6 - Manage key entities out of scope (Priority: P1)",
      "US6",
      "Manage key entities out of scope",
      "P1",
    ],
  ])("%s", (heading, id, title, priority) => {
    const text = `# X\n\n## User Scenarios\n\n${heading}\n\nProse.\n`;
    expect(parseSpec("s", text).stories).toMatchObject([
      { id, title, priority, narrative: "Prose.", line: 5, column: 5 },
    ]);
  });

  test("a heading that only speaks of stories opens none", () => {
    expect(parseSpec("s", "## User Stories\n\n### Story map\n").stories).toEqual([]);
  });

  test("listed stories take scenarios and title from a section of their own", () => {
    const text = `## User Stories\n\n- **US1** — En tant que visiteur, je veux un compte.\n- **US2** — Autre.\n
## Acceptance Scenarios\n\n### US1 — Inscription\n\n**Given** a, **When** b, **Then** c.\n
**Given** d, **When** e, **Then** f. **Given** g, **Then** h.\n`;
    const { stories } = parseSpec("s", text);
    expect(stories.map(({ id, title }) => [id, title])).toEqual([
      ["US1", "Inscription"],
      ["US2", "Autre."],
    ]);
    expect(stories[0]?.scenarios.map((one) => [one.given, one.when, one.then])).toEqual([
      ["a", "b", "c."],
      ["d", "e", "f."],
      ["g", undefined, "h."],
    ]);
  });

  test("the older template: one primary story, scenarios under a heading", () => {
    const text = `## User Scenarios & Testing\n\n### Primary User Story\nAs a user I sign in.\n
### Acceptance Scenarios\n1. **Given** a, **When** b, **Then** c\n2. **Given** d, **When** e, **Then** f\n`;
    expect(parseSpec("s", text).stories).toMatchObject([
      { id: "US1", narrative: "As a user I sign in.", scenarios: [{ number: 1 }, { number: 2 }] },
    ]);
  });
});

const scenarios = (body: string) =>
  parseSpec(
    "s",
    `### User Story 1 - T (P1)\n\n**Acceptance Scenarios**:\n\n${body}\n`,
  ).stories[0]?.scenarios.map((one) => [one.given, one.when, one.then]);

describe("scenarios", () => {
  test.each([
    ["numbered, bold", "1. **Given** a, **When** b, **Then** c"],
    ["no emphasis", "1. Given a, when b, then c"],
    ["capitals", "- GIVEN a WHEN b THEN c"],
    ["one paragraph on lines", "**Given** a,\n**When** b,\n**Then** c"],
    ["labels", "**Given**: a\n**When**: b\n**Then**: c"],
    ["an item per step", "- **Given** a\n- **When** b\n- **Then** c"],
    ["steps below a title", "1. Some title\n   - **Given** a\n   - **When** b\n   - **Then** c"],
    ["paragraphs", "**Given** a\n\n**When** b\n\n**Then** c"],
    ["gherkin fence", "```gherkin\nScenario: x\nGiven a\nWhen b\nThen c\n```"],
    ["table", "| # | Given | When | Then |\n|---|---|---|---|\n| 1 | a | b | c |"],
    ["French", "1. **Étant donné** a, **Quand** b, **Alors** c"],
    ["French, que", "1. **Étant donné que** a, **lorsque** b, **alors** c"],
    ["Spanish", "1. **Dado** a, **Cuando** b, **Entonces** c"],
    ["Spanish, plain", "1. Dado que a, cuando b, entonces c"],
    ["Portuguese", "1. **Dado** a, **Quando** b, **Então** c"],
    ["German", "1. **Angenommen** a, **Wenn** b, **Dann** c"],
    ["Italian", "1. **Dato** a, **Quando** b, **Allora** c"],
    ["Japanese", "1. **前提** a、**もし** b、**ならば** c"],
    ["Chinese", "1. **假设** a，**当** b，**那么** c"],
    ["Russian", "1. **Дано** a, **Когда** b, **Тогда** c"],
    ["Korean", "1. **주어진** a, **만일** b, **그러면** c"],
  ])("%s", (_, body) => {
    expect(scenarios(body)).toEqual([["a", "b", "c"]]);
  });

  test("a second When keeps the Given of its text", () => {
    expect(scenarios("**Given** a, **When** b, **Then** c. **When** d, **Then** e.")).toEqual([
      ["a", "b", "c."],
      ["a", "d", "e."],
    ]);
  });

  test("prose with a comma and then is no scenario", () => {
    const text =
      "### User Story 1 - T\n\nWhen lost, ask.\n\n**Independent Test**: Create a, then b, then c.\n";
    expect(parseSpec("s", text).stories).toMatchObject([
      { scenarios: [], independentTest: "Create a, then b, then c." },
    ]);
  });

  test("criteria that are not Given/When/Then stay whole", () => {
    expect(
      parseSpec("s", "### US1: T\n\n**Acceptance Criteria**\n\n- [ ] Works offline\n").stories[0]
        ?.scenarios,
    ).toMatchObject([
      { text: "Works offline", given: undefined, when: undefined, then: undefined },
    ]);
  });
});

const read = (body: string) => parseSpec("s", `## Requirements\n\n${body}\n`);

describe("requirements", () => {
  test.each([
    ["- **FR-001**: X", "FR-001", "X"],
    ["- **FR-001:** X", "FR-001", "X"],
    ["- FR-01 - X", "FR-01", "X"],
    ["* **FR-012a** X", "FR-012a", "X"],
    ["1. **REQ-1** – X", "REQ-1", "X"],
    ["- `RF-01`: X", "RF-01", "X"],
    ["- **RM1** : X", "RM1", "X"],
    ["- **FR-AUTH-001**: X", "FR-AUTH-001", "X"],
    ["- [ ] **FR-3**: X", "FR-3", "X"],
    ["**FR-001**: X", "FR-001", "X"],
    ["#### FR-001: X", "FR-001", "X"],
    ["| ID | Requirement | Priority |\n|---|---|---|\n| FR-01 | X | P0 |", "FR-01", "X"],
    ["| **FR-01** | X |\n", "FR-01", "X"],
    ["- **Group**\n  - **FR-7**: X", "FR-7", "X"],
  ])("%s", (body, id, text) => {
    expect(read(body).requirements).toMatchObject([{ id, text }]);
  });

  test("priorities and kinds", () => {
    const { requirements } = read(
      "| FR-01 | X | P0 |\n\n- **RNF-02** (P3): Y\n- **FR-03**: Z (Priority: P2)",
    );
    expect(requirements.map(({ id, kind, priority }) => [id, kind, priority])).toEqual([
      ["FR-01", "functional", "P0"],
      ["RNF-02", "non-functional", "P3"],
      ["FR-03", "functional", "P2"],
    ]);
  });

  test("a mention elsewhere is no second definition", () => {
    const { requirements } = read(
      "- **FR-001**: X\n\n## Traceability\n\n- **FR-001**: see US1\n\n| FR-001 | US1 |",
    );
    expect(requirements).toHaveLength(1);
  });

  test("items without an id are kept apart, and nothing is made up", () => {
    const found = read("- Age ≥ 18.\n- P2 of the plan comes later");
    expect(found.requirements).toEqual([]);
    expect(found.unnumbered).toMatchObject([{ text: "Age ≥ 18.", line: 3, column: 3 }, {}]);
  });

  test.each([
    "Exigences fonctionnelles",
    "Requisitos",
    "Anforderungen",
    "要件",
    "功能需求",
    "요구사항",
    "Règles métier",
  ])("under %s", (title) => {
    expect(parseSpec("s", `## ${title}\n\n- **RG-1**: X\n`).requirements).toMatchObject([
      { id: "RG-1" },
    ]);
  });

  test("a criterion's measurement comes from its column", () => {
    const text =
      "## Success Criteria\n\n| ID | Criterion | Measurement |\n|---|---|---|\n| SC-01 | X | E2E test |\n";
    expect(parseSpec("s", text).criteria).toMatchObject([
      { id: "SC-01", text: "X", measurement: "E2E test", line: 5, column: 3 },
    ]);
  });
});

test("markers in code are only talked about; markers know their story", () => {
  const text =
    "### US1: T\n\nLink valid for [NEEDS CLARIFICATION: how long [hours]?].\n\nThe `[NEEDS CLARIFICATION: x]` marker.\n";
  expect(parseSpec("s", text).clarifications).toEqual([
    { line: 3, column: 16, question: "how long [hours]?", within: "US1" },
  ]);
});

test("columns count code points, also after a blanked comment", () => {
  const text = "## Edge Cases\n\n🚲🚲 <!-- 🚲 --> [NEEDS CLARIFICATION: a]\n";
  expect(parseSpec("s", text).clarifications).toMatchObject([{ line: 3, column: 15 }]);
});

test("bold lines can stand for headings; front matter and quotes are read", () => {
  const text =
    "---\nstatus: Draft\n---\n# X\n> Status: Implemented\n\n**Edge Cases**\n\n- One\n\n**Out of Scope:**\n\n- Two\n";
  expect(parseSpec("s", text)).toMatchObject({
    status: "Draft",
    edgeCases: [{ text: "One" }],
    outOfScope: [{ text: "Two" }],
  });
});

test.each([
  "",
  "\n",
  "# T",
  "no markdown at all",
  "|",
  "| a |",
  "- ",
  "```",
  "<!--",
  "---",
  "#".repeat(9),
])("odd input %j is read without a fault", (text) => {
  expect(parseSpec("s", text)).toMatchObject({ requirements: [], stories: [] });
});
