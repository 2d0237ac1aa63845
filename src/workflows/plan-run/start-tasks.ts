import { attemptName } from "../../core/attempt-name.ts";
import { stateOfTask } from "../../execution/run-state.ts";
import { taskBrief } from "../../execution/task-brief.ts";
import { mentionedCommits, taskPrompt } from "../../execution/task-prompt.ts";
import { verifyPrompt } from "../../execution/verify-prompt.ts";
import { titleOf, phaseTitle, worksBefore } from "../../execution/plan-tasks.ts";
import { mayChangeNothing } from "../../execution/verify-commands.ts";
import { writeBounds } from "../../execution/write-bounds.ts";
import type { TaskNode, VerificationNode } from "../../plan/graph/model.ts";
import { answerSchema } from "../../stage/answer.ts";
import { messagesFor } from "./look-around.ts";
import { mark, notesOf, tell, type ActiveChild, type PlanRun } from "./plan-run.ts";
import type { ChildBase, ChildLimits, TaskInput, TaskResult } from "./task-child.ts";
import { usesOf } from "./plan-graph.ts";
import { checksOfTask, checksOfVerification } from "./checks-of.ts";

/** Begin an attempt at a task or a verification that may start now. */
export async function startTask(run: PlanRun, key: string): Promise<void> {
  const node = nodeOf(run, key);
  if (!node) throw new Error(`there is no task ${key}`);
  const isJudged = node.kind === "verification" || node.task.verifies;
  const agent = isJudged ? run.input.verifier : run.input.agent;
  const state = await tell(run, key, { kind: "started" }, { agent });
  if (state?.status !== "running") throw new Error(`${key} can't be started`);
  mark(run, key, "in_progress");
  notesOf(run, key).title = titleOf(node);
  const child = begin(run, { key, attempt: state.tries.attempt, agent });
  if (isJudged) {
    const input = verifyInput(run, node, child);
    await run.steps.spawn(run.children.verifyTask, { name: child.name, input, shared: true });
  } else if (node.kind === "task") {
    const input = taskInput(run, node, { ...child, result: null, shown: [] });
    await run.steps.spawn(run.children.runTask, { name: child.name, input, shared: true });
  }
}

/** A person let a result through: it is judged again with that, and checked. */
export async function judgeAgain(
  run: PlanRun,
  key: string,
  { shown, attempt }: { readonly shown: readonly string[]; readonly attempt: number },
): Promise<void> {
  const node = nodeOf(run, key);
  const { result } = notesOf(run, key);
  if (node?.kind !== "task" || !result) throw new Error(`${key} has no result to judge again`);
  const child = begin(run, { key, attempt, agent: run.input.agent });
  const input = taskInput(run, node, { ...child, result, shown });
  await run.steps.spawn(run.children.runTask, { name: child.name, input, shared: true });
}

interface Begun {
  readonly name: string;
  readonly sequence: number;
  readonly attempt: number;
}

function begin(
  run: PlanRun,
  {
    key,
    attempt,
    agent,
  }: { readonly key: string; readonly attempt: number; readonly agent: string },
): Begun {
  const sequence = ++run.sequence;
  const name = attemptName({ sequence, key, attempt });
  const child: ActiveChild = {
    task: key,
    attempt,
    sequence,
    agent,
    orphaned: false,
    ending: false,
  };
  run.active.set(name, child);
  return { name, sequence, attempt };
}

export function nodeOf({ work }: PlanRun, key: string): TaskNode | VerificationNode | undefined {
  const node = work.graph.nodes[work.graph.indexOf.get(key) ?? -1];
  return node?.kind === "task" || node?.kind === "verification" ? node : undefined;
}

const limitsOf = ({ input }: PlanRun): ChildLimits => ({
  taskTimeoutMs: input.taskTimeoutMs,
  stallMs: input.stallMs,
  checkTimeoutMs: input.checkTimeoutMs,
  agentLimit: input.agentLimit,
  maxMemoryBytes: input.maxMemoryBytes,
  budgeted: input.caps.length > 0,
});

function baseOf(
  run: PlanRun,
  node: TaskNode | VerificationNode,
  { sequence, attempt }: Begun,
): Omit<ChildBase, "agent" | "prompt" | "checks"> {
  return {
    task: node.key,
    title: titleOf(node),
    attempt,
    sequence,
    base: run.head,
    limits: limitsOf(run),
  };
}

function taskInput(
  run: PlanRun,
  node: TaskNode,
  given: Begun & { readonly result: TaskResult | null; readonly shown: readonly string[] },
): TaskInput {
  const { taken, input } = run;
  const uses = usesOf(taken, node.key);
  const notes = notesOf(run, node.key);
  const { kept } = taken;
  const checks = checksOfTask(node.task);
  const isCheck = mayChangeNothing(node.task);
  const prompt = given.result
    ? ""
    : taskPrompt(
        taskBrief(run.work, node, {
          declared: writeBounds(uses)?.words,
          kept,
          protect: input.protect,
          checks,
          mayChangeNothing: isCheck,
          resultOf: (key) => resultOf(run, key),
          earlier: notes.earlier,
          words: notes.words,
          messages: messagesFor(run, node.key),
          schema: answerSchema("task_report"),
        }),
      );
  const mentions = given.result ? [] : mentionedCommits(notes.earlier);
  return {
    ...baseOf(run, node, given),
    agent: input.agent,
    prompt,
    ...(mentions.length > 0 && { mentions }),
    checks,
    bounds: {
      uses,
      kept,
      mayChangeNothing: isCheck,
      protect: input.protect,
      filesBefore: taken.files,
      shown: given.shown,
    },
    result: given.result,
  };
}

function verifyInput(run: PlanRun, node: TaskNode | VerificationNode, child: Begun) {
  const { graph } = run.work;
  const plan = graph.plans[node.plan];
  const { commands, prose } = checksOfVerification(node);
  const works = worksBefore(graph)(graph.indexOf.get(node.key) ?? -1).flatMap(
    (index) => workOf(run, graph.nodes[index]?.key ?? "") ?? [],
  );
  const changed = new Set(works.flatMap((work) => work.changed));
  const missing = new Set(works.flatMap((work) => work.missing ?? []));
  return {
    ...baseOf(run, node, child),
    agent: run.input.verifier,
    ...(run.proven?.commit === run.head && { proven: run.proven }),
    checks: commands,
    prose,
    prompt: verifyPrompt({
      key: node.key,
      title: titleOf(node),
      plan: { title: plan?.title ?? "", file: plan?.file ?? "" },
      phase: phaseTitle(graph, node),
      criteria: prose,
      changed: [...changed],
      missing: [...missing].filter((path) => !changed.has(path)),
      schema: answerSchema("criteria_report"),
    }),
  };
}

/** What a task that is done left for others. */
function resultOf(run: PlanRun, key: string) {
  if (stateOfTask(run.state, key).status !== "done") return undefined;
  const changed = workOf(run, key)?.changed ?? [];
  return { report: run.notes.get(key)?.report ?? "", changed };
}

/** Evidence of the work on a task that is done. */
function workOf(run: PlanRun, key: string) {
  const state = stateOfTask(run.state, key);
  return state.status === "done" && state.evidence.kind === "work" ? state.evidence : undefined;
}
