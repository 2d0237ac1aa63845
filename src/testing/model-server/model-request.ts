import type { Json } from "../../core/json.ts";

/** The interfaces of providers that the server speaks. */
export type ModelApi = "anthropic" | "responses" | "chat" | "gemini";

export interface ModelTool {
  readonly name: string;
  /** Group it stands in (Responses); a call must name it. */
  readonly namespace?: string;
  /** Takes plain text, no JSON (Responses). */
  readonly custom: boolean;
  /** JSON Schema of its arguments, as sent. */
  readonly schema: Json;
}

/** One part of a conversation, the same for all interfaces. */
export type ModelMessage =
  | { readonly from: "system" | "user" | "assistant"; readonly text: string }
  | { readonly from: "call"; readonly id: string; readonly tool: string; readonly args: Json }
  | {
      readonly from: "result";
      readonly id: string;
      readonly text: string;
      /** The agent said itself that the tool failed. Default: not said. */
      readonly failed?: boolean;
    };

/** What a model is asked, read from the body of a request. */
export interface ModelRequest {
  /** 1-based, over all requests for an answer that the server took. */
  readonly number: number;
  readonly api: ModelApi;
  readonly model: string;
  readonly stream: boolean;
  readonly messages: readonly ModelMessage[];
  readonly tools: readonly ModelTool[];
  /** JSON Schema that the answer must match, in the interface's own field. */
  readonly schema?: Json;
  /** Size of the body. */
  readonly bytes: number;
}

/** Texts of the person, newest last. */
export const userTexts = ({ messages }: ModelRequest): readonly string[] =>
  messages.flatMap((message) => (message.from === "user" ? [message.text] : []));

/** What came back from the tools after the last text of the person. */
export function resultsSincePrompt({
  messages,
}: ModelRequest): readonly (ModelMessage & { readonly from: "result" })[] {
  const last = messages.findLastIndex((message) => message.from === "user");
  return messages
    .slice(last + 1)
    .flatMap((message) => (message.from === "result" ? [message] : []));
}

/** The tool that a call named, by the call's id. */
export const toolOfCall = ({ messages }: ModelRequest, id: string): string | undefined =>
  messages.flatMap((message) =>
    message.from === "call" && message.id === id ? [message.tool] : [],
  )[0];
