import type { FinishReason, LanguageModelUsage } from "ai";
import { WavegateError } from "../../../core/error.ts";
import type { Json } from "../../../core/json.ts";
import type { AgentRequest } from "../../../ports/agent.ts";
import type { AnswerWay, ResolvedModelDefinition } from "../../../stage/agents/model-definition.ts";
import { isObject } from "../../shared/safe-json.ts";
import { isStrict } from "./answer-ways.ts";
import type { ComposedRequest } from "./compose-request.ts";
import { listInputs, readInput } from "./input-tools.ts";
import { openModel, type Access } from "./provider-model.ts";
import type { Fetch } from "./transport.ts";

/** Calls of tools that one attempt may take, so that a model that only reads ends. */
const MAX_STEPS = 40;
const NAME = "answer";

export interface ModelQuestion extends Access {
  readonly definition: ResolvedModelDefinition;
  readonly request: Pick<AgentRequest, "inputs" | "schema" | "runId" | "stage">;
  readonly composed: ComposedRequest;
  readonly way: AnswerWay;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
}

/** What a model says, as it says it. */
export interface Hearing {
  /** Some text of the answer. */
  readonly text: (text: string) => Promise<void>;
  /** So many characters of what it thinks before it answers. */
  readonly thought: (length: number) => void;
  /** It called a tool. */
  readonly called: () => void;
}

/** How a model's saying ended. */
export interface Heard {
  /** Of its last step: what came before a tool was called is no answer. */
  readonly text: string;
  /** One of each step. */
  readonly usages: readonly LanguageModelUsage[];
  /** Absent: it did not end. */
  readonly finish?: { readonly reason: FinishReason; readonly raw: string | undefined };
  /** The first that was thrown or told. */
  readonly error?: unknown;
  /** The provider's own name for the response. */
  readonly responseId?: string;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** Ask once, without a retry. Rejects only for errors of the disk. */
export async function askModel(question: ModelQuestion, hearing: Hearing): Promise<Heard> {
  const heard: Mutable<Heard> & { usages: LanguageModelUsage[] } = { text: "", usages: [] };
  try {
    const stream = await startStream(question);
    for await (const part of stream) {
      if (part.type === "start-step") heard.text = "";
      else if (part.type === "text-delta") {
        heard.text += part.text;
        await hearing.text(part.text);
      } else if (part.type === "reasoning-delta") hearing.thought(part.text.length);
      else if (part.type === "tool-call") hearing.called();
      else if (part.type === "finish-step") {
        heard.usages.push(part.usage);
        heard.responseId = part.response.id;
        heard.finish = { reason: part.finishReason, raw: part.rawFinishReason };
      } else if (part.type === "error") heard.error ??= part.error;
    }
  } catch (error) {
    // A full disk is not the endpoint's.
    if (error instanceof WavegateError) throw error;
    heard.error ??= error;
  }
  return heard;
}

async function startStream(question: ModelQuestion) {
  const { definition, composed, signal, way } = question;
  // Its warnings go to the console, which is the reporters'.
  Reflect.set(globalThis, "AI_SDK_LOG_WARNINGS", false);
  const { streamText, stepCountIs } = await import("ai");
  const { temperature, maxOutputTokens } = definition;
  return streamText({
    model: await openModel({ ...question, sendsSchema: way === "schema" }),
    messages: composed.messages,
    output: outputOf(way, question.request.schema),
    maxRetries: 0,
    abortSignal: signal,
    onError: () => {},
    providerOptions: providerOptions(question),
    ...(temperature !== undefined && { temperature }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(composed.leftOut.length > 0 && {
      tools: await inputTools(question.request.inputs),
      stopWhen: stepCountIs(MAX_STEPS),
    }),
  }).fullStream;
}

type Format =
  | { type: "text" }
  | { type: "json"; schema?: { [key: string]: Json | undefined }; name?: string };

/**
 * Asks for the same as the SDK's `Output.object`, and reads nothing: that one parses the whole answer anew with each piece.
 * A piece is handed on when what is read of the answer has changed, so the length stands for it.
 */
const outputOf = (way: AnswerWay, schema: Json) => ({
  name: "answer",
  responseFormat: Promise.resolve(formatOf(way, schema)),
  parseCompleteOutput: ({ text }: { text: string }) => Promise.resolve(text),
  parsePartialOutput: ({ text }: { text: string }) => Promise.resolve({ partial: text.length }),
  createElementStreamTransform: () => undefined,
});

function formatOf(way: AnswerWay, schema: Json): Format {
  if (way === "text") return { type: "text" };
  if (way === "json" || !isObject(schema)) return { type: "json" };
  const { $schema: _, ...kept } = schema;
  return { type: "json", schema: kept, name: NAME };
}

function providerOptions({ definition, request }: ModelQuestion) {
  const strictJsonSchema = isStrict(request.schema);
  switch (definition.facts.form) {
    case "anthropic":
      return { anthropic: { disableParallelToolUse: true } };
    case "openai":
      return {
        openai: {
          // Kept nowhere but here; and the same cache for all roles of a stage.
          store: false,
          strictJsonSchema,
          promptCacheKey: `${request.runId}-${request.stage}`.slice(0, 64),
        },
      };
    case "google":
      return {};
    case "openai-compatible":
      return { [definition.provider]: { strictJsonSchema } };
  }
}

async function inputTools(inputs: Readonly<Record<string, string>>) {
  const { tool } = await import("ai");
  const { z } = await import("zod");
  return {
    list_inputs: tool({
      description: "Lists the inputs of this request with their length.",
      inputSchema: z.object({}),
      execute: () => listInputs(inputs),
    }),
    read_input: tool({
      description: "Reads some lines of one of the inputs of this request, and of nothing else.",
      inputSchema: z.object({
        name: z.string().describe("Name of the input."),
        from: z.int().min(1).max(10_000_000).optional().describe("First line, from 1."),
        lines: z.int().min(1).max(2_000).optional().describe("How many lines; default 400."),
      }),
      execute: (reading) => readInput(inputs, reading),
    }),
  };
}
