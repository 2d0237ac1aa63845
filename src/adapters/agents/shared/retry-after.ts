const HEADER =
  /retry[-_ ]?(?:after|delay)(?:[-_ ]?(ms|seconds))?["']?\s*[:=]?\s*["']?([^"'\n\r,;}]{1,40}(?:, ?\d{1,2} [^"'\n\r,;}]{1,30})?)/i;
const SENTENCE =
  /(?:try again|retry(?:ing)?) (?:in|after) ((?:\d{1,6}(?:\.\d{1,3})?\s?(?:ms|[smh])[a-z]*\s?){1,3})/i;
const EPOCH = /limit reached\|(\d{10})\b/i;

const MAX_WAIT_MS = 24 * 3_600_000;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * How long a text asks to wait, in milliseconds: `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3), Google's
 * `retryDelay`, "try again in 6m3s", or an epoch after a `|`. At most a day; undefined when it asks for nothing. `now` in
 * epoch milliseconds. Whoever calls bounds the text.
 */
export const waitAskedIn = (text: string, now: number): number | undefined =>
  inRange(waitIn(text, now));

/**
 * A `Retry-After` header in milliseconds: seconds or an HTTP date (RFC 9110 §10.2.3), at most a day; undefined when there
 * is none or it is neither. `now` in epoch ms.
 */
export const retryAfterMs = (header: string | null | undefined, now: number): number | undefined =>
  inRange(headerWait(header ?? "", now));

const inRange = (wait: number | undefined): number | undefined =>
  wait === undefined || !Number.isFinite(wait)
    ? undefined
    : Math.min(MAX_WAIT_MS, Math.max(0, Math.round(wait)));

function headerWait(header: string, now: number, unitMs = 1_000): number | undefined {
  const plain = /^\s*(\d{1,9}(?:\.\d{1,3})?)\s*(?:s|secs?|seconds)?\s*$/i.exec(header);
  if (plain) return Number(plain[1]) * unitMs;
  const date = /\d{4}/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - now;
}

function waitIn(text: string, now: number): number | undefined {
  const [, unit, header = ""] = HEADER.exec(text) ?? [];
  const wait = headerWait(header, now, unit?.toLowerCase() === "ms" ? 1 : 1_000);
  if (wait !== undefined) return wait;
  const spoken = SENTENCE.exec(text)?.[1] ?? (/^\s*\d/.test(header) ? header : undefined);
  if (spoken !== undefined) return spokenMs(spoken);
  const epoch = EPOCH.exec(text)?.[1];
  return epoch === undefined ? undefined : Number(epoch) * 1_000 - now;
}

function spokenMs(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d{1,6}(?:\.\d{1,3})?)\s?(ms|[smh])/gi)];
  return parts.length === 0
    ? undefined
    : parts.reduce(
        (sum, [, amount, unit = ""]) => sum + Number(amount) * (UNIT_MS[unit.toLowerCase()] ?? 0),
        0,
      );
}
