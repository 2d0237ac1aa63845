import { ANTHROPIC } from "./anthropic.ts";
import { CHAT } from "./chat.ts";
import type { Dialect } from "./dialect.ts";
import { GEMINI, GEMINI_PATH } from "./gemini.ts";
import type { ModelApi } from "./model-request.ts";
import { RESPONSES } from "./responses.ts";

export const DIALECTS: Readonly<Record<ModelApi, Dialect>> = {
  anthropic: ANTHROPIC,
  responses: RESPONSES,
  chat: CHAT,
  gemini: GEMINI,
};

/** What a request is for, by its address. */
export type Route =
  | { readonly kind: "answer" | "count"; readonly api: ModelApi }
  /** The list of models. */
  | { readonly kind: "models" }
  | { readonly kind: "unknown" };

const GEMINI_METHODS: ReadonlyMap<string, "answer" | "count"> = new Map([
  ["generateContent", "answer"],
  ["streamGenerateContent", "answer"],
  ["countTokens", "count"],
]);

/** Addresses are told by how they end: what stands before (`/v1`, a base path of a proxy) is the client's business. */
export function routeOf(method: string, { pathname }: URL): Route {
  if (method === "GET") return { kind: pathname.endsWith("/models") ? "models" : "unknown" };
  if (pathname.endsWith("/messages/count_tokens")) return { kind: "count", api: "anthropic" };
  if (pathname.endsWith("/messages")) return { kind: "answer", api: "anthropic" };
  if (pathname.endsWith("/chat/completions")) return { kind: "answer", api: "chat" };
  if (pathname.endsWith("/responses")) return { kind: "answer", api: "responses" };
  const kind = GEMINI_METHODS.get(GEMINI_PATH.exec(pathname)?.[2] ?? "");
  return kind === undefined ? { kind: "unknown" } : { kind, api: "gemini" };
}
