import { WavegateError } from "../../core/error.ts";
import type { Usage } from "../../core/event.ts";
import type { Json } from "../../core/json.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { stalled } from "../../execution/stall.ts";
import type { FailureReason } from "../../execution/task-state.ts";
import type { AgentOutcome, AgentRequest } from "../../ports/agent.ts";
import type { AttemptContext } from "../../ports/engine.ts";
import type { Workspace } from "../../ports/workspaces.ts";
import { answerSchema } from "../../stage/answer.ts";
import type { ContractName } from "../../stage/contracts.ts";
import type { FailureKind } from "../../stage/failures.ts";
import { redactJson } from "../redact-json.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import { IMPLEMENTATION_STAGE, type ChildBase } from "./task-child.ts";

/** Most raw output of one call. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** Most characters of what an agent said last. */
const MAX_SAID = 20_000;

export const NOTHING: Usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** One call of an agent for a task. */
export interface CoderCall {
  /** Unique in the run; also the folder of its files. */
  readonly name: string;
  readonly child: ChildBase;
  readonly workspace: Workspace;
  readonly prompt: string;
  readonly contract: Extract<ContractName, "task_report" | "criteria_report">;
}

/** Why it gave no answer. */
type Failed = {
  readonly kind: FailureKind;
  readonly message: string;
  readonly details: readonly string[];
  readonly retryAfterMs?: number;
};

/** What came of asking. */
export type Asked = {
  /** What it answered, redacted; of one that works also null, and what it said in `said`. */
  readonly outcome: Result<Json, Failed>;
  readonly said: string;
  readonly usage: { readonly [key in keyof Usage]: Usage[key] };
  readonly outputBytes: number;
  /** Its silence tells nothing of the agent: it was not asked, somebody else ended it, or who listened died. */
  readonly outside?: true;
};

export const refused = (kind: FailureKind, message: string, usage: Usage): Asked => ({
  outcome: err({ kind, message, details: [] }),
  said: "",
  usage: { ...usage },
  outputBytes: 0,
});

/** The same for a cause that lies outside of the agent. */
export const refusedOutside = (...why: Parameters<typeof refused>): Asked => ({
  ...refused(...why),
  outside: true,
});

/** A call with the attempt that it runs in. */
export interface Asking {
  readonly call: CoderCall;
  readonly context: AttemptContext;
  readonly maxCostUsd: number | null;
}

/** Where in the run's folder an attempt's files are. */
export const attemptFolder = (name: string): string => `attempts/${name}`;

/** Let the agent run to its end in the clone, watched; secrets leave what it says before anything else sees it. */
export async function runCoder(ports: PlanRunPorts, runId: string, asked: Asking): Promise<Asked> {
  const { call, context } = asked;
  const agent = ports.agents.get(call.child.agent);
  if (!agent)
    return refused(
      "not-installed",
      `no agent is named "${oneLine(call.child.agent)}" in the configuration now`,
      NOTHING,
    );
  const there = await ports.workspaces.begin(call.workspace, context.signal);
  if (!there.ok) return refusedOutside("crashed", there.error.message, NOTHING);
  // The clone may have been made on another machine, and has its place on this one.
  const asking = { ...asked, call: { ...call, workspace: there.value } };
  const folder = attemptFolder(call.name);
  await ports.artifacts.writeRunFile(runId, `${folder}/prompt.md`, call.prompt);
  const outputFolder = await ports.artifacts.runFolder(runId, folder);
  const watched = watchStall(ports, asking);
  try {
    const request = requestOf(asking, { runId, outputFolder, ...watched });
    const outcome = await agent.run({
      ...request,
      onLine: (line) => {
        watched.heard(line.length);
        context.progress({
          stage: IMPLEMENTATION_STAGE,
          role: call.child.task,
          line: oneLine(ports.redact(line), 200),
        });
      },
    });
    const stall = context.ended ? undefined : watched.stalled();
    return askedOf(ports, outcome, stall);
  } finally {
    watched.stop();
  }
}

function askedOf(
  { redact }: Pick<PlanRunPorts, "redact">,
  outcome: AgentOutcome,
  stall: FailureReason | undefined,
): Asked {
  const { usage, outputBytes } = outcome.ok ? outcome.value : outcome.error;
  const cost = { usage: { ...usage }, outputBytes };
  if (stall) return { outcome: err({ ...stall, kind: "stalled" }), said: "", ...cost };
  if (outcome.ok) {
    const said = redact(outcome.value.said ?? "").slice(0, MAX_SAID);
    return { outcome: ok(redactJson(redact, outcome.value.value)), said, ...cost };
  }
  const { kind, message, retryAfterMs, killed } = outcome.error;
  const told = { kind, message: redact(message), details: [] };
  const failed = { ...told, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return { outcome: err(failed), said: "", ...cost, ...(killed && { outside: true }) };
}

/** Nothing heard and no file changed for so long: the attempt is ended, with what shows it. */
function watchStall(ports: PlanRunPorts, { call, context }: Asking) {
  const stall = new AbortController();
  const over = new AbortController();
  let reason: FailureReason | undefined;
  const { stallMs } = call.child.limits;
  const heard = ports.workWatch.watch({
    folder: call.workspace.folder,
    limitMs: stallMs,
    signal: AbortSignal.any([over.signal, context.signal]),
    onStall: (seen) => {
      reason = stalled(seen, stallMs);
      stall.abort(
        new WavegateError("STAGE_AGENT_FAILED", "The attempt stands still.", { hint: "" }),
      );
    },
  });
  return {
    heard,
    signal: AbortSignal.any([context.signal, stall.signal]),
    stalled: () => reason,
    stop: () => over.abort(),
  };
}

function requestOf(
  { call, maxCostUsd }: Asking,
  {
    runId,
    outputFolder,
    signal,
  }: { readonly runId: string; readonly outputFolder: string; readonly signal: AbortSignal },
): Omit<AgentRequest, "onLine"> {
  const { child, workspace, contract, prompt } = call;
  const { taskTimeoutMs, maxMemoryBytes } = child.limits;
  return {
    runId,
    stage: IMPLEMENTATION_STAGE,
    role: child.task,
    task: "work",
    contract,
    prompt,
    inputs: {},
    schema: answerSchema(contract),
    cwd: workspace.project,
    work: { ...workOf(workspace), ...(contract === "criteria_report" && { readOnly: true }) },
    outputFolder,
    limits: {
      timeoutMs: taskTimeoutMs,
      // Silence alone says nothing: who writes files works. What stands still is ended by the watch.
      stallMs: taskTimeoutMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      ...(maxMemoryBytes !== null && { maxMemoryBytes }),
      ...(maxCostUsd !== null && { maxCostUsd }),
    },
    signal,
  };
}

const workOf = ({ folder, readable, env }: Workspace) => ({ folder, readable, env });
