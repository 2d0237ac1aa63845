import type { ErrorCode } from "../core/error.ts";
import { formatDuration } from "../core/duration.ts";
import { oneLine } from "../core/text.ts";
import type { StopReason } from "./records.ts";

/** What a person can do about a failure that no other attempt mends. */
export type Mend = StopReason;

interface Words {
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}

const BUSY: Words = {
  code: "AGENT_PROVIDER_BUSY",
  what: "is kept waiting by its provider",
  hint: "Wait until the provider takes requests again.",
};

const WORDS: ReadonlyMap<string, Words> = new Map([
  [
    "auth",
    {
      code: "AGENT_NOT_LOGGED_IN",
      what: "is not let in by its provider",
      hint: "Set the key that it needs: `wavegate agents` names the variable of a model; a program sees those that its preset or `pass-env` names. Or log in to the program as you would to use it by hand.",
    },
  ],
  [
    "quota",
    {
      code: "AGENT_QUOTA_USED_UP",
      what: "has used up its credit or plan",
      hint: "Buy more, wait until it begins anew, or give the agent another key or definition.",
    },
  ],
  [
    "cost-limit",
    {
      code: "AGENT_COST_LIMIT",
      what: "has used what one of its calls may cost",
      hint: "To go on asks it once more, within the same limit. A run keeps the `call-usd` that it began with: for more, cancel it and start anew with a higher one, or without --max-budget-usd among the agent's args.",
    },
  ],
]);

/** Why to hold the run for this failure, what to do, and when it may be over by itself. */
export function mendOf(
  agent: string | undefined,
  failure: { readonly kind: string; readonly message: string; readonly retryAfterMs?: number },
): Mend {
  const { code, what, hint } = WORDS.get(failure.kind) ?? BUSY;
  const { retryAfterMs } = failure;
  const when =
    retryAfterMs === undefined ? "" : ` It asked to wait for ${formatDuration(retryAfterMs)}.`;
  return {
    code,
    message: `${agent === undefined ? "An agent" : `The agent ${oneLine(agent, 60)}`} ${what}: ${oneLine(failure.message, 300)}.${when}`,
    hint,
  };
}
