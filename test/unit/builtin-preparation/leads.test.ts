import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { toJson, type Json } from "../../../src/core/json.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import { coverageOf } from "../../../src/stage/checks/coverage.ts";
import { readPlan } from "../../../src/stage/checks/read-plan.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import {
  coreImplementation,
  documentationPlan,
  integrationDesign,
  testStrategy,
} from "../../../src/stage/contracts/preparation.ts";
import { measureRepository } from "../../../src/repository/measure-repository.ts";
import { repositoryDocument } from "../../../src/repository/repository-document.ts";
import { file, listingOf } from "../repository/project.ts";
import { SPEC as GARDEN } from "../builtin-synthesis/example.ts";
import { analysesOf, blocking, lead, planned, prepare } from "./chain.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const SPEC = readFileSync(
  path.join(ROOT, "examples/tool-library/specs/001-lend-tools/spec.md"),
  "utf8",
);
const DOCUMENTS = planned(SPEC);
const ANALYSES = analysesOf(PREPARATION, DOCUMENTS);
const PREPARED = lead(PREPARATION, DOCUMENTS, ANALYSES);
const parts = () => ({
  core: coreImplementation.parse(ANALYSES["core"]).core_implementation,
  integrations: integrationDesign.parse(ANALYSES["integrations"]).integration_design,
  tests: testStrategy.parse(ANALYSES["tests"]).test_strategy,
  docs: documentationPlan.parse(ANALYSES["docs"]).documentation_plan,
});
const withPart = (role: string, value: object) =>
  lead(PREPARATION, DOCUMENTS, { ...ANALYSES, [role]: toJson(value) });
const topics = ({ review }: ReturnType<typeof lead>) => review.conflicts.map(({ topic }) => topic);
const text = ({ artifacts }: ReturnType<typeof lead>) => artifacts["implementation_plan.md"] ?? "";

const planWith = (fate: string, last: string) =>
  `${DOCUMENTS["plan.md"]}\n**C-7: Whose time zone counts** (high, ${fate})\n\n- spec: The server's.\n- risk: The visitor's.\n- ${last}\n\nThe end.\n`;
const questionsOn = (plan: string) => {
  const found = prepare({ ...DOCUMENTS, "plan.md": plan });
  const about = found.review.open_questions.filter(({ question }) => /C-7/.test(question));
  expect(text(found).includes("C-7")).toBe(about.length > 0);
  return about;
};

describe("the reviewer", () => {
  test("carries on what the approved plan leaves to be decided, and nothing once it is", () => {
    expect(questionsOn(planWith("escalated", "Not settled: a person has to decide."))).toEqual([
      {
        question:
          "C-7 of plan.md is still to be decided: Whose time zone counts; spec: The server's; risk: The visitor's.",
        source: "plan.md",
        blocking: true,
      },
    ]);
    expect(
      questionsOn(planWith("reconciled", "Settled: Decided by Ada at the gate: hers.")),
    ).toEqual([]);
  });

  test("finds an operation that a case relies on and no module offers", () => {
    const { tests } = parts();
    const found = withPart("tests", {
      test_strategy: {
        ...tests,
        cases: [...tests.cases, { ...tests.cases[0], id: "TC-900", when: "extendLoan is called" }],
      },
    });
    expect(topics(found)).toEqual(["Operations that no module offers: extendLoan"]);
    expect(found.review.approval_status).toBe("conditional");
  });

  test("finds a requirement that no module carries and one that no case tests", () => {
    const { core, tests } = parts();
    const modules = core.modules.map((one) => ({
      ...one,
      requirements: one.requirements.filter((id) => id !== "FR-006"),
    }));
    expect(topics(withPart("core", { core_implementation: { ...core, modules } }))).toContain(
      "Requirements that no module carries",
    );
    const cases = tests.cases.filter(({ requirements }) => !requirements.includes("FR-008"));
    expect(topics(withPart("tests", { test_strategy: { ...tests, cases } }))).toContain(
      "Requirements that no case tests",
    );
  });

  test("finds circles, and the order is still one that can be built", () => {
    const { core } = parts();
    const tasks = core.tasks.map((one) =>
      one.id === "core/FR-014" ? { ...one, depends_on: ["core/FR-002"] } : one,
    );
    const found = withPart("core", { core_implementation: { ...core, tasks } });
    expect(topics(found)).toEqual(["Work that waits for itself"]);
    expect(blocking(found.checks)).toEqual([]);
  });

  test("finds a document without a reader, ids and names that nobody defines, and an open secret", () => {
    const { docs, integrations, tests } = parts();
    const [first] = docs.documents;
    expect(
      topics(
        withPart("docs", {
          documentation_plan: {
            ...docs,
            documents: [
              ...docs.documents,
              { ...first, name: "Guide for pilots", audience: "Pilots" },
            ],
          },
        }),
      ),
    ).toEqual(["A document without a reader: Guide for pilots"]);
    const [setting] = integrations.configuration;
    const open = withPart("integrations", {
      integration_design: {
        ...integrations,
        configuration: [{ ...setting, name: "API_TOKEN", secret: false }],
      },
    });
    expect(topics(open)).toEqual(["A setting that looks secret and is not marked so: API_TOKEN"]);
    expect(text(open)).toContain("| `API_TOKEN` | Access to the sending service | **yes** |");
    const [one] = tests.cases;
    expect(
      topics(
        withPart("tests", {
          test_strategy: {
            ...tests,
            cases: [
              ...tests.cases,
              { ...one, id: "TC-901", fixtures: ["Ghost"], requirements: ["FR-777"] },
            ],
          },
        }),
      ),
    ).toEqual([
      "Fixtures that are named and nowhere defined",
      "Ids that the specification does not state",
    ]);
  });

  test("fails without the core, and the document says what it lacks", () => {
    const found = lead(PREPARATION, DOCUMENTS, { ...ANALYSES, core: null });
    expect(found.review.approval_status).toBe("fail");
    expect(found.qa.signed_off).toBe(false);
    expect(text(found)).toContain("There is no preparation of the core");
    expect(blocking(found.checks)).toEqual([]);
  });
});

const asked = (more: Readonly<Record<string, Json | string>>) =>
  lead(
    PREPARATION,
    DOCUMENTS,
    ANALYSES,
    Object.fromEntries(
      Object.entries(more).map(([name, value]) => [
        name,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );

describe("implementation_plan.md", () => {
  const plan = readPlan(text(PREPARED));

  test("has S2's three phases, and nothing waits for what comes later", () => {
    expect(plan.phases.map(({ title }) => title)).toEqual([
      "Foundation",
      "Core logic",
      "Quality and polish",
    ]);
    const at = new Map(plan.tasks.map(({ id }, index) => [id, index]));
    for (const { id, dependsOn } of plan.tasks)
      for (const other of dependsOn) expect(at.get(other)).toBeLessThan(at.get(id) ?? -1);
  });

  test("carries on what the plan does against its risks", () => {
    expect(plan.tasks.find(({ ids }) => ids.includes("R-01"))?.text).toContain(
      "Book every amount exactly once",
    );
  });

  test("its order for programs is the order of its tasks", () => {
    const written = text(PREPARED);
    const order: { tasks: { id: string; after: string[] }[]; rounds: string[][] } = JSON.parse(
      /```json\n([^]*?)\n```/.exec(written)?.[1] ?? "{}",
    );
    expect(order.tasks.map(({ id }) => id)).toEqual(plan.tasks.map(({ id }) => id));
    for (const { id, after } of order.tasks) {
      const round = order.rounds.findIndex((ids) => ids.includes(id));
      for (const other of after)
        expect(order.rounds.findIndex((ids) => ids.includes(other))).toBeLessThan(round);
    }
    expect(order.rounds.flat()).toHaveLength(plan.tasks.length);
  });

  test("every id is carried by a task and a case, or named", () => {
    const { notCovered } = coverageOf(parseSpec("spec.md", SPEC), text(PREPARED));
    expect(notCovered).toEqual([]);
  });

  test("of another specification is another one", () => {
    const garden = prepare(planned(GARDEN));
    expect(blocking(garden.checks)).toEqual([]);
    const lines = new Set(
      text(PREPARED)
        .split("\n")
        .filter((line) => line.length > 40),
    );
    const same = text(garden)
      .split("\n")
      .filter((line) => line.length > 40 && lines.has(line));
    expect(same.length / lines.size).toBeLessThan(0.15);
    expect(text(garden)).not.toMatch(/<b>|javascript:|Stripe|volunteer/);
  });

  test("requests are applied or said not to be, and survive a later round", () => {
    const first = asked({ "rework.json": ["exclude FR-011: no accountant yet", "Make it pop"] });
    expect(text(first)).toContain("FR-011: no accountant yet.");
    expect(text(first)).not.toMatch(/^- \[ \] \d.*FR-011/m);
    expect(text(first)).toContain("“Make it pop” — not applied");
    const second = asked({
      "rework.json": ["question: Who pays?"],
      "previous/implementation_plan.md": text(first),
    });
    expect(text(second)).toContain("FR-011: no accountant yet.");
    expect(text(second)).toContain("Who pays?");
    expect(blocking(second.checks)).toEqual([]);
  });

  test("is the same for the same inputs", () => {
    expect(prepare(DOCUMENTS).artifacts).toEqual(PREPARED.artifacts);
  });
});

test("requirements keep their tasks whatever family their ids are of", () => {
  const own = SPEC.replaceAll("FR-", "RES-");
  const { artifacts, checks } = prepare(planned(own));
  const plan = artifacts["implementation_plan.md"] ?? "";
  expect(plan).toMatch(/^- \[ \] 2\.\d+ .*\(RES-001\)/m);
  expect(plan).not.toContain("added by the review");
  expect(checks.filter(({ passed, blocking: blocks }) => blocks && !passed)).toEqual([]);
});

describe("what lies beside specification and plan", () => {
  const facts = measureRepository({
    listing: listingOf([
      file("src/reserve.ts", "// FR-002: a member reserves a tool for some days in a row\n"),
      file("test/reserve.test.ts", 'test("a tool is reserved (FR-002)", () => {});\n'),
    ]),
    spec: { path: "specs/001-lend-tools/spec.md", text: SPEC },
    documents: {
      ...DOCUMENTS,
      "tasks.md": "- [ ] T007 Reserve a tool (FR-002)\n",
      "constitution.md": "- Every module MUST have tests.\n- Files MUST NOT exceed 0 lines.\n",
    },
  });
  const beside = {
    "repository.json": repositoryDocument(facts),
    "research.md":
      "## Payments\n\n- **Decision**: Stripe Checkout\n- **Rationale**: no card data\n",
    "data-model.md": "### Loan\n\n- **start** (date)\n- **deskId** (uuid)\n",
    "contracts/api.yaml": "paths:\n  /loans:\n    post:\n      summary: hand out\n",
  };
  const plan = text(prepare({ ...DOCUMENTS, ...beside }));

  test.each([
    ["the repository", "**What is there already:** 1 source file and 1 test file"],
    ["a file at its task", "There already: `src/reserve.ts` and `test/reserve.test.ts`; extend it"],
    ["tasks.md", "In tasks.md as T007."],
    ["research.md", "**Decided in research.md:** Payments: Stripe Checkout"],
    ["data-model.md", "By data-model.md also: deskId."],
    ["contracts", "`contracts/api.yaml`: POST /loans"],
    ["the constitution", "Every module MUST have tests. (line 1)"],
    ["a rule that does not hold", "(line 2; does not hold today: 1 source files have more than 0"],
  ])("%s is worked with", (_, told) => {
    expect(plan).toContain(told);
    expect(text(PREPARED)).not.toContain(told);
  });
});

test("the order of tasks is JSON with phases, dependencies and the plan's efforts", () => {
  const [, json = ""] = /```json\n([\s\S]*?)\n```/.exec(text(PREPARED)) ?? [];
  const { tasks, rounds, checkpoints } = JSON.parse(json) as {
    tasks: { id: string; phase: number; after: string[]; serves: string[]; days?: number[] }[];
    rounds: string[][];
    checkpoints: { phase: number; after: string[] }[];
  };
  const ids = tasks.map(({ id }) => id);
  expect(readPlan(text(PREPARED)).tasks.map(({ id }) => id)).toEqual(ids);
  expect(rounds.flat().toSorted()).toEqual(ids.toSorted());
  const roundOf = (id: string) => rounds.findIndex((round) => round.includes(id));
  for (const { id, after } of tasks)
    for (const other of after) expect(roundOf(other)).toBeLessThan(roundOf(id));
  expect(checkpoints.flatMap(({ after }) => after)).toEqual(ids);
  const reserve = tasks.find(({ serves }) => serves.join() === "FR-002");
  expect(reserve).toMatchObject({ phase: 2, days: [2, 3, 4.5] });
  const refuse = tasks.find(({ serves }) => serves.join() === "FR-004");
  const loans = /^- \[ \] (\d+\.\d+) Model and store [^\n]*Loan/m.exec(text(PREPARED))?.[1];
  expect(refuse?.after).toContain(loans);
});

test("a requirement that no case of the specification shows is not said to be done by one", () => {
  expect(text(PREPARED)).toContain(
    "Done when whoever asked for FR-011 has seen it, and TC-025 passes: proposed here",
  );
  const bare = `# Feature Specification: Desk\n\n## Requirements\n\n- **FR-001**: The desk MUST list the tools\n`;
  expect(text(prepare(planned(bare)))).toContain(
    "passes, which only repeats FR-001: agree first on what one would see",
  );
});

test("scenarios of a story show it, and do not repeat it; what no case shows is said", () => {
  const stories = `# Feature Specification: Desk

## User Scenarios & Testing

### User Story 1 - Lend (Priority: P1)

A volunteer lends a tool.

1. **Given** a free tool, **When** the volunteer lends it, **Then** it shows as taken
`;
  expect(text(prepare(planned(stories)))).toMatch(/Done when TC-001 passes\.$/m);
  const bare = text(prepare(planned("# Feature\n\n## Requirements\n\n- **FR-001**: Good tools\n")));
  expect(bare).toContain("Done when whoever asked for FR-001 has seen it: no case shows it.");
});
