/** The schedule of a project, checked, by the solver for people. */
import { expect } from "vitest";
import { compile, type Compiled } from "../../../../src/schedule/project/compile/compile.ts";
import { isBeyond, scheduleOf } from "../../../../src/schedule/project/compile/schedule-of.ts";
import type { Project } from "../../../../src/schedule/project/project.ts";
import type { ScheduleDiagnostic } from "../../../../src/schedule/project/report.ts";
import type { Schedule } from "../../../../src/schedule/project/schedule.ts";
import { crewFaultsOf } from "../../../../src/schedule/solver/crew/check-crew-schedule.ts";
import { crewPartFaults } from "../../../../src/schedule/solver/crew/crew-part-faults.ts";
import { makeCrewProblem } from "../../../../src/schedule/solver/crew/crew-problem.ts";
import { createCrewSearch } from "../../../../src/schedule/solver/crew/crew-search.ts";

export function solve(project: Project, budget = 300): { compiled: Compiled; schedule: Schedule } {
  const compiled = compiledOf(project);
  expect(crewPartFaults(compiled.parts)).toStrictEqual([]);
  const search = createCrewSearch(makeCrewProblem(compiled.parts), { seed: 1, budget });
  while (search.advance(100));
  const answer = search.best();
  expect(crewFaultsOf(compiled.parts, answer)).toStrictEqual([]);
  expect(isBeyond(compiled, answer)).toBe(false);
  return { compiled, schedule: scheduleOf(compiled, answer, 1) };
}

export function compiledOf(project: Project): Compiled {
  const compiled = compile(project);
  if (!compiled.ok) throw new Error(compiled.error.map(({ message }) => message).join("\n"));
  return compiled.value;
}

export function problemsOf(project: Project): readonly ScheduleDiagnostic[] {
  const compiled = compile(project);
  return compiled.ok ? compiled.value.problems : compiled.error;
}

export const codesOf = (project: Project): readonly string[] =>
  problemsOf(project).map(({ code }) => code);
