import { expect } from "vitest";
import { analyseRequirements } from "../../../src/adapters/agents/builtin/requirements/analyse-requirements.ts";
import { designArchitecture } from "../../../src/adapters/agents/builtin/architecture/design-architecture.ts";
import { estimateProject } from "../../../src/adapters/agents/builtin/estimation/estimate-project.ts";
import { assessRisks } from "../../../src/adapters/agents/builtin/risk/assess-risks.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import {
  architectureDesign,
  projectEstimation,
  requirementsDossier,
  riskAssessment,
} from "../../../src/stage/contracts/planning.ts";
import { type Estimate } from "../../../src/stage/contracts/shared.ts";

/** All four answers for a text, each accepted by its contract. */
export function analyse(text: string) {
  const spec = parseSpec("spec.md", text);
  return {
    spec,
    requirements: requirementsDossier.parse(analyseRequirements(spec)).requirements_dossier,
    architecture: architectureDesign.parse(designArchitecture(spec)).architecture_design,
    risk: riskAssessment.parse(assessRisks(spec)).risk_assessment,
    estimation: projectEstimation.parse(estimateProject(spec)).project_estimation,
  };
}

/** Whether links `id → needed` run into a cycle. */
export function isAcyclic(
  needs: readonly { readonly id: string; readonly depends_on: readonly string[] }[],
): boolean {
  const left = new Map(
    needs.map(({ id, depends_on }) => [
      id,
      depends_on.filter((one) => needs.some((other) => other.id === one)),
    ]),
  );
  for (let changed = true; changed;) {
    changed = false;
    for (const [id, open] of left)
      if (open.every((one) => !left.has(one))) changed = left.delete(id);
  }
  return left.size === 0;
}

const tenths = (one: Estimate) =>
  [one.optimistic, one.likely, one.pessimistic].map((days) => Math.round(days * 10));
const sum = (list: readonly Estimate[]) =>
  list.map(tenths).reduce((a, b) => a.map((days, index) => days + (b[index] ?? 0)), [0, 0, 0]);

/** What must hold for every spec, whatever it says. */
export function expectSound(text: string): ReturnType<typeof analyse> {
  const all = analyse(text);
  const { spec, requirements, architecture, risk, estimation } = all;
  const ids = requirements.functional.map(({ id }) => id);
  const stated = [
    ...new Set(spec.requirements.filter(({ kind }) => kind === "functional").map(({ id }) => id)),
  ];
  expect(stated.filter((id) => !ids.includes(id))).toEqual([]);

  const carried = architecture.components.flatMap((one) => one.requirements);
  expect(carried.toSorted()).toEqual([...ids].toSorted());
  const components = architecture.components.map(({ name }) => name);
  expect(new Set(components).size).toBe(components.length);
  expect(architecture.interfaces.filter(({ provider }) => !components.includes(provider))).toEqual(
    [],
  );
  expect(
    isAcyclic(architecture.components.map(({ name, depends_on }) => ({ id: name, depends_on }))),
  ).toBe(true);

  const needs = ids.map((id) => ({
    id,
    depends_on: requirements.dependencies.filter(({ from }) => from === id).map(({ to }) => to),
  }));
  expect(isAcyclic(needs)).toBe(true);

  for (const one of risk.risks) {
    const points = { low: 1, medium: 2, high: 3 };
    expect(one.score).toBe(points[one.likelihood] * points[one.impact]);
    expect(one.sources.length).toBeGreaterThan(0);
    for (const source of one.sources) {
      const line = Number(/line (\d+)\)$/.exec(source)?.[1]);
      expect(line).toBeGreaterThan(0);
      expect(line).toBeLessThanOrEqual(Math.max(1, spec.lines));
    }
  }
  expect(risk.risks.map(({ score }) => score)).toEqual(
    risk.risks.map(({ score }) => score).toSorted((a, b) => b - a),
  );

  const tasks = estimation.phases.flatMap((phase) => phase.tasks);
  expect(isAcyclic(tasks)).toBe(true);
  expect(isAcyclic(estimation.phases)).toBe(true);
  expect(ids.filter((id) => !tasks.some((task) => task.requirements.includes(id)))).toEqual([]);
  for (const phase of estimation.phases)
    expect(sum(phase.tasks.map((task) => task.effort_days))).toEqual(tenths(phase.effort_days));
  expect(sum(estimation.phases.map((phase) => phase.effort_days))).toEqual(
    tenths(estimation.total_effort_days),
  );
  for (const { effort_days: e } of tasks) {
    expect(e.optimistic).toBeLessThanOrEqual(e.likely);
    expect(e.likely).toBeLessThanOrEqual(e.pessimistic);
  }
  const path = estimation.critical_path;
  for (const [index, id] of path.entries())
    if (index > 0)
      expect(tasks.find((task) => task.id === id)?.depends_on).toContain(path[index - 1]);
  return all;
}
