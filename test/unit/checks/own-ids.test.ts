/** Ids of whatever family the reader of specs knows are found in plans, and only whole ones. */
import { describe, expect, test } from "vitest";
import { synthesizePlan } from "../../../src/adapters/agents/builtin/synthesis/synthesize-plan.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { coverageOf } from "../../../src/stage/checks/coverage.ts";
import { idsIn, ownIds, specIds } from "../../../src/stage/checks/ids.ts";
import { qualityFigures } from "../../../src/stage/checks/quality-figures.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { synthesis } from "../../../src/stage/contracts/leading.ts";

const REQUIREMENTS = ["RF-001", "FR-AUTH-001", "FR-1.2", "REQ-003", "FR-004", "FR_005"];
const CRITERIA = ["SC-001", "CS-002", "KPI-1"];
const IDS = [...REQUIREMENTS, ...CRITERIA];
const SPEC = `# Feature Specification: Families

## User Scenarios & Testing

### User Story 1 - Save (Priority: P1)

A member saves a thing.

## Requirements

### Functional Requirements

${REQUIREMENTS.map((id) => `- **${id}**: System MUST save things of kind ${id}`).join("\n")}

## Success Criteria

${CRITERIA.map((id) => `- **${id}**: 95% of things are saved within 2 seconds`).join("\n")}
`;
const spec = parseSpec("spec.md", SPEC);
const own = ownIds(spec);

test("the spec defines them", () => {
  expect(specIds(spec)).toEqual(IDS);
});

test.each([
  ["in a row", IDS.join(", ")],
  ["at the ends of sentences, in brackets and code", `(${IDS.join(") and `")}.`],
  ["in small letters", IDS.join(" ").toLowerCase()],
])("a plan that names each %s covers all", (_, names) => {
  expect(coverageOf(spec, `- [ ] 1.1 Do ${names}`).notCovered).toEqual([]);
});

test.each(IDS)("%s is not covered by longer or shorter ids", (id) => {
  const others = [`${id}0`, `${id}-x`, `X${id}`, `X-${id}`, `${id}.7`, id.slice(0, -1)].join(" ");
  expect(idsIn(others, own)).not.toContain(id);
});

test("ranges count, as far as the spec has their members", () => {
  expect(idsIn("RF-000 to RF-002, KPI-1–KPI-9", own).toSorted()).toEqual(["KPI-1", "RF-001"]);
});

const results = (plan: string) =>
  runChecks({
    spec,
    artifacts: { "plan.md": plan },
    stage: PLANNING,
    documents: {},
    analyses: {},
    review: null,
  });
const findings = (plan: string, check: string) =>
  results(plan).find(({ id }) => id === check)?.findings;

describe("in the checks", () => {
  test("tasks are tied to them, and those named as not covered are known", () => {
    const plan = `## Phase 1: All\n\n- [ ] 1.1 Save (${IDS.slice(0, -2).join(", ")})\n\n## Not covered\n\n- CS-002, KPI-1: later\n`;
    expect(findings(plan, "requirement-coverage")).toEqual([]);
    expect(findings(plan, "requirement-tasks")).toEqual([]);
    expect(findings(plan, "orphan-tasks")).toEqual([]);
    const input = { spec, stage: PLANNING, artifacts: { "plan.md": plan }, analyses: {} };
    expect(qualityFigures(input)).toMatchObject({
      requirementsTotal: 9,
      notCovered: ["CS-002", "KPI-1"],
      orphanTasks: [],
    });
  });

  test("what is missing is named", () => {
    expect(findings("RF-001 and SC-001", "requirement-coverage")).toHaveLength(IDS.length - 2);
  });

  test("the built-in synthesizer's plan covers them", () => {
    const { artifacts } = synthesis.parse(synthesizePlan({ "spec.md": SPEC }));
    expect(findings(artifacts["plan.md"] ?? "", "requirement-coverage")).toEqual([]);
    expect(findings(artifacts["plan.md"] ?? "", "requirement-tasks")).toEqual([]);
  });
});
