import type { S4Answer, TickedTask, WrittenFinding } from "../../analysis/answer.ts";
import { isSettled, stateOf } from "../../plan/answers/plan-view.ts";
import { findTask } from "../../plan/edits/find-task.ts";
import { editTasks } from "./edit-tasks.ts";
import { viewPlan, type OpenPlan } from "./open-plan.ts";
import type { PlanPorts } from "./plan-ports.ts";

export interface Answers {
  readonly open: OpenPlan;
  readonly answers: readonly S4Answer[];
  readonly written: readonly WrittenFinding[];
}

/**
 * Tick what a finding answers and is open, with the finding's file as its note. What failed, was skipped or is done stays, and what a finding
 * answers whose file is somebody's own. Throws what editing tasks can.
 */
export async function tickAnswered(
  ports: PlanPorts,
  { open, answers, written }: Answers,
): Promise<readonly TickedTask[]> {
  const view = viewPlan(open, {});
  const fileOf = (finding: string) => written.find(({ path }) => path.endsWith(`/${finding}.md`));
  const judged = answers.map((answer): TickedTask => {
    const left = (missing: string): TickedTask => ({ ...answer, missing, outcome: "left" });
    const state = stateOf(view, answer.key);
    if (state === "failed" || state === "skipped") return left(`it is ${state}`);
    if (isSettled(state)) return { ...answer, outcome: "was" };
    if (answer.finding === null) return { ...answer, outcome: "left" };
    const file = fileOf(answer.finding);
    if (file?.outcome === "kept")
      return left(`${answer.finding}.md is not as an analysis wrote it, and was kept`);
    const found = findTask(open.plan, answer.key);
    return found.ok ? { ...answer, outcome: "ticked" } : left(found.error.message);
  });
  const byFile = new Map<string, string[]>();
  for (const { key, finding, outcome } of judged) {
    if (outcome !== "ticked" || finding === null) continue;
    const path = fileOf(finding)?.path ?? finding;
    const keys = byFile.get(path);
    if (keys) keys.push(key);
    else byFile.set(path, [key]);
  }
  for (const [words, keys] of byFile)
    await editTasks(ports, { names: [open.head.file, ...keys], action: "tick", words });
  return judged;
}
