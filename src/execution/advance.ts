import { err, ok, type Result } from "../core/result.ts";
import type { PersonSays, TaskEvent } from "./task-event.ts";
import type { FailureReason, TaskState, Tries } from "./task-state.ts";

export interface AttemptPolicy {
  /** How often a task is tried again after an attempt that came to nothing. */
  readonly retries: number;
}

/** S4's MAX_RETRIES, and I-08. */
export const DEFAULT_ATTEMPTS: AttemptPolicy = { retries: 2 };

/** An event that the state does not know: late, twice, or of somebody who lost the task. Changes nothing. */
export interface NotNow {
  readonly status: TaskState["status"];
  readonly event: TaskEvent["kind"];
}

type Step = Result<TaskState, NotNow>;
type StateOf<S extends TaskState["status"]> = Extract<TaskState, { readonly status: S }>;

/** The state after an event. Pure: time is with whoever keeps the events. */
export function advance(
  state: TaskState,
  event: TaskEvent,
  policy: AttemptPolicy = DEFAULT_ATTEMPTS,
): Step {
  switch (state.status) {
    case "open":
      return fromOpen(state, event);
    case "running":
      return fromRunning(state, event, policy);
    case "verifying":
      return fromVerifying(state, event, policy);
    case "landing":
      return fromLanding(state, event, policy);
    case "failed":
      return fromFailed(state, event, policy);
    case "blocked":
      return fromBlocked(state, event, policy);
    case "skipped":
      return fromSkipped(state, event, policy);
    case "done":
      return notNow(state, event);
  }
}

const notNow = ({ status }: TaskState, { kind }: TaskEvent): Step => err({ status, event: kind });

function fromOpen(state: StateOf<"open">, event: TaskEvent): Step {
  const { tries } = state;
  if (event.kind === "started") {
    const begun = { ...tries, attempt: tries.attempt + 1, used: tries.used + 1 };
    return ok({ status: "running", tries: begun });
  }
  if (event.kind === "settled")
    return ok({ status: "done", evidence: { kind: "parts", parts: event.parts } });
  return event.kind === "person" ? setAside(state, event) : notNow(state, event);
}

function fromRunning(state: StateOf<"running">, event: TaskEvent, policy: AttemptPolicy): Step {
  const { tries } = state;
  if (event.kind === "worked")
    return ok({ status: "verifying", tries, result: event.result, shown: [] });
  if (event.kind === "asked")
    return ok({
      status: "blocked",
      tries,
      question: event.question,
      from: { status: "running" },
    });
  return ended(state, event, policy);
}

function fromVerifying(state: StateOf<"verifying">, event: TaskEvent, policy: AttemptPolicy): Step {
  const { tries, result, shown } = state;
  if (event.kind === "accepted")
    return ok({ status: "landing", tries, result, evidence: event.evidence });
  if (event.kind === "completed") return ok({ status: "done", evidence: event.evidence });
  if (event.kind !== "asked") return ended(state, event, policy);
  const from = { status: "verifying", result, shown } as const;
  return ok({ status: "blocked", tries, question: event.question, from });
}

/** The landing itself is one step that ends: it can't be canceled. */
function fromLanding(state: StateOf<"landing">, event: TaskEvent, policy: AttemptPolicy): Step {
  const { tries, result, evidence } = state;
  if (event.kind === "landed") {
    const landed = evidence.kind === "work" ? { ...evidence, commit: event.commit } : evidence;
    return ok({ status: "done", evidence: landed });
  }
  if (event.kind === "conflicted" && !isUsedUp(tries, policy)) {
    const { message, paths } = event.question;
    return failed(tries, { kind: "conflict", message, details: paths }, false);
  }
  if (event.kind === "conflicted" || event.kind === "asked") {
    const from = { status: "landing", result, evidence } as const;
    return ok({ status: "blocked", tries, question: event.question, from });
  }
  return event.kind === "failed" ? ended(state, event, policy) : notNow(state, event);
}

function fromFailed(state: StateOf<"failed">, event: TaskEvent, policy: AttemptPolicy): Step {
  const { tries, final } = state;
  if (event.kind === "retry-due" && !final) return ok({ status: "open", tries });
  if (event.kind !== "person") return notNow(state, event);
  return event.says.what === "retry" ? reopened(tries, policy) : setAside(state, event);
}

function fromBlocked(state: StateOf<"blocked">, event: TaskEvent, policy: AttemptPolicy): Step {
  const { tries, question, from } = state;
  if (event.kind !== "person") return notNow(state, event);
  switch (event.says.what) {
    case "allow":
      if (from.status === "running") return reopened(tries, policy);
      if (from.status === "landing") return ok({ ...from, tries });
      return ok({ ...from, tries, shown: [...new Set([...from.shown, ...question.paths])] });
    case "retry":
      return reopened(tries, policy);
    case "refuse":
      return failed(tries, { kind: "refused", message: event.says.why, details: [] }, true);
    case "skip":
    case "tick":
      return setAside(state, event);
  }
}

const fromSkipped = (state: StateOf<"skipped">, event: TaskEvent, policy: AttemptPolicy): Step =>
  event.kind === "person" && event.says.what === "retry"
    ? reopened(state.tries, policy)
    : event.kind === "person" && event.says.what === "tick"
      ? setAside(state, event)
      : notNow(state, event);

/** What ends any attempt that is at work. */
function ended(
  state: StateOf<"running" | "verifying" | "landing">,
  event: TaskEvent,
  policy: AttemptPolicy,
): Step {
  const { tries } = state;
  if (event.kind === "canceled")
    return ok({ status: "open", tries: { ...tries, used: tries.used - 1 } });
  if (event.kind !== "failed") return notNow(state, event);
  return failed(tries, event.reason, !event.again || isUsedUp(tries, policy));
}

const isUsedUp = ({ used, granted }: Tries, { retries }: AttemptPolicy): boolean =>
  used >= 1 + retries + granted;

const failed = (tries: Tries, reason: FailureReason, final: boolean): Step =>
  ok({ status: "failed", tries, reason, final });

/** By a person's word there is another attempt, beyond what the policy has if need be. */
const reopened = (tries: Tries, policy: AttemptPolicy): Step =>
  ok({
    status: "open",
    tries: isUsedUp(tries, policy) ? { ...tries, granted: tries.granted + 1 } : tries,
  });

function setAside(
  state: StateOf<"open" | "failed" | "blocked" | "skipped">,
  event: { readonly kind: "person"; readonly by: string; readonly says: PersonSays },
): Step {
  const { by, says } = event;
  if (says.what === "skip") return ok({ status: "skipped", tries: state.tries, by, why: says.why });
  return says.what === "tick"
    ? ok({ status: "done", evidence: { kind: "person", by, note: says.note } })
    : notNow(state, event);
}
