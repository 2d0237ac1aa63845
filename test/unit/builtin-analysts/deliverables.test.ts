/** S0 §3 and S2 §3: what each specialist of planning and preparation has to deliver, on a specification that has something of all. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { PREPARATION } from "../../../src/stage/built-in/preparation.ts";
import { CONTRACTS, type ContractName } from "../../../src/stage/contracts.ts";
import { planned } from "../builtin-preparation/chain.ts";
import { play } from "../rules/play.ts";

const spec = readFileSync(
  path.resolve(import.meta.dirname, "../../../examples/tool-library/specs/001-lend-tools/spec.md"),
  "utf8",
);
const { analyses, artifacts } = play(PLANNING, { "spec.md": spec });
const prepared = play(PREPARATION, planned(spec)).analyses;
const { "plan.md": plan = "" } = artifacts;

const answer = <Name extends ContractName>(
  name: Name,
  value: unknown,
): z.infer<(typeof CONTRACTS)[Name]> =>
  CONTRACTS[name].parse(value) as z.infer<(typeof CONTRACTS)[Name]>;

describe("S0 §3", () => {
  const { requirements_dossier: dossier } = answer(
    "requirements_dossier",
    analyses["requirements"],
  );
  const { architecture_design: design } = answer("architecture_design", analyses["architecture"]);
  const { risk_assessment: risk } = answer("risk_assessment", analyses["risk"]);
  const { project_estimation: estimation } = answer("project_estimation", analyses["estimation"]);

  test("Requirements Analyst: acceptance criteria, dependency map, success metrics, constraints", () => {
    expect(dossier.functional.flatMap((one) => one.acceptance_criteria)).not.toEqual([]);
    const ids = dossier.functional.map(({ id }) => id);
    expect(dossier.dependencies).not.toEqual([]);
    for (const { from } of dossier.dependencies) expect(ids).toContain(from);
    expect(dossier.success_metrics).toHaveLength(5);
    expect(dossier.constraints).not.toEqual([]);
  });

  test("Solution Architect: interfaces, data flow, patterns, alternatives with both sides, a diagram", () => {
    for (const list of [design.interfaces, design.data_flow, design.patterns])
      expect(list).not.toEqual([]);
    for (const { pros, cons } of design.alternatives) {
      expect(pros).not.toEqual([]);
      expect(cons).not.toEqual([]);
    }
    expect(design.alternatives.length).toBeGreaterThanOrEqual(2);
    expect(plan).toMatch(/```mermaid\nflowchart LR\n {2}c1\[/);
  });

  test("Risk/Compliance Analyst: a register with mitigations, edge cases, compliance, non-functionals", () => {
    for (const { mitigation, owner, early_sign: sign } of risk.risks)
      expect([mitigation, owner, sign]).not.toContain("");
    for (const list of [risk.risks, risk.edge_cases, risk.compliance, risk.non_functionals])
      expect(list).not.toEqual([]);
    for (const { item } of risk.compliance) expect(plan).toContain(item);
  });

  test("Estimation/Scope Analyst: phases in order with ranges, critical path, who is needed, assumptions", () => {
    for (const { effort_days: effort } of estimation.phases) {
      expect(effort.optimistic).toBeLessThanOrEqual(effort.likely);
      expect(effort.likely).toBeLessThanOrEqual(effort.pessimistic);
    }
    const tasks = estimation.phases.flatMap((phase) => phase.tasks.map(({ id }) => id));
    for (const id of estimation.critical_path) expect(tasks).toContain(id);
    for (const list of [estimation.critical_path, estimation.resources, estimation.assumptions])
      expect(list).not.toEqual([]);
    const needed = /\*\*Who is needed:\*\*\n\n((?:- .+\n)+)/.exec(plan)?.[1] ?? "";
    for (const { role, why } of estimation.resources) {
      expect(needed).toContain(`- ${role}`);
      expect(needed).toContain(why);
    }
  });
});

describe("S2 §3", () => {
  test("Core Implementer: components, interfaces, data structures, algorithms", () => {
    const { core_implementation: core } = answer("core_implementation", prepared["core"]);
    for (const list of [core.modules, core.interfaces, core.data_structures, core.algorithms])
      expect(list).not.toEqual([]);
  });

  test("Integrations/Adapters Engineer: contracts, adapters with a pattern, errors, configuration", () => {
    const { integration_design: design } = answer("integration_design", prepared["integrations"]);
    for (const { adapter, errors } of design.integrations) {
      expect(adapter.pattern).not.toBe("");
      expect(errors).not.toEqual([]);
    }
    expect(design.integrations).not.toEqual([]);
    expect(design.configuration).not.toEqual([]);
  });

  test("Test Engineer: a hierarchy, cases with fixtures, for every requirement", () => {
    const { test_strategy: strategy } = answer("test_strategy", prepared["tests"]);
    const levels = strategy.levels.map(({ name }) => name);
    for (const { level } of strategy.cases) expect(levels).toContain(level);
    const tested = [
      ...strategy.cases.flatMap(({ requirements }) => requirements),
      ...strategy.not_testable.map(({ requirement }) => requirement),
    ];
    for (let number = 1; number <= 15; number++)
      expect(tested).toContain(`FR-0${String(number).padStart(2, "0")}`);
    for (const list of [strategy.levels, strategy.cases, strategy.fixtures])
      expect(list).not.toEqual([]);
  });

  test("Docs Engineer: documents with sections and examples, migration", () => {
    const { documentation_plan: docs } = answer("documentation_plan", prepared["docs"]);
    for (const { sections } of docs.documents) expect(sections).not.toEqual([]);
    expect(docs.documents.flatMap(({ examples }) => examples)).not.toEqual([]);
    expect(docs.migration).not.toEqual([]);
  });
});
