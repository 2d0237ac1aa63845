import type { RoleResult } from "../stage/records.ts";
import type { RoleSpec } from "../stage/stage-spec.ts";
import type { TaskKind } from "../stage/task-kind.ts";
import { hold, holdStopped, whyCommand } from "./hold.ts";
import { childName, roleInput, type StageRun } from "./stage-run.ts";

/** A role that the stage cannot do without: asked until it answers, held for a person whenever its attempts are used up. */
export async function askLead(
  run: StageRun,
  task: TaskKind,
  role: RoleSpec,
  inputs: Readonly<Record<string, string>>,
): Promise<RoleResult> {
  for (;;) {
    const round = (run.asked.get(role.name) ?? 0) + 1;
    run.asked.set(role.name, round);
    const input = roleInput(run, role, { task, round, inputs, needs: [] });
    const name = childName(run, role.name, round);
    const [result] = await run.steps.children(run.runRole, [{ name, input }]);
    if (result?.status === "succeeded") return result;
    if (result?.stopped) {
      await holdStopped(run, `${role.name}-${round}`, [result.stopped]);
      continue;
    }
    await hold(run, `${role.name}-${round}`, {
      hint: whyCommand(run, role.name),
      code: "STAGE_AGENT_FAILED",
      reason: `The ${role.title} gave no answer.`,
      failures: [`${role.title}: ${result?.reason ?? "no result"}`],
    });
  }
}
