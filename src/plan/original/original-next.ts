import { fileConflicts } from "./file-conflicts.ts";
import type { FileConflict } from "./file-conflicts.ts";
import { parallelGroups, sequentialGroups } from "./execution-notes.ts";
import type { OriginalStatus, OriginalTask, OriginalVersion } from "./original-status.ts";
import { phaseGroups, phaseNumber } from "./phase-groups.ts";
import type { PhaseGroup } from "./phase-groups.ts";
import { pipelineStarts } from "./pipeline-starts.ts";

export interface OriginalNextTask {
  readonly id: string;
  readonly description: string | undefined;
  readonly phase: number;
  readonly status: string | undefined;
  readonly reason: string;
  /** Head only, as the next field. */
  readonly dependencies?: readonly string[];
  readonly dependents?: readonly string[];
  readonly sequential: boolean;
  readonly sequentialGroup?: string;
  readonly sequentialReason?: string;
  readonly parallelPhase?: true;
  readonly pipelineTriggered?: true;
  readonly fileConflict?: true;
  readonly conflictsWith?: readonly string[];
  readonly conflictingFiles?: readonly string[];
}

/** What `next` prints, in its order. */
export interface OriginalNext {
  readonly count: number;
  readonly tasks: readonly OriginalNextTask[];
  readonly fileConflicts?: readonly FileConflict[];
  readonly parallelPhases?: readonly {
    readonly phases: readonly number[];
    readonly reason: string;
  }[];
  readonly pipelineStartTriggers?: readonly {
    readonly phase: number;
    readonly triggerTask: string;
  }[];
  readonly blockedTaskCount?: number;
  readonly crossPhaseExecution?: true;
  readonly activePhases?: readonly number[];
}

const REASONS = {
  in_progress: "in_progress - should be completed first",
  failed: "failed - needs retry or manual intervention",
  pending: "pending - ready to implement",
} as const;

/** Makes an entry of a task. What the notes say is read from the plan anew; without its text no task is sequential. */
type Entry = (task: OriginalTask, reason: string) => OriginalNextTask;

function entryMaker(version: OriginalVersion, planText: string): Entry {
  const groups = new Map<string, { sequentialGroup: string; sequentialReason: string }>();
  for (const { taskIds, taskRange, reason } of sequentialGroups(planText))
    for (const id of taskIds)
      if (!groups.has(id)) groups.set(id, { sequentialGroup: taskRange, sequentialReason: reason });
  return (task, reason) => ({
    id: task.id,
    description: task.description,
    phase: phaseNumber(task.phase),
    status: task.status,
    reason,
    ...(version === "head"
      ? { dependencies: task.dependencies ?? [], dependents: task.dependents ?? [] }
      : {}),
    sequential: groups.has(task.id),
    ...groups.get(task.id),
  });
}

/** Labels only: nothing is taken out. A file stands at a task once for each time that the task counts for it. */
function withConflicts(
  tasks: readonly OriginalNextTask[],
  conflicts: readonly FileConflict[],
): readonly OriginalNextTask[] {
  const own = new Map<string, { readonly files: string[]; readonly others: Set<string> }>();
  for (const { file, taskIds } of conflicts) {
    for (const id of taskIds) {
      const labels = own.get(id) ?? { files: [], others: new Set<string>() };
      own.set(id, labels);
      labels.files.push(file);
      for (const other of taskIds) if (other !== id) labels.others.add(other);
    }
  }
  return tasks.map((task) => {
    const labels = own.get(task.id);
    if (labels === undefined) return task;
    return {
      ...task,
      fileConflict: true,
      conflictsWith: [...labels.others],
      conflictingFiles: labels.files,
    };
  });
}

const ofStatus = (phases: readonly PhaseGroup[], status: string): readonly OriginalTask[] =>
  phases.flatMap(({ tasks }) => tasks.filter((task) => task.status === status));

const isFinished = (task: OriginalTask | undefined): boolean =>
  task?.status === "completed" || task?.status === "skipped";

const isUnfinished = (task: OriginalTask): boolean =>
  task.status === "pending" || task.status === "in_progress";

/**
 * The phases that seed's `next` looks into: all earlier ones have nothing pending, or each has 80 % of its tasks completed or skipped.
 * A failed task is not pending: a phase whose tasks all failed opens the next one.
 */
function openPhases(phases: readonly PhaseGroup[]): readonly PhaseGroup[] {
  const open: PhaseGroup[] = [];
  let before = { settled: true, mostly: true };
  let through = before;
  let number = Number.NEGATIVE_INFINITY;
  for (const phase of phases) {
    if (phase.number > number) before = through;
    number = phase.number;
    if (before.settled || before.mostly) open.push(phase);
    const finished = phase.tasks.filter(isFinished).length;
    through = {
      settled: through.settled && !phase.tasks.some(isUnfinished),
      mostly: through.mostly && finished >= phase.tasks.length * 0.8,
    };
  }
  return open;
}

/** All failed tasks, even more than were asked for, then pending ones of open phases as far as there is room. */
function nextAtSeed(phases: readonly PhaseGroup[], count: number, entry: Entry): OriginalNext {
  const failed = ofStatus(phases, "failed");
  const pending = openPhases(phases).flatMap(({ tasks }) =>
    tasks.filter(({ status }) => status === "pending"),
  );
  const tasks = [
    ...failed.map((task) => entry(task, REASONS.failed)),
    ...pending
      .slice(0, Math.max(0, count - failed.length))
      .map((task) => entry(task, REASONS.pending)),
  ];
  return { count: tasks.length, tasks };
}

/** Pending tasks whose dependencies are finished, from all phases at once; one that no task has as id is never finished. */
function readyAtHead(status: OriginalStatus): {
  readonly ready: readonly OriginalTask[];
  readonly blocked: number;
} {
  const byId = new Map(status.tasks.map((task) => [task.id, task]));
  const pending = status.tasks.filter((task) => task.status === "pending");
  const ready = pending.filter((task) =>
    (task.dependencies ?? []).every((id) => isFinished(byId.get(id))),
  );
  const sorted = ready.toSorted(
    (one, other) =>
      phaseNumber(one.phase) - phaseNumber(other.phase) ||
      one.id.localeCompare(other.id, "en-US", { numeric: true }),
  );
  return { ready: sorted, blocked: pending.length - ready.length };
}

function nextAtHead(
  status: OriginalStatus,
  count: number,
  entry: Entry,
  planText: string,
): OriginalNext {
  const { ready, blocked } = readyAtHead(status);
  const byId = new Map(status.tasks.map((task) => [task.id, task]));
  const parallel = parallelGroups(planText);
  const inParallel = new Set(parallel.flatMap(({ phaseIds }) => phaseIds));
  const starts = pipelineStarts(planText);
  const triggers = new Map(starts.map(({ phase, triggerTaskId }) => [phase, triggerTaskId]));
  const labelled = ready.slice(0, count).map((task): OriginalNextTask => {
    const { dependencies = [] } = task;
    const trigger = triggers.get(phaseNumber(task.phase));
    const early =
      dependencies.length === 0 && trigger !== undefined && isFinished(byId.get(trigger));
    return {
      ...entry(task, early ? "pending - ready via pipeline-start trigger" : REASONS.pending),
      ...(inParallel.has(phaseNumber(task.phase)) ? { parallelPhase: true } : {}),
      ...(early ? { pipelineTriggered: true } : {}),
    };
  });
  const conflicts = fileConflicts(labelled);
  const tasks = withConflicts(labelled, conflicts);
  const active = [...new Set(tasks.map(({ phase }) => phase))].toSorted((a, b) => a - b);
  return {
    count: tasks.length,
    tasks,
    ...(conflicts.length === 0 ? {} : { fileConflicts: conflicts }),
    ...(parallel.length === 0
      ? {}
      : { parallelPhases: parallel.map(({ phaseIds, reason }) => ({ phases: phaseIds, reason })) }),
    ...(starts.length === 0
      ? {}
      : {
          pipelineStartTriggers: starts.map(({ phase, triggerTaskId }) => ({
            phase,
            triggerTask: triggerTaskId,
          })),
        }),
    ...(blocked === 0 ? {} : { blockedTaskCount: blocked }),
    ...(active.length > 1 ? { crossPhaseExecution: true, activePhases: active } : {}),
  };
}

/**
 * What the original's `next` answers (FORMATS §1.4). While a task is in progress it names only those; head names nothing but failed
 * tasks while there is one, so that one failure holds up all the rest. Tasks of one sequential group and tasks that change one file
 * come together: they are labelled, not kept apart, and nothing is claimed.
 *
 * @param planText the plan as it is now; notes are read from it. Without it (the plan is gone) no task is labelled by them
 */
export function originalNext(
  status: OriginalStatus,
  count: number,
  version: OriginalVersion,
  planText = "",
): OriginalNext {
  const phases = phaseGroups(status.tasks);
  const entry = entryMaker(version, planText);
  const started = ofStatus(phases, "in_progress");
  if (started.length > 0) {
    const tasks = started.slice(0, count).map((task) => entry(task, REASONS.in_progress));
    const conflicts = version === "head" ? fileConflicts(tasks) : [];
    const labelled = withConflicts(tasks, conflicts);
    return {
      count: labelled.length,
      tasks: labelled,
      ...(conflicts.length === 0 ? {} : { fileConflicts: conflicts }),
    };
  }
  if (version === "seed") return nextAtSeed(phases, count, entry);
  const failed = ofStatus(phases, "failed");
  if (failed.length === 0) return nextAtHead(status, count, entry, planText);
  const tasks = failed.slice(0, count).map((task) => entry(task, REASONS.failed));
  return { count: tasks.length, tasks };
}
