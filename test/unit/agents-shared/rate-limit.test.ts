import { expect, test } from "vitest";
import { rateLimitIn, retryAfterMs } from "../../../src/adapters/agents/shared/rate-limit.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");

test.each<[string, number | undefined]>([
  ["HTTP 429 Too Many Requests", undefined],
  ["error: 529 overloaded_error", undefined],
  ["status: 429, retry-after: 30", 30_000],
  ['{"error":"rate_limit_error","headers":{"retry-after":"7"}}', 7_000],
  ["429 too many requests\nRetry-After: Sun, 01 Mar 2026 12:00:45 GMT", 45_000],
  ["too many requests; Retry-After: Sun, 01 Mar 2026 11:00:00 GMT", 0],
  ["Rate limit reached. Please try again in 6m3s.", 363_000],
  ["Rate limit reached for gpt-5: try again in 1.5s", 1_500],
  ["rate limited, retry_after_ms: 250", 250],
  ["Claude AI usage limit reached|1772366460", 60_000],
  ["rate limit exceeded, retry-after: 999999999", 24 * 3_600_000],
  ["rate limit exceeded, retry-after: soon", undefined],
])("%s", (text, wait) => {
  expect(rateLimitIn(text, NOW)).toEqual(wait === undefined ? {} : { retryAfterMs: wait });
});

test.each([
  "TypeError at line 429",
  "FR-003: requests above the rate limit are refused",
  "wrote 529 bytes",
  "the spec says: the service must accept 429 users",
  "retry-after: 30",
  "",
])("no limit: %s", (text) => {
  expect(rateLimitIn(text, NOW)).toBeUndefined();
});

test("a long text costs little", () => {
  const texts = ["retry after ", "1s ", "429 ", "rate limit ", "try again in 1 "];
  const found = texts.map((piece) => rateLimitIn(piece.repeat(500_000), NOW) !== undefined);
  expect(found).toEqual([false, false, false, false, false]);
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
