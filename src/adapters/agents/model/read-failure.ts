import { oneLine } from "../../../core/text.ts";
import type { AgentFailure } from "../../../ports/agent.ts";
import { isObject, parseSafely } from "../../shared/safe-json.ts";
import { classifyFailure, classifyResponse } from "../shared/classify-failure.ts";
import { retryAfterMs } from "../shared/retry-after.ts";
import { TransportError } from "./transport.ts";

export type Failed = Pick<AgentFailure, "kind" | "message" | "retryAfterMs">;

/** What the AI SDK threw, or the endpoint said in the middle of its answer. */
interface Trouble {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it says, for people. */
  readonly message: string;
  /** Node's or undici's name of an error of the connection. */
  readonly code: string | undefined;
  readonly transport: TransportError | undefined;
  /** Name of the outermost error. */
  readonly name: string;
}

/** Undici's own limits on silence; our stall limit may be longer. */
const SILENT = /^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/;
const UNREADABLE = /^AI_(?:JSONParse|TypeValidation|InvalidResponseData|EmptyResponseBody)Error$/;

/** Why an attempt failed, by what came instead of an answer. The message continues a sentence that starts with the agent. `now` in epoch milliseconds. */
export function readFailure(error: unknown, now: number): Failed {
  const trouble = troubleOf(error);
  const { transport, status, code, body } = trouble;
  const said = oneLine(trouble.message, 300);
  if (transport?.trouble === "redirect")
    return { kind: "refused", message: `could not be asked: ${transport.message}; check base-url` };
  if (transport !== undefined)
    return { kind: "invalid-output", message: `gave no answer: ${transport.message}` };
  if (status !== undefined && status >= 400) return answered(trouble, status, now);
  if (SILENT.test(code ?? ""))
    return { kind: "stalled", message: `gave no answer: nothing came for five minutes (${code})` };
  const told = classifyFailure(`${trouble.message}\n${body}`, now);
  if (told !== undefined)
    return { ...told, message: `failed in the middle of its answer: ${said}` };
  if (UNREADABLE.test(trouble.name))
    return {
      kind: /without a finish reason/i.test(trouble.message) ? "crashed" : "invalid-output",
      message: `sent something that is no answer of such an endpoint: ${said}`,
    };
  const named = code === undefined || said.includes(code) ? "" : ` (${code})`;
  return { kind: "crashed", message: `${brokenOff(code, said)}${named}` };
}

/** No connection, or the end of one, in words: those of the SDK say little. */
function brokenOff(code: string | undefined, said: string): string {
  if (code === "UND_ERR_HEADERS_OVERFLOW") return "gave no answer: its header is too long";
  if (/Cannot connect to API/.test(said))
    return `could not be reached; check base-url and network: ${said.replace("Cannot connect to API: ", "")}`;
  if (code === "UND_ERR_SOCKET") return "gave no answer: the connection ended in the middle of it";
  if (/No output generated/.test(said))
    return "gave no answer: what came broke off, or is none of such an API; check base-url";
  return `gave no answer: ${said}`;
}

function answered(trouble: Trouble, status: number, now: number): Failed {
  const { headers, body, message } = trouble;
  const text = `answered with status ${status}: ${oneLine(message, 300)}`;
  const told = classifyResponse(
    { status, body: `${message}\n${body}`, retryAfter: headers["retry-after"] ?? null },
    now,
  );
  if (told === undefined) return { kind: status < 500 ? "refused" : "overloaded", message: text };
  const wait = millisecondsIn(headers, now) ?? told.retryAfterMs;
  return { kind: told.kind, message: text, ...(wait !== undefined && { retryAfterMs: wait }) };
}

/** `retry-after-ms`, as OpenAI and Azure send it: more exact than `Retry-After`. */
function millisecondsIn(headers: Trouble["headers"], now: number): number | undefined {
  const value = /^\s*\d{1,9}(?:\.\d{1,6})?\s*$/.exec(headers["retry-after-ms"] ?? "")?.[0];
  return value === undefined ? undefined : retryAfterMs(String(Number(value) / 1_000), now);
}

/** An endpoint's words for a response format, schema or grammar that it does not know or cannot take. */
const NO_SCHEMA =
  /response_?format|json_?schema|json_?object|output_(?:config|format)|response_?schema|response_?mime_?type|response_?json_?schema|structured.outputs?|guided_json|text\.format|grammar|tool_choice|invalid schema/i;

/** Whether an endpoint says that it takes no such request for structured output, so that another way may do. */
export function knowsNoSchemas(error: unknown): boolean {
  const { status, message, body } = troubleOf(error);
  return (
    status !== undefined &&
    [400, 404, 405, 415, 422, 500, 501].includes(status) &&
    NO_SCHEMA.test(`${message}\n${body}`.slice(0, 16_384))
  );
}

function troubleOf(error: unknown): Trouble {
  const chain = causesOf(error);
  const name = fieldOf(chain[0], "name");
  const text = (key: string) => chain.map((each) => fieldOf(each, key)).find(isText) ?? "";
  const status = chain
    .map((each) => fieldOf(each, "statusCode"))
    .find((each) => typeof each === "number");
  const headers = chain
    .map((each) => fieldOf(each, "responseHeaders"))
    .find((each) => typeof each === "object");
  return {
    status: typeof status === "number" ? status : undefined,
    headers: headersOf(headers),
    body: text("responseBody").slice(0, 64 * 1024),
    message: messageOf(error, chain),
    code: chain.map((each) => fieldOf(each, "code")).find(isText),
    transport: chain.find((each) => each instanceof TransportError),
    name: isText(name) ? name : "",
  };
}

const isText = (value: unknown): value is string => typeof value === "string";

const headersOf = (headers: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) =>
      isText(value) ? [[name.toLowerCase(), value]] : [],
    ),
  );

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** The error and what caused it; no deeper than anybody nests. */
function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at !== undefined && chain.length < 8; at = fieldOf(at, "cause"))
    chain.push(at);
  return chain;
}

/** The innermost words there are: what the endpoint said, else what the system did. */
function messageOf(error: unknown, chain: readonly unknown[]): string {
  if (isText(error)) return error;
  const messages = chain.map((each) => fieldOf(each, "message")).filter(isText);
  const said = messages.filter((message) => message !== "" && message !== "fetch failed");
  // An outer one often quotes the one that it was caused by.
  const news = said.filter((one, at) => !said.slice(0, at).some((outer) => outer.includes(one)));
  if (news.length > 0) return news.slice(0, 2).join(": ");
  const plain = parseSafely(safeText(error));
  const inner = isObject(plain) && isObject(plain["error"]) ? plain["error"]["message"] : undefined;
  return isText(inner) ? inner : safeText(error);
}

function safeText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
