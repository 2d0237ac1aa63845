import type { BoxState } from "../model.ts";
import type { TaskState } from "./model.ts";

/** The state that a box shows for each word of status.json. */
export const BOX_OF_STATE: Readonly<Record<TaskState, BoxState>> = {
  pending: "open",
  in_progress: "in-progress",
  completed: "done",
  failed: "failed",
  skipped: "skipped",
};

/** The word of status.json for the state that a box shows. */
export const STATE_OF_BOX: Readonly<Record<BoxState, TaskState>> = {
  open: "pending",
  "in-progress": "in_progress",
  done: "completed",
  failed: "failed",
  skipped: "skipped",
};
