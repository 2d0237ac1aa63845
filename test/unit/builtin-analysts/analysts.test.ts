import fc from "fast-check";
import { expect, test } from "vitest";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";
import { analyse, expectSound } from "./holds.ts";
import { ALL, FRENCH, LIBRARY, STORIES_ONLY, TOOL } from "./own-specs.ts";

test.each(Object.keys(ALL))("answers for %s are sound and the same every time", (name) => {
  const text = ALL[name] ?? "";
  const { spec: _, ...answers } = expectSound(text);
  const { spec: __, ...again } = analyse(text);
  expect(again).toEqual(answers);
});

test("requirements: acceptance criteria, dependencies and questions come from the text", () => {
  const { requirements } = analyse(LIBRARY);
  const borrow = requirements.functional.find(({ id }) => id === "FR-002");
  expect(borrow?.acceptance_criteria.map(({ source }) => source)).toContain("US1/AC1");
  expect(borrow?.stories).toContain("US1");
  expect(borrow?.priority).toBe("P1");
  expect(requirements.dependencies).toContainEqual(
    expect.objectContaining({
      from: "FR-006",
      to: "FR-002",
      reason: expect.stringContaining("names FR-002"),
    }),
  );
  expect(requirements.dependencies).toContainEqual(
    expect.objectContaining({ from: "FR-002", to: "FR-001" }),
  );
  expect(requirements.open_questions.join("\n")).toMatch(/at any branch\?/);
  expect(requirements.open_questions.join("\n")).toMatch(/damaged book/);
  expect(requirements.open_questions.join("\n")).not.toMatch(/reserved/);
  expect(requirements.success_metrics.map(({ target }) => target)).toEqual([
    "under 30 seconds",
    null,
  ]);
});

test("architecture: components after the domain, operations from verb and object", () => {
  const { architecture } = analyse(LIBRARY);
  expect(architecture.components.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Books"]),
  );
  const operations = architecture.interfaces.flatMap((one) => one.operations);
  expect(operations).toEqual(expect.arrayContaining(["addBook", "returnBorrowedBook"]));
  expect(architecture.integration_points.map(({ name }) => name)).toContain("E-mail delivery");
  expect(architecture.patterns.map(({ name }) => name)).toContain(
    "Conditional write (first one wins)",
  );
});

test("architecture: a tool gets commands, scripts and files, no screens", () => {
  const { architecture } = analyse(TOOL);
  const operations = architecture.interfaces.flatMap((one) => one.operations).join(" ");
  expect(operations).toMatch(/release\.sh/);
  expect(JSON.stringify(architecture.components)).toContain("file CHANGELOG.md");
  expect(architecture.integration_points.map(({ name }) => name)).toEqual(["Git"]);
});

test("risk: every risk quotes its trigger, and what is absent raises none", () => {
  const library = analyse(LIBRARY).risk.risks.map(({ category }) => category);
  expect(library).toEqual(
    expect.arrayContaining(["authentication", "privacy", "third party", "open clarifications"]),
  );
  expect(library).not.toEqual(expect.arrayContaining(["files of the user"]));
  const tool = analyse(TOOL).risk.risks.map(({ category }) => category);
  expect(tool).toContain("shell and subprocesses");
  expect(
    tool.filter((one) => ["privacy", "money", "children", "authentication"].includes(one)),
  ).toEqual([]);
});

test("risk: a control the spec asks for is named with its id, one it lacks is asked for", () => {
  const weak = analyse(LIBRARY).risk.risks.find(({ category }) => category === "authentication");
  expect(weak?.mitigation).toMatch(/Missing in the spec: limit failed attempts/);
  const strong = analyse(
    LIBRARY.replace(
      "- **FR-006**",
      "- **FR-007**: System MUST lock out an account after 5 failed attempts\n- **FR-006**",
    ),
  );
  expect(
    strong.risk.risks.find(({ category }) => category === "authentication")?.mitigation,
  ).toMatch(/a limit on failed attempts \(FR-007/);
});

test("risk: an edge case keeps its own answer, or none", () => {
  const cases = analyse(LIBRARY).risk.edge_cases;
  expect(cases.map(({ handling }) => handling)).toEqual([
    null,
    "The reservation holder is asked first.",
  ]);
});

test("risk: statements that can't both hold are found", () => {
  const text = `# Spec\n\n## Requirements\n\n- **FR-001**: System MUST issue JWT tokens\n- **FR-002**: Logout MUST immediately invalidate tokens, so that token is invalidated\n\n## Assumptions\n\n- JWT tokens are stateless\n`;
  expect(analyse(text).risk.risks[0]).toMatchObject({
    category: "contradiction",
    score: 9,
    sources: ["FR-002 (line 6)", "Assumption (line 10)"].toReversed(),
  });
});

test("estimation: an open question widens the spread of its task", () => {
  const { estimation } = analyse(LIBRARY);
  const tasks = estimation.phases.flatMap((phase) => phase.tasks);
  const spread = (id: string) => {
    const effort = tasks.find(
      ({ requirements }) => requirements.length === 1 && requirements[0] === id,
    )?.effort_days;
    return (effort?.pessimistic ?? 0) / (effort?.likely ?? 1);
  };
  expect(spread("FR-005")).toBe(2);
  expect(spread("FR-002")).toBe(1.5);
  expect(estimation.phases.at(-1)?.name).toBe("Verification");
});

test("stories stand in for requirements, and that is said", () => {
  const { requirements } = analyse(STORIES_ONLY);
  expect(requirements.functional.map(({ id }) => id)).toEqual(["US1", "US2"]);
  expect(requirements.unknowns.join(" ")).toMatch(/stories stand in/);
});

test("other languages are quoted as they are", () => {
  const { requirements, architecture } = analyse(FRENCH);
  expect(requirements.functional.map(({ statement }) => statement).join(" ")).toContain(
    "publier une annonce",
  );
  expect(architecture.interfaces.flatMap((one) => one.operations)).toContain("publierAnnonce");
});

test("different specs get different answers", () => {
  const answers = Object.values(ALL).map((text) =>
    JSON.stringify(analyse(text).architecture.components),
  );
  expect(new Set(answers).size).toBe(answers.length);
});

const line = fc.oneof(
  fc.constantFrom(
    "## Requirements",
    "### User Story 1 - Do (Priority: P1)",
    "### Edge Cases",
    "## Success Criteria",
    "- What if?",
    "### Key Entities",
    "- **Loan**: a loan",
  ),
  fc
    .integer({ min: 1, max: 9 })
    .map(
      (n) =>
        `- **FR-00${n}**: Users MUST be able to create loan and delete loan, see FR-00${(n % 9) + 1}`,
    ),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.string({ maxLength: 60, unit: "grapheme" }))
    .map(([n, text]) => `- **FR-01${n}**: System MUST ${text}`),
  fc.string({ maxLength: 80 }),
);

test("whatever the spec says, the answers hold together", () => {
  const checked = fc.check(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      expectSound(`# Spec\n\n${lines.join("\n")}\n`);
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(fc.defaultReportMessage(checked)).toBeUndefined();
});

test.each(["a", "a.", "a/", "-a", "*a", "[", "(", "1,", "x: ", "what "])(
  "a statement of many %j is read in linear time",
  (piece) => {
    expect(
      growthOf(
        (size) => filled(piece, size),
        (text) => {
          expectSound(
            `# S\n\n## Requirements\n\n- **FR-001**: System MUST ${text}\n\n### Edge Cases\n\n- ${text}\n`,
          );
        },
        3_000,
      ),
    ).toBe("linear");
  },
  PATIENCE_MS,
);
