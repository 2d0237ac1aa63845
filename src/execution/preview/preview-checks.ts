import type { PlanWork } from "../plan-work.ts";
import { stateOfTask } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import type { PreviewCheck } from "./run-preview.ts";

/** What will be checked of what is left: commands that the plan names, and what it says in prose. */
export function previewChecks({ work, before }: PlanWork): readonly PreviewCheck[] {
  return work.graph.nodes.flatMap((node): readonly PreviewCheck[] => {
    if (node.kind !== "task" && node.kind !== "verification") return [];
    if (isFinished(stateOfTask(before, node.key))) return [];
    const { key } = node;
    if (node.kind === "task") {
      const { command, place, text } = node.task;
      return command === undefined ? [] : [{ key, command, text, place }];
    }
    const { commands, criteria, title, place } = node.verification;
    return [
      ...commands.map((command): PreviewCheck => ({ key, command, text: title, place })),
      ...criteria.map((each): PreviewCheck => ({
        key,
        command: null,
        text: each.text,
        place: each.place,
      })),
    ];
  });
}
