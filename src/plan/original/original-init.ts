import { declaredDependencies, firstCycle } from "./declared-dependencies.ts";
import type { GraphEntry } from "./declared-dependencies.ts";
import { sequentialGroups } from "./execution-notes.ts";
import type { SequentialGroup } from "./execution-notes.ts";
import { summaryOf } from "./original-status.ts";
import type { OriginalStatus, OriginalTask, OriginalVersion } from "./original-status.ts";
import { readStrictly } from "./read-strictly.ts";
import type { StrictTask } from "./read-strictly.ts";

const COMMENT =
  "This file is the authoritative source of truth for task execution state. The markdown plan file is read-only reference documentation. Use status-cli.js to update task status.";

/** What `init` prints. */
export interface OriginalInitOutput {
  readonly success: true;
  readonly planPath: string;
  readonly outputDir: string;
  readonly structure: {
    readonly statusJson: string;
    readonly findingsDir: string;
    readonly timestampsDir: string;
  };
  readonly taskCount: number;
  readonly initialized: true;
}

export type OriginalInit =
  | { readonly status: OriginalStatus; readonly output: OriginalInitOutput }
  /** Printed as `Error: …`; the exit code is 1 and nothing is written. */
  | { readonly error: string };

/** The name of the plan's folder below docs/plan-outputs: plans of one name in different folders share it. */
function outputName(planPath: string): string {
  const base = planPath.replace(/\/+$/, "").split("/").at(-1) ?? "";
  return base.length > 3 && base.endsWith(".md") ? base.slice(0, -3) : base;
}

function outputOf(planPath: string, taskCount: number): OriginalInitOutput {
  const outputDir = `docs/plan-outputs/${outputName(planPath)}`;
  return {
    success: true,
    planPath,
    outputDir,
    structure: {
      statusJson: `${outputDir}/status.json`,
      findingsDir: `${outputDir}/findings`,
      timestampsDir: `${outputDir}/timestamps`,
    },
    taskCount,
    initialized: true,
  };
}

/** Tasks as they are first written. Of several groups with one task, the last one's constraint is kept (but `next` shows the first). */
function tasksOf(
  tasks: readonly StrictTask[],
  groups: readonly SequentialGroup[],
  graph: ReadonlyMap<string, GraphEntry> | undefined,
): readonly OriginalTask[] {
  const constraints = new Map(
    groups.flatMap(({ taskIds, taskRange, reason }) =>
      taskIds.map((id) => [id, { sequential: true, sequentialGroup: taskRange, reason }] as const),
    ),
  );
  return tasks.map(({ id, phase, description }) => {
    const entry = graph?.get(id);
    const constraint = constraints.get(id);
    return {
      id,
      phase,
      description,
      status: "pending",
      ...(graph === undefined
        ? {}
        : { dependencies: entry?.dependencies ?? [], dependents: entry?.dependents ?? [] }),
      ...(constraint === undefined ? {} : { executionConstraints: constraint }),
    };
  });
}

/**
 * `init` for a plan without status.json: the file that the original writes, field by field in its order, and what it prints. Boxes
 * already ticked are pending in it, and `currentPhase` is the first phase, where it stays: nothing ever advances it (FORMATS §1.3).
 *
 * @param planPath as the user wrote it; relative to the project's root for paths like the original's
 * @param now as it stands in the file: ISO 8601
 */
export function originalInit(
  planPath: string,
  text: string,
  version: OriginalVersion,
  now: string,
): OriginalInit {
  if (text === "") return { error: "Could not read plan file" };
  const plan = readStrictly(text);
  const groups = sequentialGroups(text);
  const graph = version === "head" ? declaredDependencies(plan.tasks) : undefined;
  const cycle = graph === undefined ? undefined : firstCycle(graph);
  if (cycle !== undefined) return { error: `Dependency cycle detected: ${cycle.join(" -> ")}` };
  const tasks = tasksOf(plan.tasks, groups, graph);
  const status: OriginalStatus = {
    _comment: COMMENT,
    planPath,
    planName: plan.title ?? outputName(planPath),
    createdAt: now,
    lastUpdatedAt: now,
    currentPhase: tasks[0]?.phase ?? null,
    ...(groups.length === 0 ? {} : { sequentialGroups: groups }),
    ...(graph === undefined || graph.size === 0
      ? {}
      : { dependencyGraph: Object.fromEntries(graph) }),
    tasks,
    runs: [],
    summary: summaryOf(tasks),
  };
  return { status, output: outputOf(planPath, tasks.length) };
}
