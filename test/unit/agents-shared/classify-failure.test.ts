import { expect, test } from "vitest";
import {
  classifyFailure,
  classifyResponse,
} from "../../../src/adapters/agents/shared/classify-failure.ts";
import { retryAfterMs } from "../../../src/adapters/agents/shared/retry-after.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");

test.each<[string, number | undefined]>([
  ["HTTP 429 Too Many Requests", undefined],
  ["Request rejected (429)", undefined],
  ["status: 429, retry-after: 30", 30_000],
  ['{"error":"rate_limit_error","headers":{"retry-after":"7"}}', 7_000],
  ["429 too many requests\nRetry-After: Sun, 01 Mar 2026 12:00:45 GMT", 45_000],
  ["too many requests; Retry-After: Sun, 01 Mar 2026 11:00:00 GMT", 0],
  ["Rate limit reached. Please try again in 6m3s.", 363_000],
  ["Rate limit reached for gpt-5: try again in 1.5s", 1_500],
  ["rate limited, retry_after_ms: 250", 250],
  ["rate limit exceeded, retry-after: 999999999", 24 * 3_600_000],
  ["rate limit exceeded, retry-after: soon", undefined],
  ['{"code":429,"message":"Resource has been exhausted (e.g. check quota)."}', undefined],
  ['You exceeded your current quota, check your plan. "retryDelay": "29s"', 29_000],
])("rate-limited: %s", (text, wait) => {
  const kind = "rate-limited";
  expect(classifyFailure(text, NOW)).toEqual(
    wait === undefined ? { kind } : { kind, retryAfterMs: wait },
  );
});

test.each<[string, string]>([
  ["overloaded", "error: 529 overloaded_error"],
  ["overloaded", "API Error: Repeated 529 Overloaded errors"],
  ["overloaded", "API Error: 500 Internal server error"],
  ["overloaded", "unexpected status 503 Service Unavailable"],
  ["overloaded", "exceeded retry limit, last status: 502 Bad Gateway"],
  ["overloaded", '{"error":{"code":503,"status":"UNAVAILABLE"}}'],
  ["overloaded", "Selected model is at capacity. Please try a different model."],
  ["quota", "Your credit balance is too low to access the Anthropic API."],
  ["quota", '429 {"error":{"code":"insufficient_quota"}}'],
  ["quota", "429 You exceeded your current quota, please check your plan and billing details."],
  ["quota", "You've hit your session limit · resets 3pm"],
  ["quota", "You've hit your usage limit. Upgrade to Plus to continue"],
  ["quota", "HTTP 402 Payment Required"],
  ["quota", "402 Insufficient Balance"],
  ["quota", "You have exhausted your daily quota on this model."],
  ["auth", "Invalid API key · Please run /login"],
  ["auth", "Not logged in · Please run /login"],
  ["auth", "unexpected status 401 Unauthorized: Missing bearer or basic authentication"],
  ["auth", '{"type":"authentication_error","message":"invalid x-api-key"}'],
  ["auth", "Incorrect API key provided: sk-xxxx"],
  ["auth", "API key not valid. Please pass a valid API key."],
  ["auth", "Missing environment variable: `OPENAI_API_KEY`."],
  ["auth", "OAuth token has expired"],
  ["auth", "Authentication required"],
  ["auth", "error: http 403"],
  ["context-too-long", "Prompt is too long"],
  ["context-too-long", "prompt is too long: 212345 tokens > 200000 maximum"],
  ["context-too-long", "This model's maximum context length is 8192 tokens."],
  ["context-too-long", '{"code":"context_length_exceeded","type":"invalid_request_error"}'],
  ["context-too-long", "Codex ran out of room in the model's context window."],
  ["context-too-long", "The input token count (1200000) exceeds the maximum number of tokens"],
  ["context-too-long", "the request exceeds the available context size"],
])("%s: %s", (kind, text) => {
  expect(classifyFailure(text, NOW)).toEqual({ kind });
});

test("a plan that begins anew says when", () => {
  const text = "Claude AI usage limit reached|1772370000";
  expect(classifyFailure(text, NOW)).toEqual({ kind: "quota", retryAfterMs: 3_600_000 });
});

test.each([
  "TypeError at line 429",
  "FR-003: requests above the rate limit are refused",
  "wrote 529 bytes",
  "the spec says: the service must accept 429 users",
  "FR-007: unauthorized visitors see the log-in page, 403 of them a day",
  "FR-008: members pay for API keys; an account without credit is told so",
  "EACCES: permission denied, open '/srv/x'",
  "retry-after: 30",
  "",
])("nothing of a provider: %s", (text) => {
  expect(classifyFailure(text, NOW)).toBeUndefined();
});

const answer = (status: number, body = "", retryAfter: string | null = null) =>
  classifyResponse({ status, body, retryAfter }, NOW);

test("an HTTP answer: its words count before its status, its header before both", () => {
  expect(answer(429)).toEqual({ kind: "rate-limited" });
  expect(answer(429, '{"code":"insufficient_quota"}')).toEqual({ kind: "quota" });
  expect(answer(529, "try again in 9s", "3")).toEqual({ kind: "overloaded", retryAfterMs: 3_000 });
  expect(answer(401)).toEqual({ kind: "auth" });
  expect(answer(400, "prompt is too long: 9 tokens > 8")).toEqual({ kind: "context-too-long" });
  expect(answer(400, "bad schema")).toBeUndefined();
  expect(answer(200, "rate limit exceeded")).toBeUndefined();
});

test("a long text costs little", () => {
  const texts = [
    "retry after ",
    "1s ",
    "429 ",
    "rate limit ",
    "try again in 1 ",
    "hit your a b c ",
    "input token count ",
    "missing environment variable: A",
  ];
  const found = texts.map((piece) => classifyFailure(piece.repeat(500_000), NOW) !== undefined);
  expect(found).toEqual(texts.map(() => false));
}, 2_000);

test.each<[string | null, number | undefined]>([
  ["30", 30_000],
  [" 7 ", 7_000],
  ["Sun, 01 Mar 2026 12:00:45 GMT", 45_000],
  ["Sun, 01 Mar 2026 11:00:00 GMT", 0],
  ["999999999", 24 * 3_600_000],
  ["soon", undefined],
  ["-1", undefined],
  ["", undefined],
  [null, undefined],
])("the header Retry-After: %j", (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});
