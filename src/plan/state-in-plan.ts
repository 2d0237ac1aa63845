import type { BoxState, Task } from "./model.ts";

/** What a plan itself says of a task: its box, or words where it has none. A status file may know more. */
export const stateInPlan = ({ box, state }: Pick<Task, "box" | "state">): BoxState =>
  box?.state ?? state ?? "open";
