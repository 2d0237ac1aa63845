import type { Json } from "../../core/json.ts";
import { listOf, objectOf, textOf } from "./json.ts";

/** OpenAI's form of errors, for Responses and chat completions alike. */
export const openAiError = (status: number, message: string): Json => ({
  error: {
    message,
    type: ERROR_TYPES.get(status) ?? "server_error",
    param: null,
    code: ERROR_CODES.get(status) ?? null,
  },
});

const ERROR_TYPES: ReadonlyMap<number, string> = new Map([
  [400, "invalid_request_error"],
  [401, "invalid_request_error"],
  [404, "invalid_request_error"],
  [429, "requests"],
]);

const ERROR_CODES: ReadonlyMap<number, string> = new Map([
  [401, "invalid_api_key"],
  [404, "model_not_found"],
  [429, "rate_limit_exceeded"],
]);

/** Text of a message's content: as it stands, or the texts among its parts. */
export const contentTexts = (content: Json | undefined): readonly string[] =>
  typeof content === "string"
    ? [content]
    : listOf(content).flatMap((part) => {
        const { type, text } = objectOf(part);
        return typeof text === "string" && /^(?:input_text|output_text|text)$/.test(textOf(type))
          ? [text]
          : [];
      });

/** Arguments as they were sent; what is no JSON stays text. */
export function parsedArguments(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

export const speakerOf = (role: Json | undefined): "system" | "user" | "assistant" =>
  role === "assistant"
    ? "assistant"
    : role === "system" || role === "developer"
      ? "system"
      : "user";
