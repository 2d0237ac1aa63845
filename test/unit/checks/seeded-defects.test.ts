/** Each check finds the defect it is for, and only that check fails (ST-10, PL-05). */
import { describe, expect, test } from "vitest";
import { toJson } from "../../../src/core/json.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import type { CheckInput } from "../../../src/stage/checks/check-result.ts";
import { coverageOf } from "../../../src/stage/checks/coverage.ts";
import { qualityFigures } from "../../../src/stage/checks/quality-figures.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { estimation } from "./estimation.ts";

const spec = parseSpec(
  "spec.md",
  `# Feature Specification: Lending shelf

## User Scenarios & Testing

### User Story 1 - Borrow (Priority: P1)

A member borrows a tool.

## Requirements

### Functional Requirements

- **FR-001**: A member MUST be able to borrow a tool
- **FR-002**: The system MUST refuse a tool that is out, as FR-019 of the catalogue says

## Success Criteria

- **SC-001**: 90% of loans take under 1 minute
`,
);

const PLAN = `# Implementation Plan: Lending shelf

## Technical approach

One component. See [the phases](#implementation-phases) and [the summary](planning-summary.md#feature-overview).

## Implementation phases

| Phase | Title | Effort |
| --- | --- | --- |
| **Total** |  | 2/3/6 days |

## Phase 1: Loans

**Effort:** 2/3/6 days

- [ ] 1.1 Borrow (FR-001) [1/2/4 days]
- [ ] 1.2 Refuse (FR-002, R-001) (depends: 1.1) [1/1/2 days]

## Risk assessment

| Id | Risk |
| --- | --- |
| R-001 | Two members, one tool |

## Success metrics

SC-001 is measured.

## Dependencies

None.

## Assumptions

None.
`;
const SUMMARY = [
  "Feature overview",
  "Technical approach",
  "Dependencies identified",
  "Risks and mitigation",
  "Recommended next steps",
]
  .map((title) => `## ${title}\n\nText.\n`)
  .join("\n");

const risk = (change: object = {}) =>
  toJson({
    risk_assessment: {
      risks: [
        {
          id: "R-001",
          category: "concurrency",
          description: "Two members, one tool",
          likelihood: "high",
          impact: "medium",
          score: 6,
          mitigation: "One row per loan",
          owner: "Lead",
          early_sign: "Complaints",
          ...change,
        },
      ],
    },
  });

const input = (
  change: Partial<CheckInput> & { plan?: string; summary?: string } = {},
): CheckInput => ({
  spec,
  artifacts: { "plan.md": change.plan ?? PLAN, "planning-summary.md": change.summary ?? SUMMARY },
  stage: PLANNING,
  documents: {},
  analyses: { risk: risk() },
  review: null,
  ...change,
});

const failed = (change: Parameters<typeof input>[0]) =>
  runChecks(input(change)).filter(({ id, passed }) => !passed && id !== "analyses-complete");
const swap = (from: string, to: string): string => {
  if (!PLAN.includes(from)) throw new Error(`not in the plan: ${from}`);
  return PLAN.replace(from, to);
};

test("a sound plan passes every check", () => {
  expect(failed({})).toEqual([]);
});

describe("one defect, one finding", () => {
  test.each<[check: string, plan: string, finding: string]>([
    [
      "requirement-coverage",
      swap("SC-001 is", "It is"),
      "SC-001 is neither addressed in plan.md nor named as not covered.",
    ],
    [
      "requirement-tasks",
      swap("Refuse (FR-002, R-001)", "Refuse (R-001)").replace(
        "One component",
        "One component for FR-002",
      ),
      "FR-002 is mentioned in plan.md, but no task names it.",
    ],
    [
      "artifact-sections",
      swap("## Assumptions\n\nNone.", ""),
      'plan.md has no section "Assumptions".',
    ],
    [
      "artifact-sections",
      swap("## Dependencies\n\nNone.", "## Dependencies\n\n<!-- later -->"),
      'plan.md: the section "Dependencies" is empty.',
    ],
    ["plan-phases", swap("1.2 Refuse", "2.2 Refuse"), "Task 2.2 stands under phase 1."],
    [
      "plan-phases",
      swap("## Risk assessment", "## Phase 2: Rest\n\n## Risk assessment"),
      "Phase 2 (Rest) has no task.",
    ],
    [
      "task-dependencies",
      swap("depends: 1.1", "depends: 1.9"),
      "Task 1.2 depends on 1.9, which is not a task of plan.md.",
    ],
    [
      "task-dependencies",
      swap("(FR-001)", "(FR-001) (depends: 1.2)"),
      "Tasks wait for each other: 1.1 → 1.2 → 1.1.",
    ],
    [
      "task-dependencies",
      swap("1.2 Refuse", "1.1 Refuse").replace("(depends: 1.1) ", ""),
      "plan.md has more than one task 1.1.",
    ],
    [
      "estimates-add-up",
      swap("**Effort:** 2/3/6", "**Effort:** 2/4/6").replace("2/3/6 days |", "2/4/6 days |"),
      "plan.md: phase 1 says 2/4/6 days, its parts add up to 2/3/6.",
    ],
    [
      "estimates-add-up",
      swap("| 2/3/6 days |", "| 2/3/7 days |"),
      "plan.md: the total says 2/3/7 days, its parts add up to 2/3/6.",
    ],
    [
      "ids-resolve",
      swap("One component", "One component for FR-099"),
      "plan.md mentions FR-099, which neither the documents nor an analysis defines.",
    ],
    [
      "links-resolve",
      swap("#implementation-phases", "#phases"),
      "plan.md links to #phases, but there is no such heading.",
    ],
    [
      "links-resolve",
      swap("planning-summary.md#", "summary.md#"),
      "plan.md links to summary.md#feature-overview, which is neither an artifact nor a document it was made from.",
    ],
    [
      "control-characters",
      swap("One component", "One \u001B]component\u202E"),
      "plan.md:5 has hidden characters: U+001B, U+202E.",
    ],
    ["placeholder-text", swap("One component", "TODO"), "plan.md:5 has placeholder text: TODO"],
    [
      "placeholder-text",
      swap("One component", "[Describe the approach]"),
      "plan.md:5 has placeholder text: [Describe the approach]",
    ],
    [
      "orphan-tasks",
      swap("Borrow (FR-001)", "Borrow").replace("One component", "One component for FR-001"),
      "Task 1.1 (Borrow) is tied to nothing in the spec.",
    ],
  ])("%s", (check, plan, finding) => {
    const found = failed({ plan }).filter(({ id }) => id === check);
    expect(found.flatMap(({ findings }) => findings)).toEqual([finding]);
  });

  test.each([
    ["no mitigation", { mitigation: "unknown" }, "R-001 has no mitigation."],
    ["no owner", { owner: "—" }, "R-001 is high and has no owner."],
    ["not in the plan", { id: "R-007" }, "R-007 is high and not in plan.md."],
    ["only a longer id in the plan", { id: "R-00" }, "R-00 is high and not in plan.md."],
    ["another form of id", { id: "RISK-1.2" }, "RISK-1.2 is high and not in plan.md."],
    ["no id but a phrase", { id: "Risk one" }, "Risk one is high and not in plan.md."],
  ])("risk-mitigations: %s", (_, change, finding) => {
    const [found] = failed({ analyses: { risk: risk(change) } });
    expect(found).toMatchObject({ id: "risk-mitigations", blocking: true, findings: [finding] });
  });

  test("risk-mitigations: risks of any form of id are found in the plan", () => {
    for (const id of ["RISK-1.2", "risk one", "R_3", "R-4"])
      expect(
        failed({ analyses: { risk: risk({ id }) }, plan: swap("Two members, one tool", `${id}.`) }),
      ).toEqual([]);
  });

  test("risk-mitigations: without a risk analysis it says so, and doesn't block", () => {
    expect(failed({ analyses: {} })).toMatchObject([
      {
        id: "risk-mitigations",
        blocking: false,
        findings: ["There is no risk analysis to check against."],
      },
    ]);
  });

  test("measurable-criteria", () => {
    const vague = {
      ...spec,
      criteria: [
        {
          id: "SC-001",
          text: "Members are happier with lending",
          measurement: undefined,
          line: 1,
          column: 1,
        },
      ],
    };
    expect(failed({ spec: vague }).map(({ id, blocking }) => [id, blocking])).toEqual([
      ["measurable-criteria", false],
    ]);
  });

  test("artifact-sections: a required artifact is missing", () => {
    const found = failed({
      artifacts: { "plan.md": PLAN.replace(/\[the summary\]\([^)]*\)/, "the summary") },
    });
    expect(found.map(({ findings }) => findings)).toEqual([
      ["planning-summary.md is required and missing or empty."],
    ]);
  });

  test("ids of another spec that this one quotes are known; code and quotes are not placeholders", () => {
    expect(failed({ plan: swap("One component", 'FR-019 says "TODO", as `[TBD]` does') })).toEqual(
      [],
    );
  });
});

test("links to documents that the stage worked from resolve, and their headings too", () => {
  const documents = { "data-model.md": "# Loans\n", "contracts/my api.yaml": "openapi: 3\n" };
  const links = (text: string) =>
    failed({ plan: swap("One component", text), documents }).flatMap(({ findings }) => findings);
  expect(
    links("[a](data-model.md) [b](./data-model.md#loans) [c](contracts/my%20api.yaml#x)"),
  ).toEqual([]);
  expect(links("[a](data-model.md#tools) [b](contracts/other.yaml) [c](%zz)")).toEqual([
    "plan.md links to data-model.md#tools, but there is no such heading.",
    "plan.md links to contracts/other.yaml, which is neither an artifact nor a document it was made from.",
    "plan.md links to %zz, which is neither an artifact nor a document it was made from.",
  ]);
});

test("each risk counts, whoever named it", () => {
  const second = risk({ id: "R-002", score: 9, mitigation: "unknown" });
  const both = { risk: risk(), security: second };
  expect(failed({ analyses: both }).flatMap(({ findings }) => findings)).toEqual([
    "R-002 has no mitigation.",
    "R-002 is high and not in plan.md.",
  ]);
  expect(qualityFigures(input({ analyses: both })).unmitigatedRisks).toEqual(["R-002"]);
  const namesake = { risk: risk(), security: risk({ mitigation: "none" }) };
  expect(failed({ analyses: namesake }).flatMap(({ findings }) => findings)).toEqual([
    "R-001 has no mitigation.",
  ]);
});

test("each estimation must add up", () => {
  const analyses = { risk: risk(), mobile: estimation("1", 2), web: estimation("1", 3) };
  expect(failed({ analyses }).flatMap(({ findings }) => findings)).toEqual([
    "Estimation: the total says 1/3/9 days, its parts add up to 1/2/9.",
  ]);
});

test.each(["plan", "implementation-plan", "report"] as const)(
  "hidden characters keep QA from signing off, whatever the stage checks (%s)",
  (checks) => {
    const found = runChecks(
      input({ plan: `${PLAN}${"\u0000\n".repeat(30)}`, stage: { ...PLANNING, checks } }),
    ).find(({ id }) => id === "control-characters");
    expect(found).toMatchObject({ passed: false, blocking: true });
    expect(found?.findings).toHaveLength(21);
    expect(found?.findings.at(-1)).toBe("plan.md has hidden characters on 10 more lines.");
  },
);

test("missing and partial analyses are named, and nothing throws", () => {
  const partial = { simplified: true, known: [], missing: [], reason: "it timed out" };
  const results = runChecks(input({ analyses: { requirements: partial, risk: "garbage" } }));
  expect(results.find(({ id }) => id === "analyses-complete")).toMatchObject({
    passed: false,
    blocking: false,
    findings: [
      "The requirements analysis is partial: it timed out.",
      "The architecture analysis is partial: it was not delivered.",
      "The risk analysis is partial: its answer does not match its contract.",
      "The estimation analysis is partial: it was not delivered.",
      "There is no review in its contract's form.",
    ],
  });
});

describe("coverage", () => {
  test("an id under Not covered is not covered, whatever else its reason mentions", () => {
    const plan = `${PLAN}\n## Not covered\n\n- FR-002: waits for SC-001\n`;
    expect(coverageOf(spec, plan)).toEqual({
      total: 3,
      covered: ["FR-001", "SC-001"],
      notCovered: ["FR-002"],
    });
  });

  test("ranges count as their members", () => {
    expect(coverageOf(spec, "FR-001–FR-002 and sc-001").notCovered).toEqual([]);
  });

  test("without a plan nothing is covered", () => {
    expect(coverageOf(spec, "").covered).toEqual([]);
  });
});

test("quality figures count what the gate shows", () => {
  const figures = qualityFigures(
    input({ plan: swap("(FR-001)", ""), analyses: { risk: risk({ mitigation: "-" }) } }),
  );
  expect(figures).toEqual({
    requirementsTotal: 3,
    requirementsCovered: 2,
    notCovered: ["FR-001"],
    tasks: 2,
    orphanTasks: ["1.1"],
    unmitigatedRisks: ["R-001"],
    unmeasurableCriteria: [],
  });
});
