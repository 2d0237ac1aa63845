import { CREATED, type Dialect, type StreamEvent } from "./dialect.ts";
import { listOf, objectOf, textOf, type JsonObject } from "./json.ts";
import type { ModelMessage } from "./model-request.ts";
import { contentTexts, openAiError, parsedArguments, speakerOf } from "./openai.ts";
import { partsOf, type Reply } from "./reply.ts";

/** OpenAI's chat completions, as Ollama, vLLM, llama.cpp and most others speak them, too. */
export const CHAT: Dialect = {
  read: (body) => {
    const format = objectOf(body["response_format"]);
    const schema =
      format["type"] === "json_object" ? {} : objectOf(format["json_schema"])["schema"];
    return {
      model: textOf(body["model"]),
      stream: body["stream"] === true,
      messages: listOf(body["messages"]).flatMap((message) => messagesOf(objectOf(message))),
      tools: listOf(body["tools"]).map((each) => {
        const tool = objectOf(objectOf(each)["function"]);
        return { name: textOf(tool["name"]), custom: false, schema: tool["parameters"] ?? {} };
      }),
      ...(schema !== undefined && { schema }),
    };
  },
  whole: (reply) => ({
    ...completion(reply, "chat.completion"),
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: reply.text === "" ? null : reply.text,
          ...(reply.calls.length > 0 && { tool_calls: callsOf(reply) }),
        },
        finish_reason: finishOf(reply),
      },
    ],
    usage: usageOf(reply),
  }),
  events: (reply) => {
    const chunk = (fields: JsonObject): StreamEvent => ({
      data: { ...completion(reply, "chat.completion.chunk"), ...fields },
    });
    const delta = (part: JsonObject) =>
      chunk({ choices: [{ index: 0, delta: part, finish_reason: null }] });
    return [
      delta({ role: "assistant", content: "" }),
      ...(reply.text === "" ? [] : partsOf(reply.text, reply.chunks)).map((content) =>
        delta({ content }),
      ),
      ...callsOf(reply).map((call, index) => delta({ tool_calls: [{ index, ...call }] })),
      chunk({ choices: [{ index: 0, delta: {}, finish_reason: finishOf(reply) }] }),
      chunk({ choices: [], usage: usageOf(reply) }),
      { data: "[DONE]" },
    ];
  },
  error: openAiError,
};

function messagesOf(message: JsonObject): readonly ModelMessage[] {
  const texts = contentTexts(message["content"]);
  if (message["role"] === "tool")
    return [{ from: "result", id: textOf(message["tool_call_id"]), text: texts.join("\n") }];
  const from = speakerOf(message["role"]);
  return [
    ...texts.map((text) => ({ from, text })),
    ...listOf(message["tool_calls"]).map((each) => {
      const call = objectOf(each);
      const named = objectOf(call["function"]);
      return {
        from: "call",
        id: textOf(call["id"]),
        tool: textOf(named["name"]),
        args: parsedArguments(textOf(named["arguments"])),
      } as const;
    }),
  ];
}

const completion = ({ number, model }: Reply, object: string) => ({
  id: `chatcmpl-${number}`,
  object,
  created: CREATED,
  model,
});

const callsOf = ({ calls }: Reply) =>
  calls.map(({ id, tool, args }) => ({
    id,
    type: "function",
    function: { name: tool, arguments: JSON.stringify(args) },
  }));

const finishOf = ({ calls }: Reply): string => (calls.length > 0 ? "tool_calls" : "stop");

const usageOf = ({ usage }: Reply) => ({
  prompt_tokens: usage.input,
  prompt_tokens_details: { cached_tokens: usage.cacheRead },
  completion_tokens: usage.output,
  completion_tokens_details: { reasoning_tokens: usage.reasoning },
  total_tokens: usage.input + usage.output,
});
