import type { CheckFact } from "../../execution/judge-result.ts";
import type { Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import type { AttemptContext, Steps } from "../../ports/engine.ts";
import type { CheckResult } from "../../ports/verifier.ts";
import type { Workspace, WorkspaceFailure } from "../../ports/workspaces.ts";
import { aloneInCloneOf } from "../alone-in-clone.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import { IMPLEMENTATION_STAGE, type ChildBase } from "./task-child.ts";

/** A check with what failed in it, for whoever tries again. */
export type CheckRun = CheckFact & { readonly tail: readonly string[]; readonly ended: boolean };

/** What is checked, and where. */
export interface Checked {
  readonly child: ChildBase;
  readonly workspace: Workspace;
  /** Commit that holds it: a clean copy of that does as well where the workspace is gone, with the machine that it was on. */
  readonly at: string;
  readonly name: string;
}

/** Run the commands one after the other; after one that does not pass, the rest is not run. */
export async function runChecks(
  ports: PlanRunPorts,
  steps: Steps,
  { child, workspace, at, name }: Checked,
): Promise<readonly CheckRun[]> {
  const runs: CheckRun[] = [];
  const limits = workspace.mode === "read" ? aloneInCloneOf(workspace.base) : [];
  for (const [index, check] of child.checks.entries()) {
    if (runs.some(({ outcome }) => outcome !== "passed")) break;
    const step = `${name}/check-${index + 1}`;
    const known = provenCheck(child, check);
    const run = async (context: AttemptContext) => {
      const there = await placeFor(ports, { workspace, at }, context.signal);
      if (!there.ok) return { made: withoutPlace(there.error.message), ended: context.ended };
      const outputFolder = await ports.artifacts.runFolder(steps.runId, `attempts/${step}`);
      const made = await ports.verifier.run({
        workspace: there.value,
        ...check,
        timeoutMs: child.limits.checkTimeoutMs,
        outputFolder,
        signal: context.signal,
        onLine: (line) =>
          context.progress({
            stage: IMPLEMENTATION_STAGE,
            role: child.task,
            line: oneLine(line, 200),
          }),
      });
      if (there.value.id !== workspace.id) await ports.workspaces.discard(there.value, "dropped");
      if (!context.ended) context.signal.throwIfAborted();
      return { made, ended: context.ended };
    };
    const result = known
      ? { made: known, ended: false }
      : await steps.attempt({ name: step, limits }, run);
    runs.push(checkRun(check, result));
    await emitCheck(steps, child, { step, check, result: result.made });
  }
  return runs;
}

/** The very command passed on the very commit, when that landed: once more would say the same. */
function provenCheck(
  { base, proven }: ChildBase,
  { command, expects }: ChildBase["checks"][number],
): CheckResult | undefined {
  const isSame =
    proven?.commit === base && proven.command === command && expects.kind === "success";
  if (!isSame) return undefined;
  const shown = oneLine(`already verified when ${base.slice(0, 12)} landed: ${proven.shown}`, 300);
  return { outcome: "passed", exit: 0, durationMs: 0, shown, tail: [], log: null };
}

/** The workspace; where it is gone, a copy of what was in it. */
async function placeFor(
  { workspaces }: Pick<PlanRunPorts, "workspaces">,
  { workspace, at }: Pick<Checked, "workspace" | "at">,
  signal: AbortSignal,
): Promise<Result<Workspace, WorkspaceFailure>> {
  const there = await workspaces.check(workspace);
  if (there.ok || there.error.kind !== "workspace-gone") return there;
  const { runId, task, attempt } = workspace;
  return workspaces.open({ runId, task, attempt, base: at, mode: "read" }, signal);
}

/** The clone is not the one that was made: nothing is run in its place (I-34). */
const withoutPlace = (shown: string): CheckResult => ({
  outcome: "not-run",
  reason: "no-workspace",
  exit: null,
  durationMs: 0,
  shown: oneLine(shown, 300),
  tail: [],
  log: null,
});

const checkRun = (
  { name, command }: ChildBase["checks"][number],
  { made, ended }: { readonly made: CheckResult; readonly ended: boolean },
): CheckRun => ({
  name,
  by: "command",
  command,
  outcome: made.outcome,
  shown: made.shown,
  tail: made.outcome === "passed" ? [] : made.tail,
  ended,
});

const emitCheck = (
  steps: Steps,
  { task, attempt }: ChildBase,
  {
    step,
    check,
    result,
  }: {
    readonly step: string;
    readonly check: ChildBase["checks"][number];
    readonly result: CheckResult;
  },
): Promise<void> =>
  steps.emit(`${step}/finished`, {
    type: "check-finished",
    task,
    attempt,
    name: check.name,
    by: "command",
    command: oneLine(check.command, 300),
    outcome: result.outcome,
    shown: oneLine(result.shown, 300),
    durationMs: result.durationMs,
  });
