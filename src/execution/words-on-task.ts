import type { PersonSays } from "./task-event.ts";
import type { TaskStatus } from "./task-state.ts";

/** What a person can say of a task as it stands; `advance` takes nothing else. */
export const WORDS_ON_TASK: Readonly<Record<TaskStatus, readonly PersonSays["what"][]>> = {
  open: ["skip", "tick"],
  running: [],
  verifying: [],
  landing: [],
  done: [],
  failed: ["retry", "skip", "tick"],
  blocked: ["allow", "refuse", "retry", "skip", "tick"],
  skipped: ["retry", "tick"],
};
