import type { CacheNote } from "../core/cache-note.ts";
import type { Usage } from "../core/event.ts";
import type { Json } from "../core/json.ts";
import type { Resources } from "../core/resources.ts";
import { err, ok, type Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import type { AgentFailure, AgentOutcome } from "../ports/agent.ts";
import type { AttemptContext, Steps } from "../ports/engine.ts";
import { answerSchema, checkAnswer } from "../stage/answer.ts";
import type { ApartPrompt } from "../stage/prompts.ts";
import type { AttemptFailure } from "../stage/retry.ts";
import type { Ask } from "./ask-agent.ts";
import { finishedEvent, identityOf } from "./call-events.ts";
import { abandonCall, NOT_KNOWN, reserveCall, settleCall } from "./charge-call.ts";
import { Stopped } from "./stoppable-steps.ts";
import { keepCopy } from "./keep-copy.ts";
import { consultCache, keepAnswer, keepQuestion } from "./consult-cache.ts";
import { pacedBy, tellLoad } from "./provider-pace.ts";
import { redactJson } from "./redact-json.ts";
import type { StagePorts } from "./stage-ports.ts";

/** An attempt in the middle of which the process died this often is not started again; orderly stops do not count. */
const MAX_DEATHS = 3;
/** Most raw output of one attempt. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const NOTHING: Usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** One call of the agent: an attempt's first, or its repair. */
export interface Call extends Ask {
  /** Unique in the run; also the folder of its files. */
  readonly name: string;
  readonly prompt: string;
  /** The same in two parts. */
  readonly apart: ApartPrompt;
  /** Whether it asks for a wrong answer once more. */
  readonly repair: boolean;
  /** The most that it may cost, in US dollars, where money is limited. */
  readonly maxCostUsd?: number;
}

/** What is journaled of a call. */
type End = {
  /** The answer, with its contract's defaults if it matches. */
  readonly outcome: Result<Json, AttemptFailure>;
  /** What is wrong with the answer by its contract. Judged once, by the version of Wavegate that got it. */
  readonly problems: readonly string[];
  readonly remainingMs: number;
  readonly durationMs: number;
  readonly outputBytes: number;
  readonly usage: { readonly [key in keyof Usage]: Usage[key] };
  /** How often it was begun, where what it used counts; absent where the agent uses nothing, or nobody was asked. */
  readonly charged?: { readonly starts: number };
  /** What the agent's processes took of the machine, if it has any. */
  readonly resources?: Resources;
};

/** What came of a call, with what the cache said of it. */
export type Called = End & { readonly cache: CacheNote };

/** Take an earlier answer to the same question, or call the agent and journal what came of it, before anything can go wrong that is not the agent's. */
export async function callAgent(ports: StagePorts, steps: Steps, call: Call): Promise<Called> {
  const consulted = await consultCache(ports, steps, call);
  const end = consulted.taken
    ? endOfHit(consulted.taken.answer, consulted.durationMs)
    : await askReserved(ports, steps, call, consulted.note);
  const called = { ...end, cache: consulted.note };
  const charged =
    end.charged && (await settleCall(ports, steps, call, { ...end.charged, usage: end.usage }));
  // Only now that it is journaled: an agent that is said to have finished is never asked again.
  await steps.emit(`${call.name}/finished`, finishedEvent(call, called, charged));
  return called;
}

/** Nobody was asked, so nothing was used. */
const endOfHit = (answer: Json, durationMs: number): End => ({
  outcome: ok(answer),
  problems: [],
  remainingMs: 0,
  durationMs,
  outputBytes: 0,
  usage: NOTHING,
});

async function askReserved(
  ports: StagePorts,
  steps: Steps,
  call: Call,
  note: CacheNote,
): Promise<End> {
  const maxCostUsd = await reserveCall(ports, steps, call);
  try {
    const told = maxCostUsd === null ? call : { ...call, maxCostUsd };
    return await askAndJournal(ports, steps, told, note);
  } catch (error) {
    if (error instanceof Stopped) await abandonCall(ports, steps, call);
    throw error;
  }
}

function askAndJournal(ports: StagePorts, steps: Steps, call: Call, note: CacheNote): Promise<End> {
  const { input, name } = call;
  const { limits } = input;
  return steps.attempt(
    { name, limits, paced: pacedBy(ports, call.agent) },
    async (context): Promise<End> => {
      const startedAt = ports.clock.now();
      await steps.emit(`${name}/started`, {
        type: "agent-started",
        ...identityOf(call),
        cache: note,
      });
      // Time in which no process worked on the run is not the stage's.
      const deadlineAt = Math.max(input.deadlineAt, context.claimedAt + input.stageMs);
      const pointless = whyNotAsked(ports, { ...call, deadlineAt }, context);
      const [answer] = await Promise.all([
        pointless ?? runAgent(ports, steps.runId, { ...call, deadlineAt }, context),
        keepQuestion(ports, call, note),
      ]);
      // Cut short by a drain, a cancel or a takeover: no outcome, so that it is asked again.
      context.signal.throwIfAborted();
      if (!pointless) await tellLoad(ports, steps, call, { answer, context });
      const endedAt = ports.clock.now();
      const judgement = judged(answer, call);
      const { problems, outcome } = judgement;
      await keepCopy(ports, steps.runId, name, {
        ...(answer.ok ? { answer: answer.value.value } : { failure: answer.error }),
        ...(problems.length > 0 && { problems }),
      });
      if (outcome.ok && problems.length === 0)
        await keepAnswer(ports, { call, note, runId: steps.runId }, outcome.value, context.signal);
      return {
        ...judgement,
        ...(!ports.costs(call.agent).free && { charged: { starts: context.starts } }),
        remainingMs: deadlineAt - endedAt,
        durationMs: endedAt - startedAt,
      };
    },
  );
}

function judged(
  answer: AgentOutcome,
  { input }: Call,
): Pick<End, "outcome" | "problems" | "outputBytes" | "usage" | "resources"> {
  const { outputBytes, resources, ...told } = answer.ok ? answer.value : answer.error;
  // A program that is not there has used nothing, whatever its adapter could find out of it.
  const usage = "kind" in told && told.kind === "not-installed" ? NOTHING : told.usage;
  const cost = { outputBytes, usage: { ...usage }, ...(resources && { resources }) };
  if (!answer.ok) {
    const { kind, message, retryAfterMs } = answer.error;
    const failure = {
      kind,
      message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(kind === "context-too-long" && usage.inputTokens === 0 && { unused: true }),
    };
    return { outcome: err(failure), problems: [], ...cost };
  }
  const checked = checkAnswer(
    input.role.contract,
    answer.value.value,
    input.role.directions?.demands,
  );
  if (checked.ok) return { outcome: checked, problems: [], ...cost };
  return { outcome: ok(answer.value.value), problems: checked.error, ...cost };
}

/** Why there is no point in asking; undefined where there is. */
function whyNotAsked(
  ports: StagePorts,
  call: Call & { readonly deadlineAt: number },
  context: AttemptContext,
): AgentOutcome | undefined {
  if (context.starts > MAX_DEATHS) {
    const deaths = `the process died ${MAX_DEATHS} times in the middle of this attempt`;
    return refuse("crashed", deaths, NOT_KNOWN);
  }
  if (call.deadlineAt > ports.clock.now()) return undefined;
  // Who waited for a place at a provider that takes fewer calls has done nothing wrong: that is to be waited for, or held.
  return context.heldBack
    ? refuse(
        "rate-limited",
        "its provider takes few calls at once: the time of the whole stage was used up before there was a place",
      )
    : refuse("stage-timeout", "the time of the whole stage is used up");
}

/** Ask the agent; secrets leave its answer before anything else sees it. */
async function runAgent(
  ports: StagePorts,
  runId: string,
  call: Call & { readonly deadlineAt: number },
  context: AttemptContext,
): Promise<AgentOutcome> {
  const { input, name, prompt } = call;
  const agent = ports.agents.get(call.agent);
  if (!agent)
    return refuse(
      "not-installed",
      `no agent is named "${oneLine(call.agent)}" in the configuration now; a run keeps the roles it began with: put the agent back, or cancel the run and start anew to use others`,
    );

  const folder = `attempts/${name}`;
  await ports.artifacts.writeRunFile(runId, `${folder}/prompt.md`, prompt);
  const place = { stage: input.stage, role: input.role.name };
  const outcome = await agent.run({
    runId,
    ...place,
    task: input.task,
    contract: input.role.contract,
    prompt,
    apart: call.apart,
    inputs: input.inputs,
    schema: answerSchema(input.role.contract),
    cwd: input.cwd,
    outputFolder: await ports.artifacts.runFolder(runId, folder),
    limits: {
      timeoutMs: Math.min(input.timeoutMs, Math.max(1, call.deadlineAt - ports.clock.now())),
      stallMs: input.stallMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      // A run that an earlier version began has no such field.
      ...(input.maxMemoryBytes && { maxMemoryBytes: input.maxMemoryBytes }),
      ...(call.maxCostUsd !== undefined && { maxCostUsd: call.maxCostUsd }),
    },
    signal: context.signal,
    onLine: (line) => context.progress({ ...place, line: oneLine(ports.redact(line), 200) }),
  });
  if (outcome.ok)
    return ok({ ...outcome.value, value: redactJson(ports.redact, outcome.value.value) });
  return err({ ...outcome.error, message: ports.redact(outcome.error.message) });
}

const refuse = (
  kind: AgentFailure["kind"],
  message: string,
  usage: Usage = NOTHING,
): AgentOutcome => err({ kind, message, usage, outputBytes: 0 });
