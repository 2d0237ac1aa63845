import type { Json } from "../core/json.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { measureProposal } from "../stage/measures/measure-proposal.ts";
import { gateQuestions } from "./gate-questions.ts";
import { qualityFigures } from "../stage/checks/quality-figures.ts";
import { figuresOf as budgetFigures, standingOf } from "../stage/budget/standing.ts";
import type { FileState, GateFigures, GateInfo, Proposed } from "../stage/records.ts";
import { issuesIn } from "../stage/count-issues.ts";
import type { ReviewSummary } from "../stage/contracts/leading.ts";
import { changedAmong, type Changed } from "./held-files.ts";
import type { GateRequest } from "./pass-gate.ts";
import type { Draft } from "./prepare-draft.ts";
import { emit, type StageInput, type StageRun } from "./stage-run.ts";

export interface Proposal extends GateRequest {
  readonly round: number;
  /** What changed under the gate and voided the last approval. */
  readonly voided: string | null;
  /** Digests of what was approved before, by name, where the gate asks again. */
  readonly approved?: { readonly [name: string]: string };
}

/**
 * Keep the artifacts by hash, put them where a person can read them, and make the manifest whose SHA-256 a decision
 * must name: the round, the spec, every artifact, and every file that approval would replace.
 */
export async function propose(run: StageRun, proposal: Proposal): Promise<GateInfo> {
  const { stage } = run.input;
  const { round } = proposal;
  const kept = await run.steps.attempt({ name: `${run.input.scope}/propose/${round}` }, () =>
    keep(run, proposal),
  );
  for (const artifact of kept.artifacts)
    await emit(run, `proposed/${round}/${artifact.name}`, {
      type: "artifact-proposed",
      stage: stage.name,
      name: artifact.name,
      digest: artifact.digest,
      bytes: artifact.bytes,
    });
  const { prompt, strict } = stage.gate;
  return { stage: stage.name, round, prompt, ...(strict === true && { strict }), ...kept };
}

type Kept = Pick<
  GateInfo,
  | "digest"
  | "artifacts"
  | "figures"
  | "folder"
  | "subjectDigest"
  | "inputs"
  | "notice"
  | "measures"
  | "cost"
>;

async function keep(run: StageRun, proposal: Proposal): Promise<Kept> {
  const { input, ports, steps } = run;
  const figures = figuresOf(run, proposal);
  const place = `proposal/${input.scope}-${proposal.round}`;
  const artifacts = await keepArtifacts(run, proposal, place);
  const subjectDigest = (await ports.files.read(input.subject.path))?.digest ?? null;
  const changed = await changedAmong(ports, input.holds);
  const inputs = await statesOf(run);
  const notice = noticeOf(input, proposal, changed);
  const review = JSON.stringify(proposal.review, undefined, 2);
  const manifest: Json = {
    run: steps.runId,
    stage: input.stage.name,
    round: proposal.round,
    subject: { path: input.subject.path, planned: input.subject.digest, now: subjectDigest },
    inputs,
    prompt: input.stage.gate.prompt,
    notice,
    review: (await ports.artifacts.put("review.json", ports.redact(review))).digest,
    artifacts,
    figures,
  };
  const { digest } = await ports.artifacts.put("manifest.json", JSON.stringify(manifest));
  await ports.artifacts.writeRunFile(
    steps.runId,
    `review-${input.scope}-${proposal.round}.json`,
    `${review}\n`,
  );
  const spec = parseSpec(input.subject.path, input.subject.content);
  const measures = measureProposal(figures, {
    spec,
    stage: input.stage,
    artifacts: proposal.draft.artifacts,
  });
  const ledger = await ports.ledgers.read(steps.runId);
  const cost = ledger.calls.length > 0 ? { cost: budgetFigures(standingOf(ledger)[0]) } : {};
  return {
    digest,
    artifacts,
    figures,
    folder: place,
    subjectDigest,
    inputs,
    notice,
    measures,
    ...cost,
  };
}

/** The artifacts by hash, and where a person can read them. */
async function keepArtifacts(
  { input, ports, steps }: StageRun,
  proposal: Proposal,
  place: string,
): Promise<readonly Proposed[]> {
  const artifacts: Proposed[] = [];
  for (const [name, text] of Object.entries(proposal.draft.artifacts)) {
    const content = ports.redact(text);
    const { digest, bytes } = await ports.artifacts.put(name, content);
    await ports.artifacts.writeRunFile(steps.runId, `${place}/${name}`, content);
    const target = input.target === "" ? name : `${input.target}/${name}`;
    const existing = await ports.files.read(target);
    const approved = proposal.approved?.[name];
    artifacts.push({
      name,
      digest,
      bytes,
      target,
      replaces: existing?.digest ?? null,
      ...(approved !== undefined && { approved }),
    });
  }
  return artifacts;
}

function figuresOf(
  run: StageRun,
  { analyses, review, draft, decided = [] }: Proposal,
): GateFigures {
  const { subject } = run.input;
  const quality = qualityFigures({
    spec: parseSpec(subject.path, subject.content),
    stage: run.input.stage,
    artifacts: draft.artifacts,
    analyses: Object.fromEntries([...analyses].map(([role, result]) => [role, result.value])),
  });
  const questions = gateQuestions(review, draft);
  return {
    ...quality,
    qualityScore: review.quality_score,
    ...verdictOf(review, draft),
    conflicts: review.conflicts.length,
    escalated: review.conflicts
      .filter((conflict) => conflict.fate === "escalated")
      .map((conflict) => `${conflict.id} ${conflict.topic}`),
    ...(decided.length > 0 && { decided }),
    openQuestions: questions.open,
    resolvedQuestions: questions.resolved,
    openRework: [...draft.qa.rework, ...draft.notDone],
    failedChecks: draft.checks
      .filter((check) => !check.passed)
      .map((check) => `${check.title}: ${check.findings.join("; ")}`),
    signedOff: draft.qa.signed_off,
    qaNotes: draft.qa.notes,
    partial: [...analyses.values()]
      .filter((result) => result.status !== "succeeded")
      .map((result) => `${result.title}: ${result.reason ?? "no result"}`),
    reworkRounds: draft.reworkRounds,
  };
}

/** What review and report recommend; what neither says is left out. */
function verdictOf(review: ReviewSummary, { verdict }: Draft): Partial<GateFigures> {
  const recommendation = verdict?.recommendation ?? review.recommendation;
  const issues = verdict?.issues ?? issuesIn(review);
  return {
    ...(recommendation && { recommendation }),
    ...(review.approval_status && { approvalStatus: review.approval_status }),
    ...(issues && { issues }),
  };
}

/** The files that the stage holds on to besides the specification, as they are now. */
const statesOf = (run: StageRun): Promise<readonly FileState[]> =>
  Promise.all(
    run.input.holds
      .filter(({ path }) => path !== run.input.subject.path)
      .map(async ({ path }) => ({
        path,
        digest: (await run.ports.files.read(path))?.digest ?? null,
      })),
  );

/** What a person must know before deciding: it is true of every round, not only of the one after it happened. */
function noticeOf(
  { stage }: StageInput,
  { voided }: Proposal,
  changed: readonly Changed[],
): string | null {
  const all = [
    ...(voided === null ? [] : [voided]),
    ...changed.map(({ path, now }) =>
      now === null
        ? `${path} is gone; what is shown was made from its text when ${stage.name} began.`
        : `${path} changed since ${stage.name} began; what is shown was made from the earlier text. Cancel and start a new run to use the new one.`,
    ),
  ];
  return all.length === 0 ? null : all.join(" ");
}
