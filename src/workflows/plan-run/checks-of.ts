import type { TaskNode, VerificationNode } from "../../plan/graph/model.ts";
import type { Task } from "../../plan/model.ts";
import type { TaskCheck } from "./task-child.ts";

/** Commands that show a task is done. */
export const checksOfTask = (task: Task): readonly TaskCheck[] =>
  task.command === undefined ? [] : [{ name: "Verify", command: task.command }];

/** What a verification, or a task that only checks, asks for: commands for us, prose for an agent. */
export function checksOfVerification(node: TaskNode | VerificationNode): {
  readonly commands: readonly TaskCheck[];
  readonly prose: readonly string[];
} {
  if (node.kind === "task") {
    const commands = checksOfTask(node.task);
    return { commands, prose: commands.length > 0 ? [] : [node.task.text] };
  }
  const { commands, criteria } = node.verification;
  return {
    commands: commands.map((command) => ({ name: command, command })),
    prose: criteria.map(({ text }) => text),
  };
}
