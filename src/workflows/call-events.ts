import type { RunEvent } from "../core/event.ts";
import { oneLine } from "../core/text.ts";
import type { Call, Called } from "./call-agent.ts";
import type { Charged } from "./charge-call.ts";

/** Whose call it is. */
export const identityOf = ({ input, agent, attempt }: Call) => ({
  stage: input.stage,
  role: input.role.name,
  agent,
  attempt,
  round: input.round,
});

/** That a call has ended, and how. */
export function finishedEvent(call: Call, end: Called, charged: Charged | undefined): RunEvent {
  const { durationMs, outputBytes, usage, cache, resources } = end;
  const reason = failureReason(call, end);
  const priced = charged?.pricedUsd ?? null;
  return {
    type: "agent-finished",
    ...identityOf(call),
    durationMs,
    outputBytes,
    usage: { ...usage, ...(priced !== null && { costUsd: priced }) },
    ...(priced !== null && { costFrom: "prices" }),
    cache,
    ...(charged && { budget: charged.figures }),
    ...(resources && { resources }),
    ...(reason === undefined ? { outcome: "succeeded" } : { outcome: "failed", reason }),
  };
}

/** Why the call came to nothing; of an answer of the wrong shape also that it is asked for once more. */
function failureReason({ input, repair }: Call, { outcome, problems }: Called): string | undefined {
  if (!outcome.ok) return `${outcome.error.kind}: ${oneLine(outcome.error.message, 300)}`;
  if (problems.length === 0) return undefined;
  const asked = repair ? "" : "asked once more, because ";
  const message = `${asked}the answer does not match ${input.role.contract}: ${problems.join("; ")}`;
  return `invalid-output: ${oneLine(message, 300)}`;
}
