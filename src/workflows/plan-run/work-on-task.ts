import { oneLine } from "../../core/text.ts";
import type { TaskEvent } from "../../execution/task-event.ts";
import type { FailureReason } from "../../execution/task-state.ts";
import type { Steps } from "../../ports/engine.ts";
import type { Workspace, WorkspaceFailure, WorkspaceRequest } from "../../ports/workspaces.ts";
import { chanceOf, nextMove, type AttemptFailure } from "../../stage/retry.ts";
import type { StopReason } from "../../stage/records.ts";
import { askCoder, type CoderEnd } from "./ask-coder.ts";
import type { CoderCall } from "./run-coder.ts";
import type { Charged } from "../charge-call.ts";
import type { PlanRunPorts } from "./plan-ports.ts";
import type { ChildCost } from "./task-child.ts";

/** Why there is no workspace, or no answer. */
export type Broken =
  | { readonly kind: "event"; readonly event: TaskEvent }
  | { readonly kind: "stop"; readonly stop: StopReason };

/** Waits for a provider that has too much to do; what an agent fails at itself is the run's to try again. */
const PATIENCE = { retries: 0, initialMs: 1_000, maxMs: 60_000 } as const;

export const failedWith = (reason: FailureReason, again = true): Broken => ({
  kind: "event",
  event: { kind: "failed", reason, again },
});

export const CANCELED: Broken = { kind: "event", event: { kind: "canceled" } };

/** The attempt's working copy; again after a kill the same one. */
export async function openWorkspace(
  ports: PlanRunPorts,
  steps: Steps,
  request: Omit<WorkspaceRequest, "runId"> & { readonly name: string },
): Promise<
  | { readonly ok: true; readonly workspace: Workspace }
  | { readonly ok: false; readonly broken: Broken }
> {
  const { task, attempt, base, mode, name, mentions } = request;
  const wanted = { runId: steps.runId, task, attempt, base, mode, ...(mentions && { mentions }) };
  const opened = await steps.attempt({ name: `${name}/open` }, async ({ signal, ended }) => {
    if (ended) return { ended } as const;
    const made = await ports.workspaces.open(wanted, signal);
    return made.ok ? { workspace: { ...made.value } } : { failure: { ...made.error } };
  });
  if (opened.workspace) return { ok: true, workspace: opened.workspace };
  return { ok: false, broken: opened.failure ? brokenBy(opened.failure) : CANCELED };
}

/** A failure of the working copy is the machine's, but for what was put in it. */
export function brokenBy({ kind, message }: WorkspaceFailure): Broken {
  if (kind === "canceled") return CANCELED;
  return failedWith({ kind, message: oneLine(message, 300), details: [] });
}

export interface Answered {
  readonly end: CoderEnd;
  readonly cost: ChildCost;
}

/**
 * Ask the agent until it comes to an end of its own: a busy provider is waited for, and uses up no attempt. What only a person can mend
 * is told as such.
 */
export async function askPatiently(
  ports: PlanRunPorts,
  steps: Steps,
  call: CoderCall,
): Promise<Answered & { readonly broken?: Broken }> {
  const failures: AttemptFailure[] = [];
  const ends: (CoderEnd & { readonly charged: Charged | null })[] = [];
  const { agent } = call.child;
  for (;;) {
    const turn = failures.length + 1;
    const name = turn === 1 ? call.name : `${call.name}-w${turn}`;
    const end = await askCoder(ports, steps, { ...call, name });
    ends.push(end);
    const answered = { end, cost: costOf(ends) };
    if (end.ended) return { ...answered, broken: CANCELED };
    if (end.outcome.ok) return answered;
    const { kind, message, details, retryAfterMs } = end.outcome.error;
    failures.push({ kind, message, ...(retryAfterMs !== undefined && { retryAfterMs }) });
    const next = nextMove({ ...PATIENCE, agent }, failures, chanceOf(`${steps.runId}/${name}`));
    if (next.move === "give-up") {
      if (next.mend) return { ...answered, broken: { kind: "stop", stop: next.mend } };
      const reason = { kind, message: oneLine(message, 400), details };
      return { ...answered, broken: failedWith(reason) };
    }
    await steps.sleep(next.waitMs);
  }
}

/** What all calls of a child used together; what one did not say is not known of the whole. */
function costOf(ends: readonly (CoderEnd & { readonly charged: Charged | null })[]): ChildCost {
  const sum = (of: (end: CoderEnd & { readonly charged: Charged | null }) => number | "unknown") =>
    ends
      .map(of)
      .reduce<number | "unknown">(
        (total, each) => (total === "unknown" || each === "unknown" ? "unknown" : total + each),
        0,
      );
  return {
    usage: {
      inputTokens: sum(({ usage }) => usage.inputTokens),
      outputTokens: sum(({ usage }) => usage.outputTokens),
      costUsd: sum(({ usage, charged }) => charged?.pricedUsd ?? usage.costUsd),
    },
    priced: ends.some(({ charged }) => charged !== null && charged.pricedUsd !== null),
    budget: ends.at(-1)?.charged?.figures ?? null,
    outputBytes: ends.reduce((total, { outputBytes }) => total + outputBytes, 0),
    agentMs: ends.reduce((total, { durationMs }) => total + durationMs, 0),
    ...(ends.at(-1)?.outside && { outside: true }),
  };
}
