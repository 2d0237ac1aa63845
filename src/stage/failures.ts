/**
 * Why an attempt gave no answer. Adapters name the kind (`adapters/agents/shared/classify-failure.ts` has the words they
 * share), everything else reacts to it by `REACTIONS` alone.
 */
export type FailureKind =
  /** The program is not there. */
  | "not-installed"
  /** Nobody is logged in, or the key is missing, refused or may not do this. */
  | "auth"
  /** Credit or plan are used up. */
  | "quota"
  /** The most that this one call might cost was reached: the limit is the user's, not the provider's. */
  | "cost-limit"
  /** Too many requests at once or per minute: HTTP 429. */
  | "rate-limited"
  /** The provider's own trouble: HTTP 5xx, 529. */
  | "overloaded"
  /** The request is longer than the model takes. */
  | "context-too-long"
  | "timeout"
  | "stalled"
  | "crashed"
  | "output-limit"
  | "out-of-memory"
  | "invalid-output"
  | "refused"
  | "canceled"
  | "stage-timeout";

/**
 * What is done about a failure.
 * - `retry`: the same agent once more, with a changed prompt; uses up one of the role's attempts (ST-04)
 * - `wait`: the same agent with the same prompt, later; uses up none of the role's attempts
 * - `next`: the same agent would fail again, so the fallback is asked; without one the role is not filled
 * - `mend`: as `next`, but without a fallback the run is held, since only a person can mend it
 * - `end`: nobody is asked any more
 */
export type Reaction = "retry" | "wait" | "next" | "mend" | "end";

export interface Rule {
  readonly reaction: Reaction;
  readonly because: string;
}

/** The policy per kind (ST-04): one row each, with its reason. `docs/agents.md` shows it to people. */
export const REACTIONS: Readonly<Record<FailureKind, Rule>> = {
  "not-installed": { reaction: "next", because: "no other try installs it" },
  auth: { reaction: "mend", because: "only a person can log in or set a key" },
  quota: { reaction: "mend", because: "only a person can buy more, or time brings it back" },
  "cost-limit": { reaction: "mend", because: "another try would cost as much again" },
  "rate-limited": { reaction: "wait", because: "the same request is taken later" },
  overloaded: { reaction: "wait", because: "it is no fault of the request's" },
  // Only what grew too long while it worked, and once: see `retry.ts`.
  "context-too-long": { reaction: "retry", because: "less may be read the next time" },
  timeout: { reaction: "retry", because: "a smaller scope may be done in time" },
  stalled: { reaction: "retry", because: "what hangs once rarely hangs again" },
  crashed: { reaction: "retry", because: "the cause is not known, and often passes" },
  "output-limit": { reaction: "retry", because: "a smaller scope is shorter" },
  "out-of-memory": { reaction: "retry", because: "a smaller scope takes less" },
  "invalid-output": { reaction: "retry", because: "told what was wrong, agents mend it" },
  refused: { reaction: "next", because: "it declined this very request" },
  canceled: { reaction: "end", because: "somebody wanted it to stop" },
  "stage-timeout": { reaction: "end", because: "there is no time left for anybody" },
};

/** The reaction to a failure as it is journaled; of a kind that this version does not know, another try. */
export const reactionTo = (kind: string): Reaction => BY_KIND.get(kind)?.reaction ?? "retry";

const BY_KIND: ReadonlyMap<string, Rule> = new Map(Object.entries(REACTIONS));

/** Whether an attempt after such a failure is asked otherwise: of a provider's trouble the request is no cause. */
export const changesPrompt = (kind: string): boolean =>
  !["wait", "mend"].includes(reactionTo(kind));
