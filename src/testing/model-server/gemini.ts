import type { Json } from "../../core/json.ts";
import type { Dialect } from "./dialect.ts";
import { listOf, objectOf, textOf, type JsonObject } from "./json.ts";
import type { ModelMessage } from "./model-request.ts";
import { partsOf, type Reply } from "./reply.ts";

const ERROR_STATUS: ReadonlyMap<number, string> = new Map([
  [400, "INVALID_ARGUMENT"],
  [401, "UNAUTHENTICATED"],
  [403, "PERMISSION_DENIED"],
  [404, "NOT_FOUND"],
  [429, "RESOURCE_EXHAUSTED"],
  [500, "INTERNAL"],
  [503, "UNAVAILABLE"],
]);

/** What follows `models/` in an address: model and method. */
export const GEMINI_PATH = /\/models\/([^/:]+):(\w+)$/;

/** Google's Gemini, `generateContent` and `streamGenerateContent`. */
export const GEMINI: Dialect = {
  read: (body, url) => {
    const [, model = "", method = ""] = GEMINI_PATH.exec(url.pathname) ?? [];
    const config = objectOf(body["generationConfig"]);
    const schema = config["responseSchema"] ?? config["responseJsonSchema"];
    const system = objectOf(body["systemInstruction"] ?? body["system_instruction"]);
    return {
      model: decodeURIComponent(model),
      stream: method.startsWith("stream"),
      messages: [
        ...listOf(system["parts"]).map(
          (part) => ({ from: "system", text: textOf(objectOf(part)["text"]) }) as const,
        ),
        ...listOf(body["contents"]).flatMap((content) => messagesOf(objectOf(content))),
      ],
      tools: listOf(body["tools"])
        .flatMap((tool) => listOf(objectOf(tool)["functionDeclarations"]))
        .map((each) => {
          const tool = objectOf(each);
          return {
            name: textOf(tool["name"]),
            custom: false,
            schema: tool["parametersJsonSchema"] ?? tool["parameters"] ?? {},
          };
        }),
      ...(schema !== undefined && { schema }),
    };
  },
  whole: (reply) => answer(reply, [...textParts(reply, 1), ...callParts(reply)], true),
  events: (reply) => {
    const texts = textParts(reply, reply.chunks);
    return [
      ...texts.map((part) => ({ data: answer(reply, [part], false) })),
      { data: answer(reply, callParts(reply), true) },
    ];
  },
  error: (status, message) => ({
    error: { code: status, message, status: ERROR_STATUS.get(status) ?? "UNKNOWN" },
  }),
};

/** Calls have no ids here: a result belongs to the last call of its name. */
function messagesOf({ role, parts }: JsonObject): readonly ModelMessage[] {
  const from = role === "model" ? "assistant" : "user";
  return listOf(parts).flatMap((each): readonly ModelMessage[] => {
    const part = objectOf(each);
    const call = objectOf(part["functionCall"]);
    const result = objectOf(part["functionResponse"]);
    const name = textOf(call["name"]);
    if (name !== "") return [{ from: "call", id: name, tool: name, args: call["args"] ?? {} }];
    const answered = textOf(result["name"]);
    if (answered !== "") {
      const response = objectOf(result["response"]);
      return [
        {
          from: "result",
          id: answered,
          text: JSON.stringify(response),
          failed: "error" in response,
        },
      ];
    }
    return typeof part["text"] === "string" ? [{ from, text: part["text"] }] : [];
  });
}

const textParts = ({ text }: Reply, chunks: number): readonly Json[] =>
  text === "" ? [] : partsOf(text, chunks).map((part) => ({ text: part }));

const callParts = ({ calls }: Reply): readonly Json[] =>
  calls.map(({ tool, args }) => ({ functionCall: { name: tool, args } }));

const answer = (reply: Reply, parts: readonly Json[], last: boolean): Json => ({
  candidates: [
    { index: 0, content: { role: "model", parts }, ...(last && { finishReason: "STOP" }) },
  ],
  ...(last && {
    usageMetadata: {
      promptTokenCount: reply.usage.input,
      cachedContentTokenCount: reply.usage.cacheRead,
      candidatesTokenCount: reply.usage.output - reply.usage.reasoning,
      thoughtsTokenCount: reply.usage.reasoning,
      totalTokenCount: reply.usage.input + reply.usage.output,
    },
  }),
  modelVersion: reply.model,
  responseId: `gemini_${reply.number}`,
});
