import type { Json } from "../core/json.ts";
import { decideConflicts } from "../stage/decide-conflicts.ts";
import type { ReviewSummary } from "../stage/contracts/leading.ts";
import type { Decision, GateInfo, StageOutcome } from "../stage/records.ts";
import type { Analyses } from "./fill-roles.ts";
import type { ArtifactTexts } from "./check-draft.ts";
import { changedAmong } from "./held-files.ts";
import { prepareDraft, type Draft } from "./prepare-draft.ts";
import { propose } from "./propose.ts";
import { emit, restartClock, type StageRun } from "./stage-run.ts";
import { withEdits } from "./with-edits.ts";
import { writeApproved } from "./write-approved.ts";

export interface GateRequest {
  readonly analyses: Analyses;
  readonly review: ReviewSummary;
  readonly draft: Draft;
  /** Ids of the conflicts that people decided at the gate. */
  readonly decided?: readonly string[];
}

/** Why a gate that had come to an end asks once more. */
export interface AskAgain {
  readonly notice: string;
  /** Whole artifacts that take the place of those it showed last, by name. */
  readonly edits: ArtifactTexts;
  /** Digests of what was approved before, by name. */
  readonly approved?: { readonly [name: string]: string };
}

/**
 * How the asking came to an end. `outdated`: what the stage worked from is not what it was, so there is nothing to decide
 * on until that is settled; only where other stages build on this one.
 */
export type GateEnd =
  | { readonly status: "ended"; readonly outcome: StageOutcome; readonly gate: GateInfo }
  | { readonly status: "outdated" };

/** Asks until a decision ends the stage. May be asked again: rounds go on, and the draft is the one shown last. */
export type AskGate = (again?: AskAgain) => Promise<GateEnd>;

/**
 * Ask a person until the proposal is approved and written, or rejected (ST-11). Approval holds for the very bytes
 * shown (ST-12): if anything changed meanwhile it is void, and the gate asks again.
 */
export function openGate(run: StageRun, request: GateRequest): AskGate {
  let asked = request;
  let [round, looks] = [0, 0];
  let before: Pick<AskAgain, "approved"> = {};
  const written = new Set<string>();
  return async (again) => {
    let voided = again?.notice ?? null;
    if (again?.approved) before = { approved: again.approved };
    if (again && Object.keys(again.edits).length > 0)
      asked = {
        ...asked,
        draft: await withEdits(run, asked, {
          ...again,
          round: round + 1,
          key: `again-${round + 1}`,
        }),
      };
    for (;;) {
      if (run.strict && (await isOutdated(run, (looks += 1)))) return { status: "outdated" };
      round += 1;
      const gate: GateInfo = await propose(run, { ...asked, ...before, round, voided });
      const decision = await ask(run, gate);
      const ended = (outcome: Pick<StageOutcome, "status" | "message" | "nextSteps">): GateEnd => ({
        status: "ended",
        gate,
        outcome: { ...outcome, decision, written: [...written] },
      });
      if (decision.kind === "reject")
        return ended({
          status: "rejected",
          message: `Rejected: ${decision.reason}`,
          nextSteps: [],
        });
      voided = null;
      if (decision.kind === "modify") {
        await restartClock(run, `gate-${round}`);
        asked = await revise(run, asked, { round, decision });
        continue;
      }
      const { paths, changed, outdated } = await writeApproved(run, gate);
      for (const path of paths) written.add(path);
      await recordOutcome(run, gate, { decision, paths, changed });
      if (changed === null) return ended({ status: "completed", ...run.input.stage.closing });
      if (outdated) return { status: "outdated" };
      voided = changed;
    }
  };
}

/** Whether what is about to be shown was made from what has changed since. */
const isOutdated = (run: StageRun, look: number): Promise<boolean> =>
  run.steps.attempt(
    { name: `${run.input.scope}/look/${look}` },
    async () => (await changedAmong(run.ports, run.input.holds)).length > 0,
  );

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
  await emit(run, `gate/${round}/opened`, {
    type: "gate-opened",
    stage,
    round,
    digest,
    prompt,
    ...(gate.measures === undefined ? {} : { measures: gate.measures }),
  });
  const decision = await run.steps.wait<Decision>({
    name: `${run.input.scope}/gate/${round}`,
    kind: "gate",
    token: digest,
    info: gate,
  });
  const { by, at, kind, reason, changes } = decision;
  const ratings = decision.ratings === undefined ? {} : { ratings: decision.ratings };
  await audit(run, gate, {
    id: "decided",
    action: kind,
    at,
    actor: by,
    details: { reason, changes, ...ratings },
  });
  const place = `gate ${round} of ${stage}`;
  if (changes !== null) run.words.push({ by, at: place, text: changes });
  else if (kind === "approve" && reason !== null) run.words.push({ by, at: place, text: reason });
  await emit(run, `gate/${round}/decided`, {
    type: "gate-decided",
    stage,
    round,
    decision: kind,
    by,
    digest,
    ...(reason === null ? {} : { reason }),
    ...ratings,
  });
  return decision;
}

/** Apply a person's changes: edited files as they are, words through the synthesizer and QA. */
async function revise(
  run: StageRun,
  request: GateRequest,
  { round, decision }: { readonly round: number; readonly decision: Decision },
): Promise<GateRequest> {
  const edits = decision.edits ?? {};
  const { by, changes } = decision;
  if (changes === null) {
    const draft = await withEdits(run, request, {
      key: `gate-${round}`,
      round,
      edits,
      notice: `Edited by ${by}; the checks ran again, QA did not.`,
    });
    return { ...request, draft };
  }
  const { review, decided } = decideConflicts(
    { review: request.review, decided: request.decided ?? [] },
    { by, text: run.ports.redact(changes) },
  );
  const previous = { ...request.draft.artifacts, ...edits };
  const asked = { ...request, review, decided };
  return { ...asked, draft: await prepareDraft(run, { ...asked, rework: [changes], previous }) };
}
