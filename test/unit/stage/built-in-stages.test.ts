/** The built-in stages against the numbers, names and words of S0, S1 and S2, each under its own name. */
import { describe, expect, test } from "vitest";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import { QUALITY_REVIEW } from "../../../src/stage/built-in/quality-review.ts";
import { BUILT_IN_STAGES } from "../../../src/stage/built-in/stages.ts";
import { CONTRACTS } from "../../../src/stage/contracts.ts";
import type { StageSpec } from "../../../src/stage/stage-spec.ts";

const THREE = [PLANNING, PREPARATION, QUALITY_REVIEW];
const rolesOf = ({ roles }: StageSpec) => roles.map(({ title }) => title);
const limitsOf = ({ roles }: StageSpec) =>
  Object.fromEntries(roles.map(({ name, concurrency }) => [name, concurrency]));
const artifactsOf = ({ artifacts }: StageSpec, required: boolean) =>
  artifacts.filter((one) => one.required === required).map(({ name }) => name);
/** `technical_approach`, as the sources write `Technical approach`. */
const sectionsOf = ({ artifacts }: StageSpec, name: string) =>
  artifacts
    .find((one) => one.name === name)
    ?.sections.map((title) => title.toLowerCase().replaceAll(" ", "_"));
const contractsOf = ({ roles }: StageSpec) => roles.map(({ contract }) => contract);

describe("roles", () => {
  test("S0 §3, S1 §3: the four of planning", () => {
    expect(rolesOf(PLANNING)).toEqual([
      "Requirements Analyst",
      "Solution Architect",
      "Risk/Compliance Analyst",
      "Estimation/Scope Analyst",
    ]);
    expect(contractsOf(PLANNING)).toEqual([
      "requirements_dossier",
      "architecture_design",
      "risk_assessment",
      "project_estimation",
    ]);
  });

  test("S1 §4, S2 §3: the four of preparation, and the Integration Reviewer", () => {
    expect(rolesOf(PREPARATION)).toEqual([
      "Core Implementer",
      "Integrations/Adapters Engineer",
      "Test Engineer",
      "Docs Engineer",
    ]);
    expect(PREPARATION.reviewer.title).toBe("Integration Reviewer");
  });

  test("S1 §5: the four of quality review", () => {
    expect(rolesOf(QUALITY_REVIEW)).toEqual([
      "Completeness Reviewer",
      "Feasibility Reviewer",
      "Security Reviewer",
      "Consistency Reviewer",
    ]);
  });

  test("S0 §2.1, S1 §2.1, S2 §2: they start together, none waits for another", () => {
    for (const { order, roles } of THREE) {
      expect(order).toBe("parallel");
      expect(roles.flatMap(({ needs }) => needs)).toEqual([]);
    }
  });
});

describe("numbers", () => {
  test("S0 §2.1, S1 §2.1, S2 §2: at most 3 at once, 2 retries", () => {
    expect(THREE.map(({ concurrency }) => concurrency)).toEqual([3, 3, 3]);
    expect(THREE.map(({ retry }) => retry.retries)).toEqual([2, 2, 2]);
  });

  test("S0 §2.1: 3 of 4, requirements among them; S2 §2: 3 of 4, core among them; 75 %", () => {
    expect(PLANNING.quorum).toEqual({ minimum: 3, ratio: 0.75, required: ["requirements"] });
    expect(PREPARATION.quorum).toEqual({ minimum: 3, ratio: 0.75, required: ["core"] });
    expect(QUALITY_REVIEW.quorum).toMatchObject({ minimum: 3, ratio: 0.75 });
  });

  test("S0 §5.1 per_analyst", () => {
    expect(limitsOf(PLANNING)).toEqual({
      requirements: 3,
      architecture: 2,
      risk: 3,
      estimation: 2,
    });
  });

  test("S2 §5 per_agent", () => {
    expect(limitsOf(PREPARATION)).toEqual({ core: 2, integrations: 3, tests: 3, docs: 3 });
  });
});

describe("what comes out", () => {
  test("S0 §8.2, S1 §10.2: planning", () => {
    expect(artifactsOf(PLANNING, true)).toEqual(["plan.md", "planning-summary.md"]);
    expect(artifactsOf(PLANNING, false)).toEqual(["research.md", "data-model.md"]);
    expect(sectionsOf(PLANNING, "plan.md")).toEqual([
      "technical_approach",
      "implementation_phases",
      "risk_assessment",
      "success_metrics",
      "dependencies",
      "assumptions",
    ]);
    expect(sectionsOf(PLANNING, "planning-summary.md")).toEqual([
      "feature_overview",
      "technical_approach",
      "dependencies_identified",
      "risks_and_mitigation",
      "recommended_next_steps",
    ]);
  });

  test("S1 §10.2, S2 §8: preparation", () => {
    expect(artifactsOf(PREPARATION, true)).toEqual(["implementation_plan.md"]);
    expect(sectionsOf(PREPARATION, "implementation_plan.md")).toEqual([
      "executive_summary",
      "implementation_strategy",
      "module_architecture",
      "integration_design",
      "test_plan",
      "documentation_plan",
      "task_breakdown",
      "dependencies",
      "risk_mitigation",
      "quality_gates",
    ]);
  });

  test("S1 §10.2: quality review", () => {
    expect(artifactsOf(QUALITY_REVIEW, true)).toEqual(["quality_report.md"]);
    expect(artifactsOf(QUALITY_REVIEW, false)).toEqual([
      "coverage_report.html",
      "security_scan.json",
    ]);
  });

  test("S2 §8, S1 §10.1: preparation works from plan and summary as approved, and tasks", () => {
    expect(PREPARATION.requires.map(({ name, approvedBy }) => [name, approvedBy])).toEqual([
      ["plan.md", "planning"],
      ["planning-summary.md", "planning"],
      ["tasks.md", null],
    ]);
  });

  test("who writes is told of every file that may be written, and has a contract for the answer", () => {
    for (const { synthesizer, artifacts } of Object.values(BUILT_IN_STAGES)) {
      for (const { name } of artifacts) expect(synthesizer.prompt).toContain(name);
      expect(Object.keys(CONTRACTS)).toContain(synthesizer.contract);
    }
  });
});

describe("what people are asked and told", () => {
  test("S1 §3–5: the questions of the gates", () => {
    expect(THREE.map(({ gate }) => gate.prompt)).toEqual([
      "Planning artifacts synthesized. Approve to proceed?",
      "Implementation plan ready. Approve to proceed?",
      "Quality review complete. Approve to proceed?",
    ]);
  });

  test("S0 §9: the end of planning says so, and what comes next", () => {
    expect(PLANNING.closing.message).toBe("Planning phase completed successfully");
    expect(PLANNING.closing.nextSteps.join(" ")).toContain("wavegate prepare");
  });
});
