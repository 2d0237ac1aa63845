import { oneLine } from "../core/text.ts";
import { toJson, type Json } from "../core/json.ts";
import { err, ok, type Result } from "../core/result.ts";
import type { AgentFailure, AgentOutcome, AgentRequest } from "../ports/agent.ts";
import type { AttemptContext, Steps } from "../ports/engine.ts";
import { answerSchema, checkAnswer } from "../stage/answer.ts";
import { buildPrompt, buildRepairPrompt } from "../stage/prompts.ts";
import type { AttemptFailure } from "../stage/retry.ts";
import type { RoleInput } from "./role-input.ts";
import type { StagePorts } from "./stage-ports.ts";

/** An attempt whose process died this often without an outcome is not started again (every orchestrator crash counts). */
const MAX_STARTS = 3;
/** Most raw output of one attempt. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** How much of a wrong answer is shown to the agent that gave it. */
const MAX_REPAIR_CHARS = 200_000;

export interface Ask {
  readonly input: RoleInput;
  /** Name of the agent to ask. */
  readonly agent: string;
  /** 1-based over the role's whole round. */
  readonly attempt: number;
  readonly failures: readonly AttemptFailure[];
}

type Outcome = Result<Json, AttemptFailure>;

/**
 * One attempt: ask, check the answer against the contract, and ask once more with the problems if it does not match
 * (AG-02). Each call is journaled on its own, so neither is made twice.
 */
export async function askAgent(ports: StagePorts, steps: Steps, ask: Ask): Promise<Outcome> {
  const { role } = ask.input;
  const prompt = buildPrompt({ ...ask.input, schema: answerSchema(role.contract), ...ask });
  const first = await call(ports, steps, ask, prompt, "");
  if (!first.ok) return first;
  const checked = checkAnswer(role.contract, first.value);
  if (checked.ok) return checked;

  const shown = JSON.stringify(first.value).slice(0, MAX_REPAIR_CHARS);
  const repair = buildRepairPrompt(prompt, shown, checked.error);
  const second = await call(ports, steps, ask, repair, "-repair");
  if (!second.ok) return second;
  const again = checkAnswer(role.contract, second.value);
  if (again.ok) return again;
  return err({
    kind: "invalid-output",
    message: `the answer does not match ${role.contract}: ${again.error.join("; ")}`,
  });
}

/** One journaled call of the agent. `suffix` tells the repair from the first call. */
function call(
  ports: StagePorts,
  steps: Steps,
  ask: Ask,
  prompt: string,
  suffix: string,
): Promise<Outcome> {
  const { input } = ask;
  const name = `${input.stage}-${input.role.name}-r${input.round}-a${ask.attempt}${suffix}`;
  return steps.attempt({ name, limits: input.limits }, async (context): Promise<Outcome> => {
    const startedAt = ports.clock.now();
    const identity = {
      stage: input.stage,
      role: input.role.name,
      agent: ask.agent,
      attempt: ask.attempt,
      round: input.round,
    };
    await steps.emit(`${name}/started`, { type: "agent-started", ...identity });
    const request = await prepare(ports, steps, ask, prompt, name, context);
    const outcome = await run(ports, ask, request, context);
    // Cut short by a drain, a cancel or a takeover: no outcome, so that it is asked again.
    context.signal.throwIfAborted();
    const failure = outcome.ok ? undefined : outcome.error;
    const known = outcome.ok ? outcome.value : outcome.error;
    await ports.artifacts.writeRunFile(
      steps.runId,
      `attempts/${name}/${failure ? "failure" : "answer"}.json`,
      `${JSON.stringify(outcome.ok ? outcome.value.value : outcome.error, undefined, 2)}\n`,
    );
    await steps.emit(`${name}/finished`, {
      type: "agent-finished",
      ...identity,
      outcome: failure ? "failed" : "succeeded",
      durationMs: ports.clock.now() - startedAt,
      outputBytes: known.outputBytes,
      usage: known.usage,
      ...(failure ? { reason: `${failure.kind}: ${oneLine(failure.message, 300)}` } : {}),
    });
    if (outcome.ok) return ok(outcome.value.value);
    const { kind, message, retryAfterMs } = outcome.error;
    return err({ kind, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  });
}

async function prepare(
  ports: StagePorts,
  steps: Steps,
  ask: Ask,
  prompt: string,
  name: string,
  context: AttemptContext,
): Promise<AgentRequest> {
  const { input } = ask;
  const folder = `attempts/${name}`;
  await ports.artifacts.writeRunFile(steps.runId, `${folder}/prompt.md`, prompt);
  const remaining = input.deadlineAt - ports.clock.now();
  const place = { stage: input.stage, role: input.role.name };
  return {
    runId: steps.runId,
    ...place,
    task: input.task,
    prompt,
    inputs: input.inputs,
    schema: answerSchema(input.role.contract),
    cwd: input.cwd,
    outputFolder: await ports.artifacts.runFolder(steps.runId, folder),
    limits: {
      timeoutMs: Math.min(input.timeoutMs, Math.max(1, remaining)),
      stallMs: input.stallMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
    },
    signal: context.signal,
    onLine: (line) => context.progress({ ...place, line: oneLine(ports.redact(line), 200) }),
  };
}

async function run(
  ports: StagePorts,
  ask: Ask,
  request: AgentRequest,
  context: AttemptContext,
): Promise<AgentOutcome> {
  if (context.starts > MAX_STARTS)
    return refuse("crashed", `this attempt ended the process ${MAX_STARTS} times`);
  if (ask.input.deadlineAt <= ports.clock.now())
    return refuse("stage-timeout", "the time of the whole stage is used up");
  const agent = ports.agents.get(ask.agent);
  if (!agent) return refuse("not-installed", `no agent is named "${oneLine(ask.agent)}"`);
  const outcome = await agent.run(request);
  if (outcome.ok) return ok({ ...outcome.value, value: redacted(ports, outcome.value.value) });
  return err({ ...outcome.error, message: ports.redact(outcome.error.message) });
}

/** Secrets leave an answer before anything else sees it. */
function redacted(ports: StagePorts, value: Json): Json {
  const text = JSON.stringify(value);
  const clean = ports.redact(text);
  return clean === text ? value : toJson(JSON.parse(clean));
}

const refuse = (kind: AgentFailure["kind"], message: string): AgentOutcome =>
  err({
    kind,
    message,
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    outputBytes: 0,
  });
