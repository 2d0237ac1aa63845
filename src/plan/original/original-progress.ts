import { countedAs } from "./original-status.ts";
import type { OriginalStatus, OriginalTask } from "./original-status.ts";
import { percentOf, phaseGroups, phaseNumber } from "./phase-groups.ts";
import { pipelineStarts } from "./pipeline-starts.ts";

/** Of the plan, and of a phase in markers. */
type State = "pending" | "in_progress" | "completed";

interface PhaseProgress {
  readonly number: number;
  readonly name: string;
  readonly total: number;
  readonly completed: number;
  readonly in_progress: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
  readonly percentage: number;
}

interface PipelineTrigger {
  readonly phase: number;
  readonly triggerTask: string;
  readonly triggerStatus: string;
  readonly pipelineActive: boolean;
}

/** What head's `progress --format=json` prints, without what it says of git, its commit queue and worktrees. */
export interface OriginalProgress {
  readonly plan: {
    readonly path: string | undefined;
    readonly name: string | undefined;
    readonly status: State;
  };
  readonly summary: Omit<PhaseProgress, "number" | "name">;
  readonly phases: readonly PhaseProgress[];
  readonly currentPhase: string | null;
  readonly lastUpdated: string | undefined;
  readonly crossPhaseExecution?: {
    readonly active: true;
    readonly phases: readonly number[];
    readonly description: string;
  };
  readonly pipeline?: {
    readonly triggers: readonly PipelineTrigger[];
    readonly activeOverlaps: readonly { readonly phase: number; readonly triggeredBy: string }[];
  };
}

/** A plan whose rest is skipped or failed stays in progress; one of which nothing but failures came is pending. */
function planState({ summary }: OriginalStatus): State {
  if (summary.totalTasks > 0 && summary.completed === summary.totalTasks) return "completed";
  return summary.completed > 0 || summary.in_progress > 0 ? "in_progress" : "pending";
}

function countsOf(tasks: readonly OriginalTask[]): Omit<PhaseProgress, "number" | "name"> {
  const counts = { completed: 0, in_progress: 0, pending: 0, failed: 0, skipped: 0 };
  for (const task of tasks) counts[countedAs(task)]++;
  return { total: tasks.length, ...counts, percentage: percentOf(counts.completed, tasks.length) };
}

const isDone = (state: string | undefined): boolean => state === "completed" || state === "skipped";

function triggersOf(status: OriginalStatus, planText: string): readonly PipelineTrigger[] {
  const states = new Map(status.tasks.map((task) => [task.id, task.status]));
  return pipelineStarts(planText).map(({ phase, triggerTaskId }) => {
    const state = states.get(triggerTaskId);
    return {
      phase,
      triggerTask: triggerTaskId,
      triggerStatus: state ?? "unknown",
      pipelineActive: isDone(state),
    };
  });
}

/** Numbers of the phases with a task in progress; a number twice where two phases have it. */
const activePhases = (phases: readonly PhaseProgress[]): readonly number[] =>
  phases.filter((phase) => phase.in_progress > 0).map(({ number }) => number);

const phasesOf = (status: OriginalStatus): readonly PhaseProgress[] =>
  phaseGroups(status.tasks).map(({ number, name, tasks }) => ({
    number,
    name,
    ...countsOf(tasks),
  }));

/** `progress --format=json`. Only head has it: seed prints its text whatever it is asked for. */
export function originalProgress(status: OriginalStatus, planText = ""): OriginalProgress {
  const phases = phasesOf(status);
  const active = activePhases(phases);
  const triggers = triggersOf(status, planText);
  const overlaps = triggers.filter(
    ({ phase, pipelineActive }) =>
      pipelineActive && (phases.find(({ number }) => number === phase)?.in_progress ?? 0) > 0,
  );
  return {
    plan: { path: status.planPath, name: status.planName, status: planState(status) },
    summary: countsOf(status.tasks),
    phases,
    currentPhase: status.currentPhase ?? null,
    lastUpdated: status.lastUpdatedAt,
    ...(active.length > 1
      ? {
          crossPhaseExecution: {
            active: true,
            phases: active,
            description: `Tasks from ${active.length} phases executing in parallel`,
          },
        }
      : {}),
    ...(triggers.length === 0
      ? {}
      : {
          pipeline: {
            triggers,
            activeOverlaps: overlaps.map(({ phase, triggerTask }) => ({
              phase,
              triggeredBy: triggerTask,
            })),
          },
        }),
  };
}

/** In markers, other than in JSON, skipped tasks count as completed. */
function phaseMarker(phase: PhaseProgress): string {
  const done = phase.completed + phase.skipped;
  const started = done > 0 || phase.in_progress > 0;
  const state: State = done === phase.total ? "completed" : started ? "in_progress" : "pending";
  const percent = percentOf(done, phase.total);
  return `[PROGRESS] phase=${phase.number} status=${state} percent=${percent}`;
}

/** `progress --format=markers`, head only: a line for each, without those of git and worktrees. */
export function originalMarkers(status: OriginalStatus, planText = ""): readonly string[] {
  const { summary, tasks } = status;
  const phases = phasesOf(status);
  const active = activePhases(phases);
  const percent = percentOf(summary.completed, summary.totalTasks);
  return [
    `[PROGRESS] plan status=${planState(status)} percent=${percent}`,
    ...phases.map(phaseMarker),
    ...(active.length > 1 ? [`[PROGRESS] cross_phase active=true phases=${active.join(",")}`] : []),
    ...triggersOf(status, planText).map(
      ({ phase, triggerTask, pipelineActive }) =>
        `[PROGRESS] pipeline phase=${phase} trigger=${triggerTask} active=${pipelineActive}`,
    ),
    ...tasks
      .filter((task) => task.status === "in_progress")
      .map(({ id }) => `[PROGRESS] task=${id} status=started`),
    `[PROGRESS] summary completed=${summary.completed} pending=${summary.pending} failed=${summary.failed}`,
  ];
}

/**
 * `progress` as text. Head adds which phases run at once and its pipeline triggers (and git, its queue and worktrees, left out here).
 *
 * @param localTime the time of the last update as the user's machine writes it; the original prints it so
 */
export function originalProgressText(
  status: OriginalStatus,
  version: "seed" | "head",
  localTime: string,
  planText = "",
): readonly string[] {
  const { summary } = status;
  const percent = percentOf(summary.completed, summary.totalTasks);
  const filled = Math.round((percent / 100) * 40);
  const lines = [
    `Plan: ${status.planName}`,
    `Progress: [${"█".repeat(filled)}${"░".repeat(40 - filled)}] ${percent}%`,
    "",
    `  ✓ Completed: ${summary.completed}`,
    `  ◯ Pending: ${summary.pending}`,
    `  ⏳ In Progress: ${summary.in_progress}`,
    `  ✗ Failed: ${summary.failed}`,
    `  ⊘ Skipped: ${summary.skipped}`,
    "",
    `Total: ${summary.totalTasks} tasks`,
    `Current Phase: ${status.currentPhase ?? null}`,
    `Last Updated: ${localTime}`,
  ];
  return version === "seed" ? lines : [...lines, ...atOnce(status), ...pipeline(status, planText)];
}

function atOnce({ tasks }: OriginalStatus): readonly string[] {
  const active = new Map<number, string[]>();
  for (const { id, phase, status } of tasks) {
    if (status !== "in_progress") continue;
    const number = phaseNumber(phase);
    active.set(number, [...(active.get(number) ?? []), id]);
  }
  if (active.size < 2) return [];
  const phases = [...active].toSorted(([one], [other]) => one - other);
  return [
    "",
    `⚡ Cross-Phase Execution: ${active.size} phases active`,
    ...phases.map(([number, ids]) => `   Phase ${number}: ${ids.join(", ")}`),
  ];
}

function pipeline(status: OriginalStatus, planText: string): readonly string[] {
  const triggers = triggersOf(status, planText);
  if (triggers.length === 0) return [];
  return [
    "",
    "Pipeline Triggers:",
    ...triggers.map(({ phase, triggerTask, triggerStatus, pipelineActive }) => {
      const icon = pipelineActive ? "✓" : triggerStatus === "in_progress" ? "⏳" : "◯";
      return `   ${icon} Phase ${phase} starts when ${triggerTask} completes [${triggerStatus}]`;
    }),
  ];
}
