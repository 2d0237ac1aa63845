import type { Json } from "../core/json.ts";
import { parseSpec } from "../spec/parse-spec.ts";
import { qualityFigures } from "../stage/checks/quality-figures.ts";
import type { GateFigures, GateInfo, Proposed } from "../stage/records.ts";
import type { GateRequest } from "./pass-gate.ts";
import { emit, type StageRun } from "./stage-run.ts";

export interface Proposal extends GateRequest {
  readonly round: number;
  /** What changed under the gate since it was last asked. */
  readonly notice: string | null;
}

/**
 * Keep the artifacts by hash, put them where a person can read them, and make the manifest whose SHA-256 a decision
 * must name: the round, the spec, every artifact, and every file that approval would replace.
 */
export async function propose(run: StageRun, proposal: Proposal): Promise<GateInfo> {
  const { stage } = run.input;
  const { round, notice } = proposal;
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
  return { stage: stage.name, round, prompt: stage.gate.prompt, notice, ...kept };
}

type Kept = Pick<GateInfo, "digest" | "artifacts" | "figures" | "folder" | "subjectDigest">;

async function keep(run: StageRun, proposal: Proposal): Promise<Kept> {
  const { input, ports, steps } = run;
  const figures = figuresOf(run, proposal);
  const place = `proposal/${input.scope}-${proposal.round}`;
  const artifacts: Proposed[] = [];
  for (const [name, text] of Object.entries(proposal.draft.artifacts)) {
    const content = ports.redact(text);
    const { digest, bytes } = await ports.artifacts.put(name, content);
    await ports.artifacts.writeRunFile(steps.runId, `${place}/${name}`, content);
    const target = input.target === "" ? name : `${input.target}/${name}`;
    const existing = await ports.files.read(target);
    artifacts.push({ name, digest, bytes, target, replaces: existing?.digest ?? null });
  }
  const subjectDigest = (await ports.files.read(input.subject.path))?.digest ?? null;
  const manifest: Json = {
    run: steps.runId,
    stage: input.stage.name,
    round: proposal.round,
    subject: { path: input.subject.path, planned: input.subject.digest, now: subjectDigest },
    artifacts,
    figures,
  };
  const { digest } = await ports.artifacts.put("manifest.json", JSON.stringify(manifest));
  const folder = await ports.artifacts.runFolder(steps.runId, place);
  await ports.artifacts.writeRunFile(
    steps.runId,
    `review-${input.scope}-${proposal.round}.json`,
    `${JSON.stringify(proposal.review, undefined, 2)}\n`,
  );
  return { digest, artifacts, figures, folder, subjectDigest };
}

function figuresOf(run: StageRun, { analyses, review, draft }: Proposal): GateFigures {
  const { subject } = run.input;
  const quality = qualityFigures({
    spec: parseSpec(subject.path, subject.content),
    stage: run.input.stage,
    artifacts: draft.artifacts,
    analyses: Object.fromEntries([...analyses].map(([role, result]) => [role, result.value])),
  });
  return {
    ...quality,
    qualityScore: review.quality_score,
    conflicts: review.conflicts.length,
    escalated: review.conflicts
      .filter((conflict) => conflict.fate === "escalated")
      .map((conflict) => `${conflict.id} ${conflict.topic}`),
    openQuestions: draft.qa.remaining_questions,
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
