import type { FailureKind } from "../../../stage/failures.ts";
import { retryAfterMs, waitAskedIn } from "./retry-after.ts";

/** Failures that a provider tells of, or a program that asks one. */
export const PROVIDER_FAILURES = [
  "auth",
  "quota",
  "rate-limited",
  "overloaded",
  "context-too-long",
] as const satisfies readonly FailureKind[];

export type ProviderFailureKind = (typeof PROVIDER_FAILURES)[number];

/** What it says. */
export interface ProviderFailure {
  readonly kind: ProviderFailureKind;
  /** Milliseconds until it takes requests again, when it said so; at most a day. */
  readonly retryAfterMs?: number;
}

interface Words {
  readonly kind: ProviderFailureKind;
  /** Linear: no repetition in it can match the same text in two ways. */
  readonly words: RegExp;
  readonly source: string;
}

/**
 * Words by kind; of several that are found the first row counts, as what a person must mend is said beside the status
 * that it came with (OpenAI and Google answer 429 to used-up credit as to too many requests).
 */
const WORDS: readonly Words[] = [
  {
    kind: "context-too-long",
    words:
      /\b(?:context_length_exceeded|exceed_context_size_error|request_too_large|model_context_window_exceeded)\b|maximum context length is|exceeds? the context window|exceeds? the available context size|exceed context limit|prompt is too long|conversation too long|ran out of room in the model's context|input token count[^\n]{0,60}exceeds the maximum/i,
    source:
      "OpenAI and vLLM, llama.cpp, Anthropic (errors: 413; messages: prompt is too long), Claude Code error reference, Codex, Google generateContent",
  },
  {
    kind: "quota",
    words:
      /\b(?:insufficient_quota|billing_hard_limit_reached|billing_error|usage_limit_reached|usage_not_included|quota_exceeded)\b|exceeded your current quota|credit balance is too low|(?:insufficient|out of|not enough) (?:credits?|balance|funds)|(?:usage|session|weekly|monthly|daily|spending|5-hour) (?:limit|quota) (?:was |has been )?(?:reached|exceeded|hit)|(?:hit|reached|exceeded|exhausted) your (?:[a-z0-9-]{1,20} ){0,3}(?:limit|quota|capacity)|payment required/i,
    source:
      "OpenAI error codes, Anthropic errors (402), Claude Code error reference (usage limits), Codex, Gemini CLI, OpenRouter and DeepSeek (402)",
  },
  {
    kind: "auth",
    words:
      /\b(?:authentication_error|invalid_api_key|api_key_invalid|permission_error|permission_denied|token_expired|providerautherror)\b|(?:invalid|incorrect|missing|unknown|no) (?:x-)?api[- _]key|api[- _]key (?:is |was )?(?:not (?:valid|found|set|provided)|invalid|missing|expired|revoked|required)|didn't provide an api key|missing bearer|must specify the [A-Z_]{3,60} environment|missing environment variable: .{0,2}[A-Z_]{0,60}(?:KEY|TOKEN)|not logged in|please (?:run )?\/?log ?in\b|please set an auth method|authentication required|"status": ?"(?:unauthenticated|permission_denied)"|(?:oauth|refresh|access) token (?:has |was |is |have been )?(?:expired|revoked|invalid)|organization has been disabled/i,
    source:
      "HTTP 401 and 403 of Anthropic, OpenAI, Google; Claude Code error reference (authentication), Codex, Gemini CLI, opencode, ACP (-32000: authentication required)",
  },
  {
    kind: "overloaded",
    words:
      /\boverloaded(?:_error)?\b|\b(?:server_is_overloaded|internal_server_error|service_unavailable_error)\b|"(?:status|code)": ?"(?:UNAVAILABLE|INTERNAL)"|\bmodel is (?:currently )?(?:at capacity|overloaded|unavailable)|\b(?:internal server error|bad gateway|service unavailable|gateway time-?out)\b/i,
    source:
      "HTTP 500, 502, 503, 504 (RFC 9110 §15.6), Anthropic's 529, Google's UNAVAILABLE, Codex",
  },
  {
    kind: "rate-limited",
    words:
      /\brate.?limit(?:ed|_error|_exceeded|exceeded|s? (?:reached|exceeded|hit))\b|\btoo many requests\b|\b(?:quota exceeded|resource_exhausted|temporarily limiting requests)\b|\bresource (?:has been )?exhausted\b/i,
    source: "HTTP 429 (RFC 6585 §4), Anthropic, OpenAI, Google, Claude Code error reference",
  },
];

/** A status of HTTP that is said to be one: a number alone is any number. */
const STATUS =
  /\b(?:status|error|http|code|rejected)\b[^\n\d]{0,12}\b(401|402|403|413|429|500|502|503|504|52[0-49]|529)\b|\b(401 unauthorized|403 forbidden|429 too many)/i;

/** HTTP statuses of model endpoints; of other statuses nothing is known. 520 to 524 are Cloudflare's, 529 Anthropic's. */
const STATUS_KINDS: ReadonlyMap<number, ProviderFailureKind> = new Map([
  [401, "auth"],
  [402, "quota"],
  [403, "auth"],
  [408, "overloaded"],
  [413, "context-too-long"],
  [429, "rate-limited"],
  ...[500, 502, 503, 504, 520, 521, 522, 523, 524, 529].map(
    (status) => [status, "overloaded"] as const,
  ),
]);

/** Google says of requests per minute, too, that the quota is exceeded: with a wait as short as this it is a rate. */
const RATE_WITHIN_MS = 10 * 60_000;
const LOOKED_AT = 16_384;

/**
 * What a text tells of a provider's trouble, with how long it asks to wait; undefined when it tells of none. Only its
 * last 16 KiB are looked at. `now` in epoch milliseconds.
 */
export function classifyFailure(text: string, now: number): ProviderFailure | undefined {
  const bounded = text.slice(-LOOKED_AT);
  const spoken = WORDS.find(({ words }) => words.test(bounded))?.kind;
  const kind = spoken ?? kindOfStatus(statusIn(bounded));
  return kind && withWait(kind, waitAskedIn(bounded, now));
}

/**
 * What an HTTP answer of a model endpoint tells; undefined for statuses that say nothing of the provider. Its words
 * count before its status.
 */
export function classifyResponse(
  response: {
    readonly status: number;
    /** The body as text; may be empty. */
    readonly body: string;
    /** The header `Retry-After`. */
    readonly retryAfter?: string | null;
  },
  now: number,
): ProviderFailure | undefined {
  const byStatus = kindOfStatus(response.status);
  const spoken = response.status >= 400 ? classifyFailure(response.body, now) : undefined;
  const kind = spoken?.kind ?? byStatus;
  return kind && withWait(kind, retryAfterMs(response.retryAfter, now) ?? spoken?.retryAfterMs);
}

const kindOfStatus = (status: number): ProviderFailureKind | undefined => STATUS_KINDS.get(status);

function statusIn(text: string): number {
  const [, said, phrase = ""] = STATUS.exec(text) ?? [];
  return Number(said ?? phrase.slice(0, 3));
}

function withWait(kind: ProviderFailureKind, wait: number | undefined): ProviderFailure {
  if (wait === undefined) return { kind };
  const rate = kind === "quota" && wait <= RATE_WITHIN_MS;
  return { kind: rate ? "rate-limited" : kind, retryAfterMs: wait };
}
