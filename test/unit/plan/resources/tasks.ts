import type { Task } from "../../../../src/plan/model.ts";

/** A task with what a test says of it. Its line is the number in its key. */
export const taskOf = (key: string, given: Partial<Task> = {}): Task => ({
  key,
  id: key,
  place: { file: "tasks.md", line: Number(/\d+/.exec(key)?.[0] ?? 1) },
  box: undefined,
  text: "",
  details: [],
  phase: undefined,
  parent: undefined,
  parallel: undefined,
  verifies: false,
  labels: [],
  stories: [],
  requirements: [],
  files: [],
  ...given,
});
