import type { BoxState } from "../model.ts";
import { stateInPlan } from "../state-in-plan.ts";
import { BOX_OF_STATE } from "../status/box-of-state.ts";
import type { TaskState } from "../status/model.ts";
import { finished } from "./finished.ts";
import { passedChecks } from "./passed-checks.ts";
import { isWork, type GraphNode, type PlanGraph } from "../graph/model.ts";

/** How a task or a verification stands. */
export interface TaskProgress {
  readonly state: BoxState;
  /** How often it was tried again after it failed. */
  readonly retries: number;
  /** A check that nobody ticked, of a phase that was left behind: it counts as skipped. */
  readonly passedOver?: boolean;
}

/** By node. What is not in it is open. */
export type Progress = ReadonlyMap<number, TaskProgress>;

/** What a status file says of one key; its words for the states are S4's. */
export interface RecordedProgress {
  readonly state: TaskState;
  readonly retries: number;
}

/**
 * How everything in a graph stands, by its boxes, by words where there are none, and by a status file. A record says more than a box, but `pending` says no more
 * than an empty one: then a box that someone ticked counts. A verification is done when all its boxes are. Checks that were passed over
 * (`passed-checks.ts`) are skipped.
 */
export function progressOf(
  graph: PlanGraph,
  recorded: ReadonlyMap<string, RecordedProgress> = new Map(),
): Progress {
  const progress = new Map<number, TaskProgress>();
  graph.nodes.forEach((node, index) => {
    if (!isWork(node)) return;
    const record = recorded.get(node.key);
    const told = record && BOX_OF_STATE[record.state];
    const state = told === undefined || told === "open" ? boxState(node) : told;
    const retries = record?.retries ?? 0;
    if (state !== "open" || retries > 0) progress.set(index, { state, retries });
  });
  for (const plan of graph.plans) {
    const nodeOf = (key: string) => graph.indexOf.get(key) ?? -1;
    const passed = passedChecks(
      plan,
      (key) => progress.get(nodeOf(key))?.state ?? "open",
      (key) => recorded.has(key),
    );
    for (const key of passed)
      progress.set(nodeOf(key), { state: "skipped", retries: 0, passedOver: true });
  }
  return progress;
}

function boxState(node: GraphNode): BoxState {
  if (node.kind === "task") return stateInPlan(node.task);
  if (node.kind !== "verification") return "open";
  const boxes = node.verification.criteria.flatMap(({ box }) => (box ? [box.state] : []));
  return boxes.length > 0 && boxes.every(finished) ? "done" : "open";
}
