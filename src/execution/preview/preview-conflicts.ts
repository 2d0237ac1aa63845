import { findConflicts } from "../../plan/resources/find-conflicts.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import type { PlanWork } from "../plan-work.ts";
import { stateOfTask } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import type { PreviewConflicts } from "./run-preview.ts";

/** Which tasks that are left would write one thing at once, if nobody kept them apart (PX-07). */
export function previewConflicts({ work, uses, before }: PlanWork): PreviewConflicts {
  const { nodes } = work.graph;
  const open = nodes.filter(
    (node, index) =>
      node.kind === "task" && !work.parts.has(index) && !isFinished(stateOfTask(before, node.key)),
  );
  const left: UsesByTask = new Map(open.map(({ key }) => [key, uses.get(key) ?? []]));
  const { contentions, writeWrite, complete } = findConflicts(work.graph, left);
  return {
    pairs: writeWrite,
    hot: contentions
      .filter((each) => each.writeWrite > 0)
      .map(({ resource, writeWrite: pairs, users, colliding }) => {
        const writers = new Set(colliding);
        const own = users.filter(({ task }) => writers.has(task));
        return {
          resource,
          pairs,
          writers: own.map(({ task }) => task),
          sure: own.every(({ use }) => use.sure),
        };
      }),
    complete,
    unknown: open.map(({ key }) => key).filter((key) => !work.knowsFiles(key)),
  };
}
