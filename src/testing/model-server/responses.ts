import type { Json } from "../../core/json.ts";
import { CREATED, type Dialect, type StreamEvent } from "./dialect.ts";
import { listOf, objectOf, textOf, type JsonObject } from "./json.ts";
import type { ModelMessage, ModelTool } from "./model-request.ts";
import { contentTexts, openAiError, parsedArguments, speakerOf } from "./openai.ts";
import { partsOf, type Reply, type ReplyCall } from "./reply.ts";

/** OpenAI's Responses. */
export const RESPONSES: Dialect = {
  read: (body) => {
    const { schema } = objectOf(objectOf(body["text"])["format"]);
    const { instructions, input } = body;
    return {
      model: textOf(body["model"]),
      stream: body["stream"] === true,
      messages: [
        ...(typeof instructions === "string"
          ? [{ from: "system", text: instructions } as const]
          : []),
        ...(typeof input === "string" ? [{ from: "user", text: input } as const] : []),
        ...listOf(input).flatMap((item) => messagesOf(objectOf(item))),
      ],
      tools: listOf(body["tools"]).flatMap((tool) => toolsOf(objectOf(tool))),
      ...(schema !== undefined && { schema }),
    };
  },
  whole: (reply) => response(reply),
  events: (reply) =>
    events(reply).map(({ type, fields }, sequence): StreamEvent => ({
      event: type,
      data: { type, sequence_number: sequence, ...fields },
    })),
  error: openAiError,
};

function toolsOf(tool: JsonObject, namespace?: string): readonly ModelTool[] {
  const name = textOf(tool["name"]);
  if (tool["type"] === "namespace")
    return listOf(tool["tools"]).flatMap((each) => toolsOf(objectOf(each), name));
  // Tools of the provider's own (web search, …) have no name, and nobody here can play them.
  if (name === "") return [];
  return [
    {
      name,
      custom: tool["type"] === "custom",
      schema: tool["parameters"] ?? {},
      ...(namespace !== undefined && { namespace }),
    },
  ];
}

function messagesOf(item: JsonObject): readonly ModelMessage[] {
  switch (textOf(item["type"]) || "message") {
    case "message": {
      const from = speakerOf(item["role"]);
      return contentTexts(item["content"]).map((text) => ({ from, text }));
    }
    case "function_call":
    case "custom_tool_call":
      return [
        {
          from: "call",
          id: textOf(item["call_id"]),
          tool: textOf(item["name"]),
          args: parsedArguments(textOf(item["arguments"]) || textOf(item["input"])),
        },
      ];
    case "function_call_output":
    case "custom_tool_call_output":
      return [
        {
          from: "result",
          id: textOf(item["call_id"]),
          text: contentTexts(item["output"]).join("\n"),
        },
      ];
    default:
      return [];
  }
}

const response = (reply: Reply) => ({
  id: `resp_${reply.number}`,
  object: "response",
  created_at: CREATED,
  model: reply.model,
  status: "completed",
  output: [...(reply.text === "" ? [] : [messageItem(reply)]), ...reply.calls.map(callItem)],
  usage: {
    input_tokens: reply.usage.input,
    input_tokens_details: { cached_tokens: reply.usage.cacheRead },
    output_tokens: reply.usage.output,
    output_tokens_details: { reasoning_tokens: reply.usage.reasoning },
    total_tokens: reply.usage.input + reply.usage.output,
  },
  parallel_tool_calls: false,
  tools: [],
  tool_choice: "auto",
  error: null,
  incomplete_details: null,
});

const messageItem = ({ number, text }: Reply) => ({
  type: "message",
  id: `msg_${number}`,
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text, annotations: [] }],
});

const argumentText = (args: Json): string =>
  typeof args === "string" ? args : JSON.stringify(args);

function callItem({ id, tool, namespace, custom, args }: ReplyCall) {
  const named = {
    call_id: id,
    name: tool,
    status: "completed",
    ...(namespace !== undefined && { namespace }),
  };
  return custom
    ? { type: "custom_tool_call", id: `ctc_${id}`, ...named, input: argumentText(args) }
    : { type: "function_call", id: `fc_${id}`, ...named, arguments: argumentText(args) };
}

interface Step {
  readonly type: string;
  readonly fields: JsonObject;
}

const step = (type: string, fields: JsonObject): Step => ({ type: `response.${type}`, fields });

function events(reply: Reply): readonly Step[] {
  const all = response(reply);
  const text = reply.text === "" ? [] : textSteps(reply);
  const offset = text.length === 0 ? 0 : 1;
  return [
    step("created", { response: { ...all, status: "in_progress", output: [], usage: null } }),
    ...text,
    ...reply.calls.flatMap((call, index) => callSteps(call, index + offset, reply.chunks)),
    step("completed", { response: all }),
  ];
}

function textSteps(reply: Reply): readonly Step[] {
  const item = messageItem(reply);
  const place = { item_id: item.id, output_index: 0, content_index: 0 };
  const part = { type: "output_text", text: "", annotations: [] };
  return [
    step("output_item.added", {
      output_index: 0,
      item: { ...item, status: "in_progress", content: [] },
    }),
    step("content_part.added", { ...place, part }),
    ...partsOf(reply.text, reply.chunks).map((delta) =>
      step("output_text.delta", { ...place, delta }),
    ),
    step("output_text.done", { ...place, text: reply.text }),
    step("content_part.done", { ...place, part: { ...part, text: reply.text } }),
    step("output_item.done", { output_index: 0, item }),
  ];
}

function callSteps(call: ReplyCall, index: number, chunks: number): readonly Step[] {
  const item = callItem(call);
  const field = call.custom ? "input" : "arguments";
  const name = call.custom ? "custom_tool_call_input" : "function_call_arguments";
  const text = argumentText(call.args);
  const place = { item_id: item.id, output_index: index };
  return [
    step("output_item.added", {
      output_index: index,
      item: { ...item, status: "in_progress", [field]: "" },
    }),
    ...partsOf(text, chunks).map((delta) => step(`${name}.delta`, { ...place, delta })),
    step(`${name}.done`, { ...place, [field]: text }),
    step("output_item.done", { output_index: index, item }),
  ];
}
