import { isWork, type PlanGraph } from "../plan/graph/model.ts";
import { notUsed, type CarriedOver, type PlanEdit } from "./carry-over.ts";
import { isFinished, type TaskState } from "./task-state.ts";

/**
 * What a run that carried out a plan still has to do of one that was approved anew. A task of the same words is done and stays so. One of other words
 * under the same key is another task, and what verifies was said of the work as it was then: both are open again, unless their boxes say otherwise.
 * Gates hold anew.
 *
 * @param initial how the new plan stands by its boxes and records (`initial-states.ts`)
 */
export function approvedAnew(
  { state, edits, orphaned }: CarriedOver,
  graph: PlanGraph,
  initial: ReadonlyMap<string, TaskState>,
): CarriedOver {
  const reworded = new Set(edits.flatMap(({ key, what }) => (what === "reworded" ? [key] : [])));
  const tasks = new Map(state.tasks);
  const opened: PlanEdit[] = [];
  for (const node of graph.nodes) {
    const { key } = node;
    const own = tasks.get(key);
    if (!isWork(node) || !own || !isOfOld(own, node.kind, reworded.has(key))) continue;
    const written = initial.get(key);
    const isWritten = written !== undefined && isFinished(written);
    tasks.set(key, isWritten ? written : { status: "open", tries: notUsed(own) });
    if (!isWritten && !reworded.has(key)) opened.push({ key, what: "unticked", status: "open" });
  }
  return {
    state: { ...state, tasks, batch: [], released: new Set() },
    edits: [...edits.map((edit) => asIs(edit, tasks)), ...opened],
    orphaned,
  };
}

const asIs = (edit: PlanEdit, tasks: ReadonlyMap<string, TaskState>): PlanEdit =>
  edit.what === "removed" ? edit : { ...edit, status: tasks.get(edit.key)?.status ?? "open" };

/** Finished by the run as something that it may not be any more; a task with parts is finished once these are. */
function isOfOld(own: TaskState, kind: "task" | "verification", reworded: boolean): boolean {
  if (!isFinished(own) || (own.status === "done" && own.evidence.kind === "plan")) return false;
  const isByParts = own.status === "done" && own.evidence.kind === "parts";
  return reworded || isByParts || (kind === "verification" && own.status === "done");
}
