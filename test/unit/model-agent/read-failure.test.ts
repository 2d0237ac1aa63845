/** What the AI SDK throws, as kinds of failures. */
import { expect, test } from "vitest";
import { knowsNoSchemas, readFailure } from "../../../src/adapters/agents/model/read-failure.ts";
import { TransportError } from "../../../src/adapters/agents/model/transport.ts";

const NOW = Date.UTC(2026, 0, 1);
const status = (statusCode: number, message: string, responseHeaders = {}, responseBody = "") => ({
  name: "AI_APICallError",
  message,
  statusCode,
  responseHeaders,
  responseBody,
});

test.each<[string, unknown, object]>([
  [
    "a wait in milliseconds is more exact than one in seconds",
    status(429, "slow", { "Retry-After-Ms": "1500", "retry-after": "2" }),
    { kind: "rate-limited", retryAfterMs: 1_500 },
  ],
  [
    "a date",
    status(429, "slow", { "retry-after": "Thu, 01 Jan 2026 00:00:09 GMT" }),
    { kind: "rate-limited", retryAfterMs: 9_000 },
  ],
  [
    "a wait that is no number is none",
    status(429, "slow", { "retry-after-ms": "NaN", "retry-after": "soon" }),
    { kind: "rate-limited" },
  ],
  [
    "used-up credit has priority over the status it comes with",
    status(429, "You exceeded your current quota", {}, '{"error":{"code":"insufficient_quota"}}'),
    { kind: "quota" },
  ],
  [
    "Google's rate is no quota",
    status(
      429,
      "You exceeded your current quota",
      {},
      '{"error":{"details":[{"retryDelay":"34s"}]}}',
    ),
    { kind: "rate-limited", retryAfterMs: 34_000 },
  ],
  [
    "Google's bad key comes with status 400",
    status(400, "API key not valid. Please pass a valid API key."),
    { kind: "auth" },
  ],
  [
    "a context that is too long, of llama.cpp",
    status(400, "the request exceeds the available context size"),
    { kind: "context-too-long" },
  ],
  ["another 4xx", status(418, "teapot"), { kind: "refused" }],
  ["another 5xx", status(505, "version"), { kind: "overloaded" }],
  [
    "silence that Node itself ends",
    new TypeError("fetch failed", {
      cause: Object.assign(new Error("Headers Timeout Error"), { code: "UND_ERR_HEADERS_TIMEOUT" }),
    }),
    { kind: "stalled" },
  ],
  [
    "nobody there",
    new TypeError("fetch failed", {
      cause: Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
    }),
    { kind: "crashed", message: expect.stringContaining("ECONNREFUSED") },
  ],
  [
    "nobody there, as the SDK tells it",
    Object.assign(new Error("Cannot connect to API: connect ECONNREFUSED 127.0.0.1:9"), {
      cause: Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:9"), { code: "ECONNREFUSED" }),
    }),
    {
      kind: "crashed",
      message: "could not be reached; check base-url and network: connect ECONNREFUSED 127.0.0.1:9",
    },
  ],
  [
    "a page where an API should be, as the SDK tells it",
    new Error("No output generated. The model stream ended without a finish chunk."),
    {
      kind: "crashed",
      message: "gave no answer: what came broke off, or is none of such an API; check base-url",
    },
  ],
  [
    "half an answer, as the SDK tells it",
    Object.assign(new Error("Failed to process successful response"), {
      cause: Object.assign(new TypeError("terminated"), { code: "UND_ERR_SOCKET" }),
    }),
    {
      kind: "crashed",
      message: "gave no answer: the connection ended in the middle of it (UND_ERR_SOCKET)",
    },
  ],
  [
    "what the transport refused, however deep",
    {
      message: "x",
      cause: { message: "y", cause: new TransportError("redirect", "it redirects in a circle") },
    },
    { kind: "refused" },
  ],
  [
    "an error that is a plain object",
    { type: "error", error: { type: "overloaded_error", message: "Overloaded" } },
    { kind: "overloaded" },
  ],
  ["an error that is a text", "boom", { kind: "crashed", message: "gave no answer: boom" }],
  ["an error that is nothing", null, { kind: "crashed" }],
])("%s", (_, error, expected) => {
  const failure = readFailure(error, NOW);
  expect(failure).toMatchObject(expected);
  expect("retryAfterMs" in failure).toBe("retryAfterMs" in expected);
});

test("an error that is its own cause ends", () => {
  const error: { message: string; cause?: unknown } = { message: "round" };
  error.cause = error;
  expect(readFailure(error, NOW).kind).toBe("crashed");
});

test("only an error about the response format is one, and only with a status that says so", () => {
  expect(knowsNoSchemas(status(400, "json_schema is not supported"))).toBe(true);
  expect(
    knowsNoSchemas(status(422, "x", {}, '{"detail":[{"loc":["body","response_format"]}]}')),
  ).toBe(true);
  expect(knowsNoSchemas(status(400, "model not found"))).toBe(false);
  expect(knowsNoSchemas(status(401, "json_schema"))).toBe(false);
  expect(knowsNoSchemas(status(429, "response_format"))).toBe(false);
  expect(knowsNoSchemas(new Error("json_schema"))).toBe(false);
});
