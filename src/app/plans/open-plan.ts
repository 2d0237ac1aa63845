import type { WavegateError } from "../../core/error.ts";
import type { PlanHead } from "../../plan/answers/plan-head.ts";
import { viewOf, type PlanView } from "../../plan/answers/plan-view.ts";
import { buildGraph } from "../../plan/graph/build-graph.ts";
import type { Plan, PlanDiagnostic } from "../../plan/model.ts";
import { planName } from "../../plan/plan-name.ts";
import type { NextRule } from "../../plan/progress/standing.ts";
import type { RecordedProgress } from "../../plan/progress/progress.ts";
import { readPlan } from "../../plan/read-plan.ts";
import { usesOfTasks, type UsesByTask } from "../../plan/resources/plan-uses.ts";
import { statusDrift } from "../../plan/status/drift.ts";
import { matchRecords, type MatchedStatus } from "../../plan/status/match-records.ts";
import { verifiedInStatus, withoutRecorded } from "../../plan/status/told-by-status.ts";
import { readStatus } from "../../plan/status/read-status.ts";
import type { LoadedPlan, PlanFile } from "../../ports/plan-files.ts";
import type { FoundPlan } from "./find-plan.ts";
import type { PlanPorts } from "./plan-ports.ts";

/** A plan as it is on disk, read. */
export interface OpenPlan {
  readonly head: PlanHead;
  readonly plan: Plan;
  readonly loaded: LoadedPlan;
  /** Undefined where there is no status file, or it is damaged: then `problems` says so. */
  readonly status: MatchedStatus | undefined;
  /** Why the status file can't be read, where one is there. */
  readonly damaged: WavegateError | undefined;
  /** What is wrong with its files. */
  readonly problems: readonly PlanDiagnostic[];
}

/** Read a plan of any dialect with all that belongs to it (PX-01). Throws PLAN_NOT_FOUND, PLAN_UNREADABLE. */
export async function openPlan(
  { planFiles, otherRoot }: Pick<PlanPorts, "planFiles" | "otherRoot">,
  found: FoundPlan,
): Promise<OpenPlan> {
  const opened = await planFiles.load(found.file);
  if (!opened.ok) throw opened.error;
  return openTexts(opened.value, found, otherRoot);
}

/** The same from texts that have been read. */
export function openTexts(
  loaded: LoadedPlan,
  found: FoundPlan,
  otherRoot: string | undefined,
): OpenPlan {
  const plan = readTexts([loaded.file, ...loaded.companions]);
  const file = loaded.status?.file;
  const status = file?.ok ? readStatus({ file: file.value.path, text: file.value.text }) : file;
  const matched = status?.ok ? matchRecords(status.value, plan) : undefined;
  return {
    head: {
      file: found.file,
      name: planName(found.file),
      dialect: plan.dialect,
      title: plan.title,
      foundBy: found.foundBy,
      ...(otherRoot !== undefined && { repository: otherRoot }),
      ...(matched?.otherVersion === true && {
        statusDiffers: { records: matched.compared, differing: matched.unlike.length },
      }),
    },
    plan,
    loaded,
    status: matched,
    damaged: status === undefined || status.ok ? undefined : status.error,
    problems: [
      ...loaded.problems.map((error) => diagnosticOf(error, found.file)),
      ...(status === undefined
        ? []
        : status.ok
          ? statusDrift(status.value, plan)
          : [diagnosticOf(status.error, found.file)]),
    ],
  };
}

/** The plan that is written in these files; the first is the one that was named. */
export const readTexts = (files: readonly PlanFile[]): Plan =>
  readPlan(files.map(({ path, text }) => ({ file: path, text })));

const diagnosticOf = (error: WavegateError, file: string): PlanDiagnostic => ({
  code: error.code,
  severity: "error",
  message: error.message,
  place: error.place ?? { file },
  hint: error.hint,
});

export interface GraphWish {
  /** Whether guessed dependencies count; true without it. */
  readonly inferred?: boolean;
  /** When phases begin; `barriers` without it. */
  readonly rule?: NextRule;
}

/** The graph of an open plan, and how it stands. By `dag` a phase waits only for what the text names. */
export function viewPlan(
  open: OpenPlan,
  { inferred = true, rule = "barriers" }: GraphWish,
): PlanView {
  const { head, plan, status, damaged, problems } = open;
  const graph = buildGraph(plan, { barriers: rule === "dag" ? "declared" : "phases", inferred });
  const recorded = new Map<string, RecordedProgress>();
  const errors = new Map<string, string>();
  for (const task of status?.tasks ?? []) {
    recorded.set(task.key, task);
    const error = task.error ?? task.lastError;
    if (error !== undefined && task.state === "failed") errors.set(task.key, error);
  }
  if (status)
    for (const key of verifiedInStatus(status, plan))
      recorded.set(key, { state: "completed", retries: 0 });
  return viewOf({
    head,
    plan,
    graph,
    recorded,
    rule,
    errors,
    statusFile: status?.file ?? null,
    damaged: damaged ? diagnosticOf(damaged, head.file) : null,
    diagnostics: [...withoutRecorded(plan, status), ...graph.problems, ...problems],
  });
}

/** What the tasks of a plan read and write, as far as is known. */
export async function usesOf({ projectPaths }: PlanPorts, { plan }: OpenPlan): Promise<UsesByTask> {
  const files = await projectPaths.list();
  return usesOfTasks(
    plan.tasks.map((task) => [task.key, task] as const),
    files,
  );
}
