import type { Json } from "../core/json.ts";
import type { ReviewSummary } from "../stage/contracts/leading.ts";
import type { Decision, GateInfo, StageOutcome } from "../stage/records.ts";
import type { Analyses } from "./fill-roles.ts";
import { checkDraft } from "./check-draft.ts";
import { prepareDraft, type Draft } from "./prepare-draft.ts";
import { propose } from "./propose.ts";
import { emit, restartClock, type StageRun } from "./stage-run.ts";
import { writeApproved } from "./write-approved.ts";

export interface GateRequest {
  readonly analyses: Analyses;
  readonly review: ReviewSummary;
  readonly draft: Draft;
}

/**
 * Ask a person until the proposal is approved and written, or rejected (ST-11). Approval holds for the very bytes
 * shown (ST-12): if anything changed meanwhile it is void, and the gate asks again.
 */
export async function passGate(run: StageRun, request: GateRequest): Promise<StageOutcome> {
  const { stage } = run.input;
  let { draft } = request;
  let notice: string | null = null;
  for (let round = 1; ; round++) {
    const gate = await propose(run, { ...request, draft, round, notice });
    const decision = await ask(run, gate);
    if (decision.kind === "reject")
      return ended("rejected", decision, [], `Rejected: ${decision.reason}`);
    if (decision.kind === "modify") {
      await restartClock(run, `gate-${round}`);
      draft = await revise(run, { ...request, draft }, { round, decision });
      notice = null;
      continue;
    }
    const written = await writeApproved(run, gate);
    if (written.ok) {
      const { message, nextSteps } = stage.closing;
      return { ...ended("completed", decision, written.value, message), nextSteps };
    }
    notice = written.error;
    await emit(run, `gate/${round}/voided`, {
      type: "gate-voided",
      stage: stage.name,
      round,
      reason: written.error,
    });
  }
}

const ended = (
  status: StageOutcome["status"],
  decision: Decision,
  written: readonly string[],
  message: string,
): StageOutcome => ({ status, decision, written, message, nextSteps: [] });

/** Open the gate, wait for the decision, and put it on the audit log before anything follows from it. */
async function ask(run: StageRun, gate: GateInfo): Promise<Decision> {
  const { stage, round, digest, prompt } = gate;
  await emit(run, `gate/${round}/opened`, { type: "gate-opened", stage, round, digest, prompt });
  const decision = await run.steps.wait<Decision>({
    name: `${run.input.scope}/gate/${round}`,
    kind: "gate",
    token: digest,
    info: gate,
  });
  const { by, at, kind, reason } = decision;
  const details: Json = { stage, round, reason, changes: decision.changes };
  await run.steps.attempt({ name: `${run.input.scope}/audit/${round}` }, async () => {
    const { runId } = run.steps;
    const id = `${runId}/${run.input.scope}/gate/${round}`;
    await run.ports.audit.append({ id, at, actor: by, action: kind, runId, digest, details });
    return null;
  });
  await emit(run, `gate/${round}/decided`, {
    type: "gate-decided",
    stage,
    round,
    decision: kind,
    by,
    digest,
    ...(reason === null ? {} : { reason }),
  });
  return decision;
}

/** Apply a person's changes: edited files as they are, words through the synthesizer and QA. */
async function revise(
  run: StageRun,
  request: GateRequest,
  { round, decision }: { readonly round: number; readonly decision: Decision },
): Promise<Draft> {
  const { draft } = request;
  const previous = { ...draft.artifacts, ...decision.edits };
  if (decision.changes !== null)
    return prepareDraft(run, { ...request, rework: [decision.changes], previous });
  const checks = await checkDraft(run, `gate-${round}`, { ...request, artifacts: previous });
  const notes = `Edited by ${decision.by}; the checks ran again, QA did not.`;
  return { ...draft, artifacts: previous, checks, qa: { ...draft.qa, notes } };
}
