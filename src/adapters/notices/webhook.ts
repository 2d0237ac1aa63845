import { createHmac } from "node:crypto";
import { oneLine } from "../../core/text.ts";
import type { Notice, NoticeOutcome, Notices } from "../../ports/notices.ts";

export interface WebhookOptions {
  /** The user's environment: `WAVEGATE_WEBHOOK_URL`, `WAVEGATE_WEBHOOK_SECRET`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes secrets out of what is sent. */
  readonly redact: (text: string) => string;
}

/** Whole time of one try, and how often it is tried. */
const TIMEOUT_MS = 5_000;
const TRIES = 2;

/**
 * Posts notices as JSON to the address in the environment. Not in the configuration: a project that was cloned must not be able to send anything
 * anywhere. With a secret each is signed: `X-Wavegate-Signature: sha256=` and the HMAC of the body in hex. Redirections are not followed.
 */
export function createWebhook({ env, redact }: WebhookOptions): Notices {
  const url = env["WAVEGATE_WEBHOOK_URL"]?.trim() ?? "";
  const secret = env["WAVEGATE_WEBHOOK_SECRET"] ?? "";
  return {
    async tell(notice, signal) {
      if (url === "") return { outcome: "off" };
      if (!isHttp(url))
        return { outcome: "failed", to: "WAVEGATE_WEBHOOK_URL", reason: "it is no http address" };
      const body = redact(JSON.stringify(notice));
      const to = new URL(url).origin;
      for (let attempt = 1; ; attempt++) {
        const reason = await post(url, { body, headers: headersOf(notice, body, secret), signal });
        if (reason === undefined) return { outcome: "delivered", to };
        if (attempt === TRIES || signal.aborted) return failedAt(to, reason);
      }
    },
  };
}

const failedAt = (to: string, reason: string): NoticeOutcome => ({
  outcome: "failed",
  to,
  reason: oneLine(reason, 200),
});

const isHttp = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

function headersOf({ id, event }: Notice, body: string, secret: string): Record<string, string> {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return {
    "content-type": "application/json",
    "x-wavegate-id": id,
    "x-wavegate-event": event.type,
    ...(secret !== "" && { "x-wavegate-signature": `sha256=${signature}` }),
  };
}

/** Why it did not arrive; undefined where it did. */
async function post(
  url: string,
  {
    body,
    headers,
    signal,
  }: {
    readonly body: string;
    readonly headers: Record<string, string>;
    readonly signal: AbortSignal;
  },
): Promise<string | undefined> {
  const target = new URL(url);
  const { username, password } = target;
  target.username = target.password = "";
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const given =
    username === "" ? headers : { ...headers, authorization: `Basic ${login.toString("base64")}` };
  try {
    const response = await fetch(target, {
      method: "POST",
      headers: given,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered ${response.status}`;
  } catch (error) {
    return whyUnreached(error);
  }
}

function whyUnreached(error: unknown): string {
  if (!(error instanceof Error)) return "it could not be reached";
  if (error.name === "TimeoutError") return `no answer within ${TIMEOUT_MS / 1000} s`;
  const { cause } = error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
  return code ?? "it could not be reached";
}
