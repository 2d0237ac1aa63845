import { percentOf, phaseGroups } from "./phase-groups.ts";
import type { OriginalStatus, OriginalTask } from "./original-status.ts";

export interface OriginalPhase {
  readonly number: number;
  readonly title: string;
  readonly total: number;
  /** Without skipped tasks: a phase with a skipped one never is complete here. */
  readonly completed: number;
  readonly percentage: number;
  readonly status: "complete" | "in_progress" | "pending";
}

const completedIn = (tasks: readonly OriginalTask[]): number =>
  tasks.filter(({ status }) => status === "completed").length;

/** What `phases` prints; both versions alike. A phase whose percentage rounds to 100 is complete, one that rounds to 0 pending. */
export function originalPhases(status: OriginalStatus): {
  readonly phases: readonly OriginalPhase[];
} {
  const phases = phaseGroups(status.tasks).map(({ number, name, tasks }): OriginalPhase => {
    const completed = completedIn(tasks);
    const percentage = percentOf(completed, tasks.length);
    const state = percentage === 100 ? "complete" : percentage > 0 ? "in_progress" : "pending";
    const title = name.replace(/^Phase\s+\d+:\s*/, "");
    return { number, title, total: tasks.length, completed, percentage, status: state };
  });
  return { phases };
}

export interface OriginalStatusOutput {
  readonly planPath: string | undefined;
  readonly planName: string | undefined;
  readonly source: "status.json";
  readonly total: number;
  readonly completed: number;
  readonly inProgress: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
  readonly percentage: number;
  readonly currentPhase: string;
}

/** What `status` prints; both versions alike. Skipped tasks count as not done, so a plan with one never reaches 100 %. */
export function originalStatus(status: OriginalStatus): OriginalStatusOutput {
  const { summary, currentPhase } = status;
  return {
    planPath: status.planPath,
    planName: status.planName,
    source: "status.json",
    total: summary.totalTasks,
    completed: summary.completed,
    inProgress: summary.in_progress,
    pending: summary.pending,
    failed: summary.failed,
    skipped: summary.skipped,
    percentage: percentOf(summary.completed, summary.totalTasks),
    currentPhase:
      currentPhase === undefined || currentPhase === null || currentPhase === ""
        ? "Unknown"
        : currentPhase,
  };
}

export type OriginalCheck =
  | {
      readonly task: {
        readonly id: string;
        readonly description: string | undefined;
        readonly status: string | undefined;
        readonly phase: number;
      };
      readonly canStart: boolean;
      readonly blockers: readonly string[];
      readonly phase: string;
    }
  | { readonly error: string };

/**
 * What `check` prints; both versions alike. Any pending task can start, whatever it depends on (FORMATS §1.6); the blockers are the
 * unfinished tasks of all earlier phases, which hold back nothing. A task that is not there is an answer, with exit code 0.
 */
export function originalCheck(status: OriginalStatus, id: string): OriginalCheck {
  const phases = phaseGroups(status.tasks);
  for (const { number, name, tasks } of phases) {
    const task = tasks.find((one) => one.id === id);
    if (task === undefined) continue;
    const blockers = phases
      .filter((earlier) => earlier.number < number)
      .flatMap((earlier) => earlier.tasks)
      .filter((one) => one.status === "pending" || one.status === "in_progress");
    return {
      task: { id, description: task.description, status: task.status, phase: number },
      canStart: task.status === "pending",
      blockers: blockers.map((one) => one.id),
      phase: name,
    };
  }
  return { error: `Task ${id} not found` };
}
