import type { FilePlace } from "../../core/place.ts";
import type { PlanWork } from "../plan-work.ts";
import { stateOfTask } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import { taskChecks, verificationChecks, type Checks } from "../verify-commands.ts";
import type { PreviewCheck } from "./run-preview.ts";

/** What will be checked of what is left: commands that the plan names, and what it says in prose. */
export function previewChecks({ work, before }: PlanWork): readonly PreviewCheck[] {
  return work.graph.nodes.flatMap((node, index): readonly PreviewCheck[] => {
    if ((node.kind !== "task" && node.kind !== "verification") || work.parts.has(index)) return [];
    if (isFinished(stateOfTask(before, node.key))) return [];
    const { key } = node;
    if (node.kind === "verification") {
      const { title, place } = node.verification;
      return checksOf(verificationChecks(node.verification), { key, text: title, place });
    }
    const { text, place, verifies } = node.task;
    const checks = taskChecks(node.task);
    // What a task says in prose is the work, but of one that only checks.
    return checksOf(verifies ? checks : { ...checks, prose: [] }, { key, text, place });
  });
}

const checksOf = (
  { commands, prose }: Checks,
  about: { readonly key: string; readonly text: string; readonly place: FilePlace },
): readonly PreviewCheck[] => [
  ...commands.map(({ command }): PreviewCheck => ({ ...about, command })),
  ...prose.map((text): PreviewCheck => ({ ...about, command: null, text })),
];
