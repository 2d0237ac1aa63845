import { oneLine } from "../../core/text.ts";
import type { CheckFact } from "../../execution/judge-result.ts";
import type { TaskEvent } from "../../execution/task-event.ts";
import { fromProject } from "../../execution/verify/from-project.ts";
import type { Steps, Workflow } from "../../ports/engine.ts";
import type { Workspace } from "../../ports/workspaces.ts";
import { readVerdicts } from "../../stage/contracts/criteria-report.ts";
import { stoppableSteps } from "../stoppable-steps.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import { keepEvidence } from "./keep-evidence.ts";
import { runChecks, type CheckRun } from "./run-checks.ts";
import { clockOf, discard, nameOf, orStopped, withTail } from "./run-task.ts";
import type { ChildCost, TaskOutput, VerifyInput } from "./task-child.ts";
import { askPatiently, CANCELED, failedWith, openWorkspace, type Broken } from "./work-on-task.ts";

export type VerifyTask = Workflow<VerifyInput, TaskOutput>;

interface Found {
  events: TaskEvent[];
  cost: ChildCost | null;
  evidence: string | null;
}

/**
 * One attempt at a verification, or at a task that only checks (PX-08), on what has landed so far: commands by us, then what is prose by an
 * agent that only looks; its verdicts are marked as judged.
 */
export function createVerifyTask(ports: PlanRunPorts): VerifyTask {
  return {
    name: "verify-task",
    async run(input, plainSteps) {
      const steps = stoppableSteps(plainSteps);
      const name = nameOf(input);
      const found: Found = { events: [], cost: null, evidence: null };
      const startedAt = await clockOf(ports, plainSteps, `${name}/begun`);
      const stop = await orStopped(found, () => verify(ports, steps, { input, found, name }));
      const endedAt = await clockOf(ports, plainSteps, `${name}/over`);
      return { ...found, result: null, changedFiles: 0, startedAt, endedAt, stop };
    },
  };
}

interface Attempt {
  readonly input: VerifyInput;
  readonly found: Found;
  readonly name: string;
}

async function verify(
  ports: PlanRunPorts,
  steps: Steps,
  { input, found, name }: Attempt,
): Promise<Broken | undefined> {
  const opened = await openWorkspace(ports, steps, { ...input, name, mode: "read" });
  if (!opened.ok) return opened.broken;
  const { workspace } = opened;
  const ended = await verifyIn(ports, steps, { input, found, name, workspace });
  await discard(ports, steps, { workspace, name });
  return ended;
}

async function verifyIn(
  ports: PlanRunPorts,
  steps: Steps,
  { input, found, name, workspace }: Attempt & { readonly workspace: Workspace },
): Promise<Broken | undefined> {
  const { base: at } = input;
  const runs = await runChecks(ports, steps, { child: input, workspace, at, name });
  if (runs.some(({ ended }) => ended)) return CANCELED;
  const passed = runs.every(({ outcome }) => outcome === "passed");
  const judged = passed
    ? await judgeProse(ports, steps, { input, found, name, workspace })
    : { facts: [] };
  if (judged.broken) return judged.broken;
  const checks = [...runs, ...judged.facts];
  found.events.push({ kind: "worked", result: input.base });
  found.evidence = await keepEvidence(ports, steps, name, {
    task: input.task,
    title: input.title,
    attempt: input.attempt,
    head: input.base,
    checks,
    cost: found.cost,
  });
  return { kind: "event", event: verdictOf(input, checks, runs) };
}

/** A verification with nothing to verify says nothing: a person has to. */
function verdictOf(
  { attempt }: VerifyInput,
  checks: readonly CheckFact[],
  runs: readonly CheckRun[],
): TaskEvent {
  if (checks.length === 0)
    return {
      kind: "asked",
      question: {
        kind: "agent-asked",
        message:
          "It names neither a command nor a criterion: whether it holds is for a person to say.",
        paths: [],
      },
    };
  const bad = checks.filter(({ outcome }) => outcome !== "passed");
  const [first] = bad;
  if (first) {
    const how = first.outcome === "failed" ? "did not pass" : "was not run";
    const details = bad.map(({ name, shown }) => oneLine(`${name}: ${shown}`, 400));
    const reason = {
      kind: "not-verified",
      message: `${oneLine(first.name, 120)} ${how}.`,
      details,
    };
    return withTail({ kind: "failed", reason, again: true }, runs);
  }
  return {
    kind: "completed",
    evidence: {
      kind: "work",
      attempt,
      changed: [],
      shown: [],
      declared: false,
      outputs: [],
      checks: checks.map(({ name, by, command, shown }) => ({
        name,
        by,
        ...(command !== undefined && { command }),
        outcome: shown,
      })),
    },
  };
}

interface Judged {
  readonly facts: readonly CheckFact[];
  readonly broken?: Broken;
}

async function judgeProse(
  ports: PlanRunPorts,
  steps: Steps,
  { input, found, name, workspace }: Attempt & { readonly workspace: Workspace },
): Promise<Judged> {
  if (input.prose.length === 0) return { facts: [] };
  const { end, cost, broken } = await askPatiently(ports, steps, {
    name: `${name}-judge`,
    child: input,
    workspace,
    prompt: input.prompt,
    contract: "criteria_report",
  });
  found.cost = cost;
  if (broken) return { facts: [], broken };
  const verdicts = end.outcome.ok ? readVerdicts(end.outcome.value) : undefined;
  if (!verdicts)
    return {
      facts: [],
      broken: failedWith({
        kind: "invalid-output",
        message: "The verifying agent gave no verdicts.",
        details: [oneLine(end.said, 400)],
      }),
    };
  const facts = input.prose.map((criterion, index): CheckFact => {
    const verdict = verdicts.get(index + 1);
    return {
      name: oneLine(criterion, 160),
      by: "judged",
      outcome: verdict === undefined ? "not-run" : verdict.met ? "passed" : "failed",
      shown: oneLine(fromProject(verdict?.evidence ?? "no verdict was given", workspace), 300),
    };
  });
  for (const [index, fact] of facts.entries())
    await emitJudged(steps, {
      input,
      fact,
      key: `${name}/judged-${index + 1}`,
      durationMs: end.durationMs,
    });
  return { facts };
}

const emitJudged = (
  steps: Steps,
  {
    input,
    fact,
    key,
    durationMs,
  }: {
    readonly input: VerifyInput;
    readonly fact: CheckFact;
    readonly key: string;
    readonly durationMs: number;
  },
): Promise<void> =>
  steps.emit(key, {
    type: "check-finished",
    task: input.task,
    attempt: input.attempt,
    name: fact.name,
    by: "judged",
    outcome: fact.outcome,
    shown: fact.shown,
    durationMs,
  });
