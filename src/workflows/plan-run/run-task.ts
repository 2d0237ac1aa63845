import { eventOf, judgeResult } from "../../execution/judge-result.ts";
import { declaredFiles } from "../../execution/write-bounds.ts";
import type { TaskEvent } from "../../execution/task-event.ts";
import type { Steps, Workflow } from "../../ports/engine.ts";
import type { CollectedWork, Workspace } from "../../ports/workspaces.ts";
import { readTaskReport } from "../../stage/contracts/task-report.ts";
import { Stopped, stoppableSteps } from "../stoppable-steps.ts";
import type { CoderEnd } from "./ask-coder.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { runChecks, type CheckRun } from "./run-checks.ts";
import type { ChildCost, TaskInput, TaskOutput, TaskResult } from "./task-child.ts";
import { factsOf } from "./task-facts.ts";
import {
  askPatiently,
  brokenBy,
  CANCELED,
  failedWith,
  openWorkspace,
  type Broken,
} from "./work-on-task.ts";

export type RunTask = Workflow<TaskInput, TaskOutput>;

/** What was found out of an attempt so far. */
interface Found {
  events: TaskEvent[];
  result: TaskResult | null;
  cost: ChildCost | null;
  evidence: string | null;
}

/**
 * One attempt at a task (PX-06, PX-08): an own clone, the agent in it, its work taken into the user's repository, and judged by us: what a
 * person must see first is asked before anything of it is run, then the checks. Whatever happens is a value.
 */
export function createRunTask(ports: PlanRunPorts): RunTask {
  return {
    name: "run-task",
    async run(input, plainSteps) {
      const steps = stoppableSteps(plainSteps);
      const name = nameOf(input);
      const found: Found = { events: [], result: input.result, cost: null, evidence: null };
      const startedAt = await clockOf(ports, plainSteps, `${name}/begun`);
      const stop = await orStopped(found, () =>
        input.result
          ? judgeAgain(ports, steps, { input, result: input.result, found, name })
          : attemptTask(ports, steps, { input, found, name }),
      );
      const endedAt = await clockOf(ports, plainSteps, `${name}/over`);
      const { events, result, cost, evidence } = found;
      const changedFiles = result?.changes.length ?? 0;
      return { events, result, cost, changedFiles, startedAt, endedAt, evidence, stop };
    },
  };
}

/** Folder of its files, and the beginning of its steps' names. */
export const nameOf = ({
  task,
  attempt,
  sequence,
}: Pick<TaskInput, "task" | "attempt" | "sequence">): string =>
  `${sequence}-${task.replaceAll(/[^A-Za-z0-9.-]+/g, "_").slice(0, 60)}-a${attempt}`;

export const clockOf = (ports: PlanRunPorts, steps: Steps, name: string): Promise<number> =>
  steps.attempt({ name }, async () => ports.clock.now());

/** What only a person can mend: the attempt counts as ended by us. */
export async function orStopped(
  found: { events: TaskEvent[] },
  work: () => Promise<Broken | undefined>,
): Promise<TaskOutput["stop"]> {
  try {
    const broken = await work();
    if (broken?.kind === "event") found.events.push(broken.event);
    if (broken?.kind !== "stop") return null;
    found.events.push({ kind: "canceled" });
    return broken.stop;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    found.events.push({ kind: "canceled" });
    return error.reason;
  }
}

interface Attempt {
  readonly input: TaskInput;
  readonly found: Found;
  readonly name: string;
}

async function attemptTask(
  ports: PlanRunPorts,
  steps: Steps,
  { input, found, name }: Attempt,
): Promise<Broken | undefined> {
  const opened = await openWorkspace(ports, steps, { ...input, name, mode: "write" });
  if (!opened.ok) return opened.broken;
  const { workspace } = opened;
  const { end, cost, broken } = await askPatiently(ports, steps, {
    name: `${name}-work`,
    child: input,
    workspace,
    prompt: input.prompt,
    contract: "task_report",
  });
  found.cost = cost;
  // Also of an attempt that came to nothing: what it left is what the next one may begin with.
  const files = declaredFiles(input.bounds.uses).map((file) => prefixOf(workspace) + file);
  const collected = await collect(ports, steps, { workspace, name, files });
  if (collected.ok) found.result = resultOf(collected.work, workspace, end);
  if (broken) {
    await discard(ports, steps, { workspace, name });
    return broken;
  }
  if (!collected.ok) return collected.broken;
  const ended = await judge(ports, steps, { input, found, name, workspace });
  await discard(ports, steps, { workspace, name });
  return ended;
}

/** A person let the result through: what remains is judged on a clean copy of exactly that. */
async function judgeAgain(
  ports: PlanRunPorts,
  steps: Steps,
  { input, found, name, result }: Attempt & { readonly result: TaskResult },
): Promise<Broken | undefined> {
  const { commit: base } = result;
  const opened = await openWorkspace(ports, steps, { ...input, base, name, mode: "read" });
  if (!opened.ok) return opened.broken;
  const { workspace } = opened;
  const ended = await judge(ports, steps, { input, found, name, workspace });
  await discard(ports, steps, { workspace, name });
  return ended;
}

async function judge(
  ports: PlanRunPorts,
  steps: Steps,
  { input, found, name, workspace }: Attempt & { readonly workspace: Workspace },
): Promise<Broken | undefined> {
  const { result } = found;
  if (!result) return CANCELED;
  if (!input.result) found.events.push({ kind: "worked", result: result.ref });
  const first = judgeResult(factsOf(input, result, []));
  if (first.verdict !== "good") {
    found.evidence = await evidenceOf(ports, steps, { input, found, name, checks: [] });
    return { kind: "event", event: eventOf(first) };
  }
  const at = result.commit;
  const checks = await runChecks(ports, steps, { child: input, workspace, at, name });
  if (checks.some(({ ended }) => ended)) return CANCELED;
  found.evidence = await evidenceOf(ports, steps, { input, found, name, checks });
  const judged = eventOf(judgeResult(factsOf(input, result, checks)));
  return { kind: "event", event: withTail(judged, checks) };
}

/** Whoever tries again is told how the check ended. */
export function withTail(event: TaskEvent, checks: readonly CheckRun[]): TaskEvent {
  if (event.kind !== "failed") return event;
  const { reason } = event;
  const tail = checks.flatMap((check) => check.tail);
  return { ...event, reason: { ...reason, details: [...reason.details, ...tail] } };
}

const evidenceOf = (
  ports: PlanRunPorts,
  steps: Steps,
  { input, found, name, checks }: Attempt & { readonly checks: readonly CheckRun[] },
): Promise<string> =>
  keepEvidence(ports, steps, name, {
    task: input.task,
    title: input.title,
    attempt: input.attempt,
    agent: input.agent,
    base: input.base,
    result: found.result,
    checks,
    cost: found.cost,
  });

async function collect(
  ports: PlanRunPorts,
  steps: Steps,
  {
    workspace,
    name,
    files,
  }: { readonly workspace: Workspace; readonly name: string; readonly files: readonly string[] },
): Promise<
  | { readonly ok: true; readonly work: CollectedWork }
  | { readonly ok: false; readonly broken: Broken }
> {
  const collected = await steps.attempt({ name: `${name}/collect` }, async () => {
    const made = await ports.workspaces.collect(workspace, files);
    if (!made.ok) return { failure: { ...made.error } };
    return {
      work: { ...made.value, changes: made.value.changes.map((change) => ({ ...change })) },
    };
  });
  if (collected.work) return { ok: true, work: collected.work };
  const { failure } = collected;
  if (!failure) return { ok: false, broken: failedWith(NO_WORK) };
  // Never deleted before a ref leads to it: whoever has no room must know where it is.
  const message =
    failure.kind === "output-limit"
      ? `${failure.message}, and are in ${workspace.folder}`
      : failure.message;
  return { ok: false, broken: brokenBy({ ...failure, message }) };
}

const NO_WORK = { kind: "git-failed", message: "Nothing could be collected.", details: [] };

const resultOf = (
  { ref, commit, base, changes, absent }: CollectedWork,
  workspace: Workspace,
  end: CoderEnd,
): TaskResult => ({
  ref,
  commit,
  base,
  changes: changes.map((change) => ({ ...change })),
  ...(absent && { absent }),
  prefix: prefixOf(workspace),
  report: reportOf(end),
  told: toldBy(end),
});

const prefixOf = ({ folder, project }: Workspace): string =>
  project.length > folder.length ? `${project.slice(folder.length + 1)}/` : "";

function toldBy({ outcome }: CoderEnd): TaskResult["told"] {
  const report = outcome.ok ? readTaskReport(outcome.value) : undefined;
  if (!report) return null;
  const { summary, issues, deviations, notes } = report;
  return {
    summary,
    issues: issues.map(({ problem, resolution }) => ({ problem, resolution })),
    deviations,
    notes,
  };
}

/** What the agent said of its work, one text for those that come after. */
function reportOf({ outcome, said }: CoderEnd): string {
  if (!outcome.ok) return "";
  const report = readTaskReport(outcome.value);
  if (!report) return said;
  return [
    report.summary,
    ...report.issues.map(
      ({ problem, resolution }) => `Issue: ${problem} Resolution: ${resolution}`,
    ),
    ...report.deviations.map((deviation) => `Deviation: ${deviation}`),
    ...report.notes.map((note) => `Note: ${note}`),
  ].join("\n");
}

/** The clone goes; what it held is reachable from the result's ref. What can't be deleted stays where it is. */
export async function discard(
  ports: PlanRunPorts,
  steps: Steps,
  { workspace, name }: { readonly workspace: Workspace; readonly name: string },
): Promise<void> {
  await steps.attempt({ name: `${name}/discard` }, async () => ({
    ...(await ports.workspaces.discard(workspace)),
  }));
}
