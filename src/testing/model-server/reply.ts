import type { Json } from "../../core/json.ts";
import type { ModelRequest, ModelTool } from "./model-request.ts";
import { objectOf } from "./json.ts";
import type { ModelUsage, Turn } from "./turn.ts";

export interface ReplyCall {
  readonly id: string;
  readonly tool: string;
  readonly namespace?: string;
  readonly custom: boolean;
  readonly args: Json;
}

/** A turn with nothing left open, ready to be written in the form of an interface. */
export interface Reply {
  readonly number: number;
  readonly model: string;
  readonly text: string;
  readonly calls: readonly ReplyCall[];
  readonly usage: Required<ModelUsage>;
  /** Parts that texts are streamed in. */
  readonly chunks: number;
}

/** Tools that take the result of a whole task, by the end of their name: those of Claude Code, Qwen Code and the AI SDK, and what `submit_result` is called by agents. */
const RESULT_TOOL = /(?:^StructuredOutput|^structured_output|^json|submit_result)$/;

/** The tool by which a request wants the result, if it has one. */
export const resultTool = ({ tools }: ModelRequest): ModelTool | undefined =>
  tools.find(({ name }) => RESULT_TOOL.test(name));

/** About four bytes a token: what is told where a script names no usage. */
const BYTES_PER_TOKEN = 4;

export function replyOf(turn: Turn, request: ModelRequest): Reply {
  const wanted = [...(turn.calls ?? [])];
  let text = turn.text ?? "";
  if (turn.object !== undefined) {
    const tool = request.schema === undefined ? resultTool(request) : undefined;
    if (tool) wanted.push({ tool: tool.name, args: argumentsOf(tool, turn.object) });
    else text = joined(text, JSON.stringify(turn.object), request.schema !== undefined);
  }
  const calls = wanted.map(({ tool, args }, index): ReplyCall => {
    const known = request.tools.find(({ name }) => name === tool);
    return {
      id: `call_${request.number}_${index + 1}`,
      tool,
      custom: known?.custom ?? false,
      args,
      ...(known?.namespace !== undefined && { namespace: known.namespace }),
    };
  });
  const said = text.length + JSON.stringify(calls.map(({ args }) => args)).length;
  return {
    number: request.number,
    model: request.model,
    text,
    calls,
    usage: {
      input: Math.ceil(request.bytes / BYTES_PER_TOKEN),
      output: Math.ceil(said / BYTES_PER_TOKEN),
      cacheRead: 0,
      cacheWrite: 0,
      reasoning: 0,
      ...turn.usage,
    },
    chunks: Math.max(1, turn.chunks ?? 3),
  };
}

/** Under a schema nothing but the object may be said. */
const joined = (text: string, object: string, only: boolean): string =>
  only || text === "" ? object : `${text}\n\n${object}`;

/** Some tools take the result as it is, some in a field. */
function argumentsOf({ schema }: ModelTool, object: Json): Json {
  const fields = Object.keys(objectOf(objectOf(schema)["properties"]));
  return fields.length === 1 && fields[0] === "result" && !("result" in objectOf(object))
    ? { result: object }
    : object;
}

/** A text in so many parts of about the same length; at least one part. */
export function partsOf(text: string, chunks: number): readonly string[] {
  const characters = Array.from(text);
  const size = Math.max(1, Math.ceil(characters.length / chunks));
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += size)
    parts.push(characters.slice(at, at + size).join(""));
  return parts.length === 0 ? [""] : parts;
}
