import { err, ok } from "../../../core/result.ts";
import type { AgentOutcome, AgentRequest } from "../../../ports/agent.ts";
import type { AnswerWay, ResolvedModelDefinition } from "../../../stage/agents/model-definition.ts";
import { MAX_ANSWER } from "../shared/find-json.ts";
import { watchLimits, type LimitWatch } from "../../shared/process/limit-watch.ts";
import type { MakeFilter } from "../../shared/output/output-file.ts";
import { NO_USAGE } from "../shared/usage.ts";
import { accessOf, type Surroundings } from "./access.ts";
import { openAnswer, writeCallRecord, type AnswerOutput } from "./answer-output.ts";
import { waysFor } from "./answer-ways.ts";
import { askModel, type Heard, type Hearing, type ModelQuestion } from "./ask-model.ts";
import { composeRequest } from "./compose-request.ts";
import { countUsage, isTurnedAway } from "./count-usage.ts";
import { judgeHeard } from "./judge-heard.ts";
import type { Access } from "./provider-model.ts";
import { knowsNoSchemas, type Failed } from "./read-failure.ts";
import { createTransport, type Traffic } from "./transport.ts";

export interface AttemptSettings {
  readonly definition: ResolvedModelDefinition;
  readonly surroundings: Surroundings;
  readonly makeFilter: MakeFilter | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Ways that the endpoint has said it does not know; grows. */
  readonly unknownWays: Set<AnswerWay>;
}

/**
 * One attempt: the model is asked once, or once more in another way when its endpoint says that it knows no schemas. Rejects
 * only for errors of the disk (`WavegateError`) and for limits that no timer can keep (`RangeError`).
 */
export async function runAttempt(
  settings: AttemptSettings,
  request: AgentRequest,
): Promise<AgentOutcome> {
  const watch = watchLimits(request.limits, request.signal);
  try {
    return await runWatched(settings, request, watch);
  } finally {
    watch.disarm();
  }
}

async function runWatched(
  settings: AttemptSettings,
  request: AgentRequest,
  watch: LimitWatch,
): Promise<AgentOutcome> {
  const { definition, surroundings } = settings;
  if (watch.reason() === "canceled")
    return notAsked(definition, { kind: "canceled", message: "was canceled" });
  if (request.work)
    return notAsked(definition, {
      kind: "refused",
      message:
        "is a model behind an API: it answers, and has no tools to see or change files with. Name an agent that is a program (`preset`, `command` or `acp`) for tasks of plans",
    });
  const access = accessOf(definition, surroundings);
  if (!access.ok) {
    const { reason, hint } = access.error;
    return notAsked(definition, {
      kind: "not-installed",
      message: `cannot be asked: ${reason}. ${hint}`,
    });
  }
  return runReady(settings, request, { access: access.value, watch });
}

async function runReady(
  settings: AttemptSettings,
  request: AgentRequest,
  { access, watch }: { readonly access: Access; readonly watch: LimitWatch },
): Promise<AgentOutcome> {
  const { definition, now } = settings;
  const traffic: Traffic = { requests: 0, requestBytes: 0, status: 0 };
  const stop = new AbortController();
  void watch.stopped.then(() => stop.abort());
  const question = {
    definition,
    request,
    composed: composeRequest(definition, request),
    ...access,
    fetch: createTransport({ admit: (chunk) => watch.admit(chunk), traffic }),
    signal: stop.signal,
  };
  const startedAt = now();
  const asked = await askInSomeWay(settings, question, { request, watch });
  const { heard } = asked;
  const usage =
    heard.usages.length === 0 && isTurnedAway(traffic.status)
      ? NO_USAGE
      : countUsage(heard.usages, heard.text);
  const outputBytes = watch.bytes();
  const durationMs = now() - startedAt;
  await writeCallRecord(
    { folder: request.outputFolder, makeFilter: settings.makeFilter },
    { ...recordOf(question, asked), ...traffic, outputBytes, durationMs, usage: { ...usage } },
  );
  const circumstances = { stopped: watch.reason(), limits: request.limits, now: now() };
  const judged = judgeHeard(heard, circumstances);
  if (judged.ok) return ok({ value: judged.value, usage, outputBytes });
  const message = `${definition.name} ${judged.error.message}`;
  return err({ ...judged.error, message, usage, outputBytes });
}

/** What is kept of how a model was asked. */
const recordOf = ({ definition, composed }: Omit<ModelQuestion, "way">, { heard, way }: Asked) => ({
  provider: definition.provider,
  model: definition.modelId,
  askedAs: way,
  inputsToRead: [...composed.leftOut],
  responseId: heard.responseId ?? null,
  finish: heard.finish?.raw ?? heard.finish?.reason ?? null,
});

interface Asked {
  readonly heard: Heard;
  readonly way: AnswerWay;
}

const notAsked = ({ name }: ResolvedModelDefinition, { kind, message }: Failed): AgentOutcome =>
  err({ kind, message: `${name} ${message}`, usage: NO_USAGE, outputBytes: 0 });

/** Ask in the best way that the endpoint is not known to refuse, and in the next one if it does. */
async function askInSomeWay(
  { definition, unknownWays, makeFilter }: AttemptSettings,
  question: Omit<ModelQuestion, "way">,
  { request, watch }: { readonly request: AgentRequest; readonly watch: LimitWatch },
): Promise<Asked> {
  const withTools = question.composed.leftOut.length > 0;
  const ways = waysFor(definition, request.schema, withTools);
  const open = ways.filter((way) => !unknownWays.has(way));
  const output = await openAnswer({
    folder: request.outputFolder,
    makeFilter,
    onLine: request.onLine,
  });
  const hearing = hearingOf(output, request, watch);
  try {
    for (;;) {
      const way = open.shift() ?? "text";
      const heard = await askModel({ ...question, way }, hearing);
      const refused = heard.error !== undefined && knowsNoSchemas(heard.error);
      if (!refused || open.length === 0 || watch.reason() !== undefined) return { heard, way };
      unknownWays.add(way);
      request.onLine(
        `is asked for the answer as ${open[0] ?? "text"}, since its endpoint takes no ${way}`,
      );
    }
  } finally {
    await output.close();
  }
}

/** What is heard is written and shown; what is too long to be an answer, thoughts included, stops the attempt: the SDK holds all of it. */
function hearingOf(output: AnswerOutput, { onLine }: AgentRequest, watch: LimitWatch): Hearing {
  let length = 0;
  let thinks = false;
  const fits = (more: number): boolean => {
    length += more;
    if (length > MAX_ANSWER) watch.stop("output-limit");
    return length <= MAX_ANSWER;
  };
  return {
    async text(text) {
      if (fits(text.length)) await output.write(text);
    },
    thought(more) {
      if (!thinks) onLine("thinks");
      thinks = true;
      fits(more);
    },
    called: () => onLine("reads an input"),
  };
}
