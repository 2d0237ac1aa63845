import type { Json } from "../../core/json.ts";
import type { Dialect, StreamEvent } from "./dialect.ts";
import { listOf, objectOf, textOf, type JsonObject } from "./json.ts";
import type { ModelMessage } from "./model-request.ts";
import { partsOf, type Reply } from "./reply.ts";

const ERROR_TYPES: ReadonlyMap<number, string> = new Map([
  [400, "invalid_request_error"],
  [401, "authentication_error"],
  [403, "permission_error"],
  [404, "not_found_error"],
  [413, "request_too_large"],
  [429, "rate_limit_error"],
  [529, "overloaded_error"],
]);

/** Anthropic's Messages, version 2023-06-01. */
export const ANTHROPIC: Dialect = {
  read: (body) => {
    const schema =
      objectOf(objectOf(body["output_config"])["format"])["schema"] ??
      objectOf(body["output_format"])["schema"];
    return {
      model: textOf(body["model"]),
      stream: body["stream"] === true,
      messages: [
        ...textsOf(body["system"]).map((text) => ({ from: "system", text }) as const),
        ...listOf(body["messages"]).flatMap((message) => messagesOf(objectOf(message))),
      ],
      tools: listOf(body["tools"]).map((each) => {
        const tool = objectOf(each);
        return { name: textOf(tool["name"]), custom: false, schema: tool["input_schema"] ?? {} };
      }),
      ...(schema !== undefined && { schema }),
    };
  },
  whole: (reply) => ({
    ...message(reply),
    content: [
      ...(reply.text === "" ? [] : [{ type: "text", text: reply.text }]),
      ...reply.calls.map(({ id, tool, args }) => ({
        type: "tool_use",
        id: `toolu_${id}`,
        name: tool,
        input: args,
      })),
    ],
    stop_reason: stopOf(reply),
    usage: usageOf(reply),
  }),
  events: (reply) => [
    event("message_start", {
      message: {
        ...message(reply),
        content: [],
        stop_reason: null,
        usage: { ...usageOf(reply), output_tokens: 1 },
      },
    }),
    ...blocks(reply),
    event("message_delta", {
      delta: { stop_reason: stopOf(reply), stop_sequence: null },
      usage: usageOf(reply),
    }),
    event("message_stop", {}),
  ],
  error: (status, text) => ({
    type: "error",
    error: { type: ERROR_TYPES.get(status) ?? "api_error", message: text },
  }),
};

const textsOf = (content: Json | undefined): readonly string[] =>
  typeof content === "string"
    ? [content]
    : listOf(content).flatMap((block) => {
        const { type, text } = objectOf(block);
        return type === "text" && typeof text === "string" ? [text] : [];
      });

function messagesOf({ role, content }: JsonObject): readonly ModelMessage[] {
  const from = role === "assistant" || role === "system" ? role : "user";
  if (typeof content === "string") return [{ from, text: content }];
  return listOf(content).reduce<readonly ModelMessage[]>(
    (messages, block) => withBlock(messages, from, objectOf(block)),
    [],
  );
}

/** Texts that stand side by side are one: a prompt may be split where it is cached. */
function withBlock(
  messages: readonly ModelMessage[],
  from: "assistant" | "system" | "user",
  block: JsonObject,
): readonly ModelMessage[] {
  const last = messages.at(-1);
  const [next] = messageOf(from, block);
  if (next === undefined) return messages;
  if (last?.from !== from || next.from !== from) return [...messages, next];
  return [...messages.slice(0, -1), { from, text: `${last.text}\n\n${next.text}` }];
}

function messageOf(
  from: "assistant" | "system" | "user",
  block: JsonObject,
): readonly ModelMessage[] {
  switch (textOf(block["type"])) {
    case "text":
      return [{ from, text: textOf(block["text"]) }];
    case "tool_use":
      return [
        {
          from: "call",
          id: textOf(block["id"]),
          tool: textOf(block["name"]),
          args: block["input"] ?? {},
        },
      ];
    case "tool_result":
      return [
        {
          from: "result",
          id: textOf(block["tool_use_id"]),
          text: textsOf(block["content"]).join("\n"),
          failed: block["is_error"] === true,
        },
      ];
    default:
      return [];
  }
}

const message = ({ number, model }: Reply) => ({
  id: `msg_${number}`,
  type: "message",
  role: "assistant",
  model,
  stop_sequence: null,
});

const stopOf = ({ calls }: Reply): string => (calls.length > 0 ? "tool_use" : "end_turn");

/** Here `input_tokens` are those that have nothing to do with the cache. */
const usageOf = ({ usage }: Reply) => ({
  input_tokens: usage.input - usage.cacheRead - usage.cacheWrite,
  cache_creation_input_tokens: usage.cacheWrite,
  cache_read_input_tokens: usage.cacheRead,
  output_tokens: usage.output,
});

const event = (type: string, fields: JsonObject): StreamEvent => ({
  event: type,
  data: { type, ...fields },
});

function blocks(reply: Reply): readonly StreamEvent[] {
  const text = reply.text === "" ? [] : [textBlock];
  return [...text, ...reply.calls.map((_, at) => callBlock(at))].flatMap((block, index) => {
    const { start, deltas } = block(reply);
    return [
      event("content_block_start", { index, content_block: start }),
      ...deltas.map((delta) => event("content_block_delta", { index, delta })),
      event("content_block_stop", { index }),
    ];
  });
}

type Block = (reply: Reply) => { readonly start: Json; readonly deltas: readonly Json[] };

const textBlock: Block = ({ text, chunks }) => ({
  start: { type: "text", text: "" },
  deltas: partsOf(text, chunks).map((part) => ({ type: "text_delta", text: part })),
});

const callBlock =
  (at: number): Block =>
  ({ calls, chunks }) => ({
    start: {
      type: "tool_use",
      id: `toolu_${calls[at]?.id ?? ""}`,
      name: calls[at]?.tool ?? "",
      input: {},
    },
    deltas: partsOf(JSON.stringify(calls[at]?.args ?? {}), chunks).map((part) => ({
      type: "input_json_delta",
      partial_json: part,
    })),
  });
