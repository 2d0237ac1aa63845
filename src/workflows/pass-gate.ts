import type { Json } from "../core/json.ts";
import type { ReviewSummary } from "../stage/contracts/leading.ts";
import type { Decision, GateInfo, StageOutcome } from "../stage/records.ts";
import type { Analyses } from "./fill-roles.ts";
import { checkDraft } from "./check-draft.ts";
import { checksRun, prepareDraft, type Draft } from "./prepare-draft.ts";
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
  let { draft } = request;
  let voided: string | null = null;
  const written = new Set<string>();
  for (let round = 1; ; round++) {
    const gate: GateInfo = await propose(run, { ...request, draft, round, voided });
    const decision = await ask(run, gate);
    if (decision.kind === "reject")
      return ended("rejected", decision, [...written], `Rejected: ${decision.reason}`);
    voided = null;
    if (decision.kind === "modify") {
      await restartClock(run, `gate-${round}`);
      draft = await revise(run, { ...request, draft }, { round, decision });
      continue;
    }
    const { paths, changed } = await writeApproved(run, gate);
    for (const path of paths) written.add(path);
    await recordOutcome(run, gate, { decision, paths, changed });
    if (changed === null) {
      const { message, nextSteps } = run.input.stage.closing;
      return { ...ended("completed", decision, [...written], message), nextSteps };
    }
    voided = changed;
  }
}

/** What came of an approval, in the audit log and in the history. */
async function recordOutcome(
  run: StageRun,
  gate: GateInfo,
  outcome: {
    readonly decision: Decision;
    readonly paths: readonly string[];
    readonly changed: string | null;
  },
): Promise<void> {
  const { stage, round } = gate;
  const { decision, paths, changed } = outcome;
  await audit(run, gate, {
    id: changed === null ? "written" : "voided",
    at: decision.at,
    actor: decision.by,
    details: { paths, ...(changed === null ? {} : { reason: changed }) },
  });
  if (changed === null) return;
  await emit(run, `gate/${round}/voided`, { type: "gate-voided", stage, round, reason: changed });
}

const ended = (
  status: StageOutcome["status"],
  decision: Decision,
  written: readonly string[],
  message: string,
): StageOutcome => ({ status, decision, written, message, nextSteps: [] });

/** One line of the audit log about a gate, on disk before anything follows from it. */
async function audit(
  run: StageRun,
  { stage, round, digest }: GateInfo,
  entry: {
    readonly id: "decided" | "written" | "voided";
    readonly action?: string;
    readonly at: string;
    readonly actor: string;
    readonly details: { readonly [name: string]: Json };
  },
): Promise<void> {
  const { runId } = run.steps;
  const { scope } = run.input;
  await run.steps.attempt({ name: `${scope}/audit/${round}/${entry.id}` }, async () => {
    await run.ports.audit.append({
      id: `${runId}/${scope}/gate/${round}/${entry.id}`,
      at: entry.at,
      actor: entry.actor,
      action: entry.action ?? entry.id,
      runId,
      digest,
      details: { stage, round, ...entry.details },
    });
    return null;
  });
}

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
  const { by, at, kind, reason, changes } = decision;
  await audit(run, gate, {
    id: "decided",
    action: kind,
    at,
    actor: by,
    details: { reason, changes },
  });
  if (changes !== null) run.words.push({ by, at: `gate ${round}`, text: changes });
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
  await emit(run, `checks/gate-${round}`, checksRun(run, round, checks));
  const edited = `Edited by ${decision.by}; the checks ran again, QA did not.`;
  const notes = [draft.qa.notes, edited].filter((note) => note !== "").join(" ");
  await emit(run, `signed-off/gate-${round}`, {
    type: "stage-signed-off",
    stage: run.input.stage.name,
    signedOff: false,
    notes: edited,
  });
  // What QA asked for before is open still: nobody looked whether the edit does it.
  const qa = { ...draft.qa, signed_off: false, notes };
  return { ...draft, artifacts: previous, checks, qa };
}
