/** The four engineers of preparation: core, integrations, tests and docs (PR-01). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { basisOf } from "../../../src/adapters/agents/builtin/preparation/basis.ts";
import { designCore } from "../../../src/adapters/agents/builtin/preparation/core/design-core.ts";
import { planDocumentation } from "../../../src/adapters/agents/builtin/preparation/docs/plan-documentation.ts";
import { designIntegrations } from "../../../src/adapters/agents/builtin/preparation/integrations/design-integrations.ts";
import { limitsIn } from "../../../src/adapters/agents/builtin/preparation/limits.ts";
import { planTests } from "../../../src/adapters/agents/builtin/preparation/tests/plan-tests.ts";
import { planned } from "./chain.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const SPEC = readFileSync(
  path.join(ROOT, "examples/tool-library/specs/001-lend-tools/spec.md"),
  "utf8",
);
const basis = basisOf(planned(SPEC));
const { core_implementation: core } = designCore(basis);
const { integration_design: integrations } = designIntegrations(basis);
const { test_strategy: tests } = planTests(basis);
const { documentation_plan: docs } = planDocumentation(basis);

const operation = (name: string) =>
  core.interfaces.flatMap(({ operations }) => operations).find((one) => one.name === name);

describe("core", () => {
  test("modules are the plan's components, with what they need", () => {
    expect(core.modules.map(({ name, component }) => [name, component])).toEqual(
      ["Reservations", "Loans", "Deposits", "Reminders", "Access"].map((name) => [name, name]),
    );
    expect(core.modules.find(({ name }) => name === "Loans")?.depends_on).toEqual([
      "Reservations",
      "Deposits",
    ]);
  });

  test("records have the fields, states and rules that the spec states", () => {
    const tool = core.data_structures.find(({ name }) => name === "Tool");
    expect(tool?.fields).toContainEqual({ name: "value", rule: "in euros" });
    expect(tool?.fields).toContainEqual({
      name: "state",
      rule: "one of: free, reserved (by reserveTool), on loan, damaged (by recordDamage)",
    });
    const reservation = core.data_structures.find(({ name }) => name === "Reservation");
    expect(reservation?.invariants.join("\n")).toMatch(/1 to 7 days[^]*at most one reservation/);
    expect(core.unknowns.join("\n")).toContain("“free” and “on loan”");
  });

  test("an operation is refused by the rules, limits and rights that speak of it", () => {
    expect(operation("reserveTool")).toMatchObject({
      callers: ["Member"],
      inputs: ["Tool", "first day", "last day"],
      requirements: ["FR-002"],
    });
    const refused = operation("reserveTool")?.errors.join("\n") ?? "";
    for (const said of [
      "FR-003 (US1/AC2)",
      "FR-004 (US1/AC3)",
      "“1 to 7 days” (FR-002)",
      "signed in (FR-014)",
    ])
      expect(refused).toContain(said);
    expect(operation("handOutReservedTool")?.errors.join("\n")).toMatch(
      /no volunteer \(FR-015\)[^]*not done before[^]*\(FR-009\)/,
    );
  });

  test("what only says who may do something is offered where the deed before it is", () => {
    const loans = core.interfaces.find(({ module }) => module === "Loans");
    expect(loans?.operations.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["takeBackTool", "releaseDamagedTool"]),
    );
  });

  test("algorithms stand only where a requirement's words call for one", () => {
    expect(core.algorithms.map(({ name, requirements }) => [name, requirements])).toContainEqual([
      "At most one",
      ["FR-003"],
    ]);
    expect(core.algorithms.find(({ name }) => name === "At most one")?.rule).toContain(
      "over tool and day",
    );
    expect(core.algorithms.map(({ name }) => name)).not.toContain("Search and filter");
  });
});

describe("integrations", () => {
  test("a failure that the spec answers has its answer, another is said to be proposed", () => {
    const stripe = integrations.integrations.find(({ name }) => name === "Stripe");
    expect(stripe?.requirements).toEqual(["FR-009", "FR-010"]);
    expect(stripe?.errors[0]?.response).toContain("(edge case, line 74)");
    expect(stripe?.errors[1]?.response).toMatch(/^Not in the specification\. Proposed:/);
  });

  test("secrets are marked", () => {
    expect(
      integrations.configuration.filter(({ secret }) => secret).map(({ name }) => name),
    ).toEqual(["EMAIL_DELIVERY_KEY", "STRIPE_SECRET_KEY", "STRIPE_CALLBACK_SECRET"]);
  });

  test("nothing outside is said to be nothing outside", () => {
    const alone = SPEC.replaceAll(
      /through Stripe|payment provider\S*|e-?mails?|CSV|scanning|Stripe/gi,
      "x",
    );
    const found = designIntegrations(basisOf(planned(alone))).integration_design;
    expect(found.integrations).toEqual([]);
    expect(found.unknowns.join()).toContain("Nothing outside the feature");
  });
});

describe("tests", () => {
  test("each scenario, criterion and answered edge case is a case with its source", () => {
    const sources = tests.cases.map(({ source }) => source);
    for (const one of [
      ...basis.around.scenarios.map(({ source }) => source),
      "SC-001",
      "SC-005",
      "edge case, line 73",
    ])
      expect(sources).toContain(one);
    expect(tests.cases.find(({ source }) => source === "US1/AC2")?.level).toBe("Store");
    expect(tests.cases.find(({ source }) => source === "SC-004")?.level).toBe("In use");
  });

  test("bounds are tried at their ends and one beyond", () => {
    expect(tests.cases.map(({ when }) => when)).toContain(
      "somebody tries 12 characters, then 11 characters",
    );
    expect(
      limitsIn("reply within 2 days, up to 3 photos of at most 10 MB, 3–100 characters"),
    ).toMatchObject([
      { phrase: "up to 3 photos", high: 3 },
      { phrase: "at most 10 MB", high: 10 },
      { phrase: "3–100 characters", low: 3, high: 100 },
    ]);
  });

  test("an open requirement that nothing shows is not testable, with its question", () => {
    const open = SPEC.replace(/- \*\*SC-005.*\n/, "");
    const found = planTests(basisOf(planned(open))).test_strategy;
    expect(found.not_testable).toEqual([
      {
        requirement: "FR-011",
        reason: "its question is open: Which columns does the accountant need?",
      },
    ]);
  });
});

test("documents have readers whom the spec names, and what is replaced is told", () => {
  expect(docs.documents.map(({ name }) => name)).toEqual([
    "Guide for volunteers",
    "Guide for members",
    "Guide for treasurers",
    "Operations notes",
    "Developer notes",
  ]);
  expect(docs.migration).toEqual(["“Our tool library keeps its loans on paper.” (the request)"]);
});

describe("a plan that somebody else wrote", () => {
  const theirs = `# Plan

## Building blocks

- **Catalogue** — shows tools and takes reservations (FR-001 to FR-004)
- **Desk** (tablet): loans, damage and deposits (FR-005 to FR-011)

## Risks

| Id | Risk | Mitigation |
| --- | --- | --- |
| R-9 | The tablet is stolen | Lock it |

## Phase 1: All of it

- [ ] 1.1 Build it (FR-001)
- [ ] 1.2 Lock the tablet (R-9) (depends: 1.1)
`;
  const read = basisOf({ "spec.md": SPEC, "plan.md": theirs });

  test("its parts are the modules, and what it forgot is placed and said to be", () => {
    expect(read.modules.map(({ name, component }) => [name, component?.name])).toEqual([
      ["Catalogue", "Catalogue"],
      ["Desk", "Desk"],
      ["Reminders", undefined],
    ]);
    expect(read.placed.map(({ id }) => id)).toEqual(["FR-012", "FR-013", "FR-014", "FR-015"]);
    expect(designCore(read).core_implementation.unknowns.join("\n")).toContain(
      "Which component carries FR-012",
    );
  });

  test("its risks are read", () => {
    expect(read.plan.risks).toMatchObject([{ id: "R-9", mitigation: "Lock it" }]);
  });

  test("one without parts leaves the cut to the specification, and that is said", () => {
    const bare = basisOf({ "spec.md": SPEC, "plan.md": "Just do it." });
    expect(bare.modules.map(({ name }) => name)).toContain("Reservations");
    expect(designCore(bare).core_implementation.unknowns.join("\n")).toContain(
      "plan.md lists none",
    );
  });
});
