import type { TaskEvent } from "./task-event.ts";

/** Something that happened to a task, in which attempt of it. */
export interface TaskNews {
  readonly task: string;
  readonly attempt: number;
  readonly event: TaskEvent;
}
