import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Json } from "../../core/json.ts";
import { credentialOf, shownHeaders, shownPath } from "./credential.ts";
import { objectOf, type JsonObject } from "./json.ts";
import type { ModelRecord } from "./model-record.ts";
import type { ModelApi } from "./model-request.ts";
import { replyOf } from "./reply.ts";
import { DIALECTS, routeOf } from "./routes.ts";
import { sendJson, sendReply } from "./send.ts";
import { turnOf, type ModelScript } from "./turn.ts";

export interface ModelDeskOptions {
  readonly script: ModelScript;
  /** Most answers under way at once; one more gets status 429. Default: no limit. */
  readonly most?: number;
  /** The `Retry-After` of that 429. Default: none. */
  readonly retryAfter?: string;
  /** Keys that are let in; a request with another one, or none, gets status 401. Default: all are. */
  readonly keys?: readonly string[];
}

type Draft = { -readonly [Key in keyof ModelRecord]: ModelRecord[Key] };

const MOST_BODY = 64 * 1024 * 1024;

/** Answers requests by a script, and keeps a record of all of them. Knows nothing of ports and sockets. */
export class ModelDesk {
  readonly records: ModelRecord[] = [];
  readonly #options: ModelDeskOptions;
  readonly #startedAt = performance.now();
  #answers = 0;
  #inFlight = 0;
  #peak = 0;

  constructor(options: ModelDeskOptions) {
    this.#options = options;
  }

  /** Most answers that were under way at once, of those that were let in. */
  get peak(): number {
    return this.#peak;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const { place, key } = credentialOf(request.headers, url);
    const record: Draft = {
      method: request.method ?? "",
      path: shownPath(url),
      headers: shownHeaders(request.headers),
      keyPlace: place,
      bytes: 0,
      inFlight: 0,
      at: Math.round(performance.now() - this.#startedAt),
      aborted: false,
    };
    this.records.push(record);
    response.on("close", () => {
      if (response.headersSent) record.status = response.statusCode;
      record.aborted = !response.writableFinished;
    });
    const text = await bodyOf(request);
    if (text === undefined) return sendJson(response, { error: "too large" }, { status: 413 });
    record.bytes = Buffer.byteLength(text);
    const route = routeOf(record.method, url);
    if (this.#options.keys?.includes(key) === false)
      return refuse(response, "api" in route ? route.api : "chat", 401);
    switch (route.kind) {
      case "models":
        return sendJson(response, { object: "list", data: [], models: [] });
      case "unknown":
        return record.method === "HEAD"
          ? void response.writeHead(200).end()
          : refuse(response, "chat", 404);
      case "count":
        return sendJson(response, countOf(route.api, record.bytes));
      case "answer":
        return this.#answer({ api: route.api, url, text, record, response });
    }
  }

  async #answer({ api, url, text, record, response }: Asking): Promise<void> {
    const { script, most = Infinity, retryAfter } = this.#options;
    const body = parsedBody(text);
    if (body === undefined) return refuse(response, api, 400);
    record.inFlight = this.#inFlight + 1;
    if (record.inFlight > most) return refuse(response, api, 429, retryAfter);
    this.#inFlight += 1;
    this.#peak = Math.max(this.#peak, this.#inFlight);
    response.on("close", () => (this.#inFlight -= 1));
    this.#answers += 1;
    const dialect = DIALECTS[api];
    const { bytes } = record;
    const asked = { ...dialect.read(body, url), number: this.#answers, api, bytes };
    record.asked = asked;
    const turn = await turnOf(script, asked);
    const reply = replyOf(turn, asked);
    record.turn = turn;
    if (turn.fault === undefined) record.usage = reply.usage;
    if (turn.delayMs !== undefined) await wait(turn.delayMs);
    if (!response.destroyed)
      await sendReply({ response, dialect, stream: asked.stream, reply, turn });
  }
}

interface Asking {
  readonly api: ModelApi;
  readonly url: URL;
  readonly text: string;
  readonly record: Draft;
  readonly response: ServerResponse;
}

const refuse = (
  response: ServerResponse,
  api: ModelApi,
  status: 400 | 401 | 404 | 429,
  retryAfter?: string,
): void =>
  sendJson(response, DIALECTS[api].error(status, REFUSALS[status]), {
    status,
    headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
  });

const REFUSALS = {
  400: "the body is no JSON object",
  401: "the key is not known here",
  404: "there is nothing at this address",
  429: "too many requests at once",
} as const;

/** Undefined when it is longer than anybody's prompt. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > MOST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsedBody(text: string): JsonObject | undefined {
  try {
    const body: Json = JSON.parse(text);
    return typeof body === "object" && body !== null && !Array.isArray(body)
      ? objectOf(body)
      : undefined;
  } catch {
    return undefined;
  }
}

const countOf = (api: ModelApi, bytes: number): Json =>
  api === "gemini" ? { totalTokens: Math.ceil(bytes / 4) } : { input_tokens: Math.ceil(bytes / 4) };
