import type { TaskState } from "./model.ts";

/**
 * What S4 documents, and its tool does not hold: pending → in progress → completed or failed; pending or in progress → skipped; failed →
 * pending when it is tried again.
 */
export const TRANSITIONS: Readonly<Record<TaskState, readonly TaskState[]>> = {
  pending: ["in_progress", "skipped"],
  in_progress: ["completed", "failed", "skipped"],
  completed: [],
  failed: ["pending"],
  skipped: [],
};

/**
 * The states to go through, the wanted one last: a pending task that is said to be done, or to have failed, was begun. None where it is in
 * that state; undefined where no way leads there.
 */
export function wayTo(from: TaskState, to: TaskState): readonly TaskState[] | undefined {
  if (from === to) return [];
  if (TRANSITIONS[from].includes(to)) return [to];
  const through = from === "pending" && TRANSITIONS.in_progress.includes(to);
  return through ? ["in_progress", to] : undefined;
}

/** What a person can do instead of a change that is not allowed. */
export const INSTEAD: Readonly<Record<TaskState, string>> = {
  pending: "Start it first.",
  in_progress: "Complete it, or let it fail and reset it.",
  completed: "A completed task stays so: add a task for what is missing.",
  failed: "Reset it, then start it again.",
  skipped: "A skipped task stays so: add a task for what is wanted after all.",
};
