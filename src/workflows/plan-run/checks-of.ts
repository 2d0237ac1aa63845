import { oneLine } from "../../core/text.ts";
import { taskChecks, verificationChecks } from "../../execution/verify-commands.ts";
import type { CheckCommand } from "../../execution/verify/read-check.ts";
import type { TaskNode, VerificationNode } from "../../plan/graph/model.ts";
import type { Task } from "../../plan/model.ts";
import type { TaskCheck } from "./task-child.ts";

/** Commands that show a task is done. */
export const checksOfTask = (task: Task): readonly TaskCheck[] =>
  taskChecks(task).commands.map(named);

/** What a verification, or a task that only checks, asks for: commands for us, prose for an agent. */
export function checksOfVerification(node: TaskNode | VerificationNode): {
  readonly commands: readonly TaskCheck[];
  readonly prose: readonly string[];
} {
  if (node.kind === "verification") {
    const { commands, prose } = verificationChecks(node.verification);
    return { commands: commands.map(named), prose };
  }
  const { commands, prose } = taskChecks(node.task);
  const nothing = commands.length === 0 && prose.length === 0;
  return { commands: commands.map(named), prose: nothing ? [node.task.text] : prose };
}

/** A script of several lines is called after its last one. */
const named = ({ command, expects }: CheckCommand): TaskCheck => ({
  name: oneLine(command.split("\n").at(-1) ?? command, 160),
  command,
  expects,
});
