import type { WavegateError } from "../../core/error.ts";
import { ok, type Result } from "../../core/result.ts";
import type { BoxState, Plan, PlanText } from "../model.ts";
import { addRecords, moveTasks } from "../status/change-status.ts";
import type { PlanStatus, TaskState } from "../status/model.ts";
import { newStatus, phaseNames, recordedTasks } from "../status/new-status.ts";
import { readStatus } from "../status/read-status.ts";
import { taskOfKey } from "./find-task.ts";
import { setBoxes } from "./set-boxes.ts";

export interface TaskMarking {
  /** The file with the boxes, as `plan` was read from it. */
  readonly source: PlanText;
  readonly plan: Plan;
  /** Where a plan of S4 keeps its state; without a text it is made. Undefined for plans that keep it in their boxes. */
  readonly status: { readonly file: string; readonly text: string | undefined } | undefined;
  /** Keys of tasks; of verifications too, which have boxes only. */
  readonly tasks: readonly string[];
  readonly to: TaskState;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
  readonly words?: string;
}

const BOXES: Readonly<Record<TaskState, BoxState>> = {
  pending: "open",
  in_progress: "in-progress",
  completed: "done",
  failed: "failed",
  skipped: "skipped",
};

/**
 * The new texts when tasks go to another state, in the order in which they are to be written: the status file first, which counts,
 * then the boxes. Made again after only the first was written, it makes them agree. Boxes of a plan with a status file are done or
 * open. Errors: those of `moveTasks`, `setBoxes` and `readStatus`.
 */
export function markTasks(marking: TaskMarking): Result<readonly PlanText[], WavegateError> {
  const { source, plan, status, tasks, to } = marking;
  for (const key of tasks) {
    const found = taskOfKey(plan, key);
    if (!found.ok) return found;
  }
  if (!status) {
    const boxes = setBoxes(source, plan, { tasks, to: BOXES[to] });
    return boxes.ok ? ok([{ file: source.file, text: boxes.value }]) : boxes;
  }
  const recorded = new Set(recordedTasks(plan).map(({ key }) => key));
  const ofStatus = tasks.filter((key) => recorded.has(key));
  const moved = moveRecords(marking, status, ofStatus);
  if (!moved.ok) return moved;
  const boxes = markBoxes(marking, ofStatus);
  return boxes.ok ? ok([...moved.value, { file: source.file, text: boxes.value }]) : boxes;
}

/** Boxes of tasks that have a record say whether it is completed; those of other tasks say all there is to say. */
function markBoxes(
  { source, plan, tasks, to }: TaskMarking,
  ofStatus: readonly string[],
): Result<string, WavegateError> {
  const boxless = new Set(plan.tasks.flatMap(({ key, box }) => (box ? [] : [key])));
  const boxed = ofStatus.filter((key) => !boxless.has(key));
  const others = tasks.filter((key) => !ofStatus.includes(key));
  if (to === "completed" || to === "pending")
    return setBoxes(source, plan, { tasks: [...boxed, ...others], to: BOXES[to] });
  const marked = setBoxes(source, plan, { tasks: others, to: BOXES[to] });
  return marked.ok
    ? setBoxes({ ...source, text: marked.value }, plan, { tasks: boxed, to: "open" })
    : marked;
}

function moveRecords(
  { plan, to, now, words }: TaskMarking,
  { file, text }: NonNullable<TaskMarking["status"]>,
  tasks: readonly string[],
): Result<readonly PlanText[], WavegateError> {
  if (tasks.length === 0) return ok([]);
  const read = readStatus({ file, text: text ?? newStatus(plan, now) });
  if (!read.ok) return read;
  const grown = withRecords(read.value, plan, { tasks, now });
  const whole = grown === read.value.text ? read : readStatus({ file, text: grown });
  if (!whole.ok) return whole;
  const moved = moveTasks(whole.value, { tasks, to, now, ...(words !== undefined && { words }) });
  return moved.ok ? ok([{ file, text: moved.value }]) : moved;
}

/** With records of the tasks that have none. */
function withRecords(
  status: PlanStatus,
  plan: Plan,
  { tasks, now }: Pick<TaskMarking, "tasks" | "now">,
): string {
  const there = new Set(status.tasks.map(({ key }) => key));
  const phaseOf = phaseNames(plan);
  const missing = recordedTasks(plan).filter(({ key }) => tasks.includes(key) && !there.has(key));
  const records = missing.map((task) => ({
    id: task.id,
    phase: phaseOf(task),
    description: task.text,
  }));
  return addRecords(status, records, now);
}
