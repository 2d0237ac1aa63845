import { oneLine } from "../core/text.ts";
import { toJson, type Json } from "../core/json.ts";
import type { Usage } from "../core/event.ts";
import { err, ok, type Result } from "../core/result.ts";
import type { AgentFailure, AgentOutcome } from "../ports/agent.ts";
import type { AttemptContext, Steps } from "../ports/engine.ts";
import { answerSchema, checkAnswer } from "../stage/answer.ts";
import { buildPrompt, buildRepairPrompt } from "../stage/prompts.ts";
import type { AttemptFailure } from "../stage/retry.ts";
import type { RoleInput } from "./role-input.ts";
import type { StagePorts } from "./stage-ports.ts";

/** An attempt in the middle of which the process died this often is not started again; orderly stops do not count. */
const MAX_DEATHS = 3;
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

/** One call of the agent: an attempt's first, or its repair. */
interface Call extends Ask {
  /** Unique in the run; also the folder of its files. */
  readonly name: string;
  readonly prompt: string;
}

type Outcome = Result<Json, AttemptFailure>;

type End = {
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly outputBytes: number;
  readonly usage: { readonly [key in keyof Usage]: Usage[key] };
};

/**
 * One attempt: ask, check the answer against the contract, and ask once more with the problems if it does not match
 * (AG-02). Each call is journaled on its own, so neither is made twice.
 */
export async function askAgent(ports: StagePorts, steps: Steps, ask: Ask): Promise<Outcome> {
  const { scope, role, round } = ask.input;
  const name = `${scope}-${role.name}-r${round}-a${ask.attempt}`;
  const schema = answerSchema(role.contract);
  const prompt = buildPrompt({ ...ask.input, schema, failures: ask.failures });
  const first = await makeCall(ports, steps, { ...ask, name, prompt });
  if (!first.ok) return first;
  const checked = checkAnswer(role.contract, first.value);
  if (checked.ok) return checked;

  const shown = JSON.stringify(first.value).slice(0, MAX_REPAIR_CHARS);
  const repair = buildRepairPrompt(prompt, shown, checked.error);
  const second = await makeCall(ports, steps, { ...ask, name: `${name}-repair`, prompt: repair });
  if (!second.ok) return second;
  const again = checkAnswer(role.contract, second.value);
  if (again.ok) return again;
  return err({
    kind: "invalid-output",
    message: `the answer does not match ${role.contract}: ${again.error.join("; ")}`,
  });
}

async function makeCall(ports: StagePorts, steps: Steps, call: Call): Promise<Outcome> {
  const { input, name } = call;
  const { limits } = input;
  const { outcome, ...cost } = await steps.attempt({ name, limits }, async (context) => {
    const startedAt = ports.clock.now();
    await steps.emit(`${name}/started`, { type: "agent-started", ...identityOf(call) });
    const answer = await runAgent(ports, steps.runId, call, context);
    // Cut short by a drain, a cancel or a takeover: no outcome, so that it is asked again.
    context.signal.throwIfAborted();
    const durationMs = ports.clock.now() - startedAt;
    await keep(ports, steps.runId, name, answer);
    return endOf(answer, durationMs);
  });
  // Only now that it is journaled: an agent that is said to have finished is never asked again.
  await steps.emit(`${name}/finished`, {
    type: "agent-finished",
    ...identityOf(call),
    ...cost,
    ...(outcome.ok
      ? { outcome: "succeeded" }
      : {
          outcome: "failed",
          reason: `${outcome.error.kind}: ${oneLine(outcome.error.message, 300)}`,
        }),
  });
  return outcome;
}

const identityOf = ({ input, agent, attempt }: Call) => ({
  stage: input.stage,
  role: input.role.name,
  agent,
  attempt,
  round: input.round,
});

/** What is journaled of a call. */
function endOf(answer: AgentOutcome, durationMs: number): End {
  const { outputBytes, usage } = answer.ok ? answer.value : answer.error;
  const cost = { durationMs, outputBytes, usage: { ...usage } };
  if (answer.ok) return { outcome: ok(answer.value.value), ...cost };
  const { kind, message, retryAfterMs } = answer.error;
  const failure = { kind, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return { outcome: err(failure), ...cost };
}

/** What came of a call, where people look for it. */
async function keep(
  ports: StagePorts,
  runId: string,
  name: string,
  answer: AgentOutcome,
): Promise<void> {
  await ports.artifacts.writeRunFile(
    runId,
    `attempts/${name}/${answer.ok ? "answer" : "failure"}.json`,
    `${JSON.stringify(answer.ok ? answer.value.value : answer.error, undefined, 2)}\n`,
  );
}

/** Ask the agent, unless there is no point; secrets leave its answer before anything else sees it. */
async function runAgent(
  ports: StagePorts,
  runId: string,
  call: Call,
  context: AttemptContext,
): Promise<AgentOutcome> {
  const { input, name, prompt } = call;
  const remaining = input.deadlineAt - ports.clock.now();
  if (context.starts > MAX_DEATHS)
    return refuse("crashed", `the process died ${MAX_DEATHS} times in the middle of this attempt`);
  if (remaining <= 0) return refuse("stage-timeout", "the time of the whole stage is used up");
  const agent = ports.agents.get(call.agent);
  if (!agent) return refuse("not-installed", `no agent is named "${oneLine(call.agent)}"`);

  const folder = `attempts/${name}`;
  await ports.artifacts.writeRunFile(runId, `${folder}/prompt.md`, prompt);
  const place = { stage: input.stage, role: input.role.name };
  const outcome = await agent.run({
    runId,
    ...place,
    task: input.task,
    contract: input.role.contract,
    prompt,
    inputs: input.inputs,
    schema: answerSchema(input.role.contract),
    cwd: input.cwd,
    outputFolder: await ports.artifacts.runFolder(runId, folder),
    limits: {
      timeoutMs: Math.min(input.timeoutMs, remaining),
      stallMs: input.stallMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
    },
    signal: context.signal,
    onLine: (line) => context.progress({ ...place, line: oneLine(ports.redact(line), 200) }),
  });
  if (outcome.ok) return ok({ ...outcome.value, value: redacted(ports, outcome.value.value) });
  return err({ ...outcome.error, message: ports.redact(outcome.error.message) });
}

/** Text by text, so that what is taken out can never break the JSON around it. */
function redacted(ports: StagePorts, value: Json): Json {
  return toJson(
    JSON.parse(
      JSON.stringify(value, (_key, part: unknown) =>
        typeof part === "string" ? ports.redact(part) : part,
      ),
    ),
  );
}

const refuse = (kind: AgentFailure["kind"], message: string): AgentOutcome =>
  err({
    kind,
    message,
    usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    outputBytes: 0,
  });
