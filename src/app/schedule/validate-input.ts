import { compareDiagnostics, type Diagnostic } from "../../core/diagnostic.ts";
import { checkExecutionPlan } from "../../schedule/formats/s3-plan/check-execution-plan.ts";
import {
  correctExecutionPlan,
  type Correction,
} from "../../schedule/formats/s3-plan/correct-execution-plan.ts";
import { readExecutionPlan } from "../../schedule/formats/s3-plan/execution-plan.ts";
import { compile } from "../../schedule/project/compile/compile.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";
import { openProject, type OpenedProject, type ProjectWish } from "./open-project.ts";

/** All that is wrong with what is to be scheduled. */
export interface Validation {
  readonly file: string;
  /** By place; worst first on one. */
  readonly diagnostics: readonly Diagnostic[];
  /** Of S3's execution plan, the text with what can be computed put right, and what that is. */
  readonly corrected?: { readonly text: string; readonly corrections: readonly Correction[] };
}

/**
 * Check a plan with its teams (WV-01, WV-02): what its reader finds, claims that contradict each other, teams, sessions and coordination of
 * S3's execution plan, and whether it can be scheduled at all. Throws as `openProject`.
 */
export async function validateInput(ports: PlanPorts, wish: ProjectWish): Promise<Validation> {
  const opened = await openProject(ports, wish);
  const { path: file, text } = opened.open.loaded.file;
  const execution = readExecutionPlan(text, file);
  const corrected = execution && correctExecutionPlan(text, file);
  return {
    file,
    diagnostics: unique([
      ...opened.problems,
      ...(execution ? checkExecutionPlan(execution) : []),
      ...projectProblems(opened),
    ]).toSorted(compareDiagnostics),
    ...(corrected && { corrected }),
  };
}

function projectProblems({ project }: OpenedProject): readonly Diagnostic[] {
  const compiled = compile(project);
  return compiled.ok ? compiled.value.problems : compiled.error;
}

/** What several readers find at one place is told once. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = new Map<string, Diagnostic>();
  for (const one of diagnostics) {
    const { file, line, column } = one.place;
    const key = JSON.stringify([one.code, file, line, column, one.message]);
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}
