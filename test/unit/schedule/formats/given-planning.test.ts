/** S3's own risks, strategies and constraints are read in their words, whole or in parts. */
import { expect, test } from "vitest";
import { readExecutionPlan } from "../../../../src/schedule/formats/s3-plan/execution-plan.ts";
import { givenPlanning } from "../../../../src/schedule/formats/s3-plan/given-planning.ts";

const plan = (parts: Record<string, unknown>) => {
  const text = JSON.stringify({
    wave_execution_plan: {
      waves: [
        {
          phases: [
            { phase_id: "api", session_id: "session_001", team_assignment: "api_team" },
            { phase_id: "web", session_id: "session_002", team_assignment: "web_team" },
          ],
        },
      ],
    },
    coordination_protocols: {
      decision_making: {
        decision_types: { technical_decisions: "architect", resource_decisions: "boss" },
      },
    },
    ...parts,
  });
  const read = readExecutionPlan(text, "plan.json");
  if (!read) throw new Error("not read");
  return givenPlanning(read);
};

test("all fields of a risk, with who it touches", () => {
  const { risks, strategies } = plan({
    risk_management: {
      risk_assessment: [
        {
          risk_id: "coord_001",
          risk_name: "Contracts",
          category: "technical_integration_risk",
          probability: "medium",
          impact: "high",
          affected_sessions: ["session_002", "session_009"],
          detection_method: "tests",
          early_warning_signs: ["red"],
          prevention_measures: ["reviews"],
          response_procedures: ["meet"],
          contingency_plan: "one after another",
        },
      ],
      mitigation_strategies: [
        {
          strategy_id: "mit_007",
          strategy_name: "Technical talks",
          description: "d",
          implementation: ["daily"],
          success_metrics: ["<5%"],
          monitoring: "m",
        },
      ],
    },
  });
  expect(risks).toMatchObject([
    {
      id: "coord_001",
      name: "Contracts",
      probability: "medium",
      impact: "high",
      activities: ["web"],
      teams: ["web_team"],
      detection: "tests",
      signs: ["red"],
      prevention: ["reviews"],
      response: ["meet"],
      contingency: "one after another",
      owner: { name: "architect", why: 'No owner is written: "architect" has technical_decisions' },
      place: { file: "plan.json", line: 1 },
    },
  ]);
  expect(strategies).toMatchObject([
    { id: "mit_007", name: "Technical talks", risks: ["coord_001"], successMetrics: ["<5%"] },
  ]);
});

test("lines instead of groups, and nothing at all", () => {
  const { risks, strategies, constraints } = plan({
    risk_management: { risks: ["It rains", null, ""], mitigation_strategies: "Umbrellas" },
    resource_analysis: { resource_constraints: ["one_printer"] },
  });
  expect(risks).toMatchObject([{ id: "risk_001", name: "It rains", category: "" }]);
  expect(risks[0]).not.toHaveProperty("owner");
  expect(strategies).toMatchObject([{ id: "mit_001", name: "Umbrellas", risks: [] }]);
  expect(constraints).toMatchObject([{ resource: "one_printer", description: "one printer" }]);
  expect(plan({})).toEqual({ risks: [], strategies: [], constraints: [] });
});
