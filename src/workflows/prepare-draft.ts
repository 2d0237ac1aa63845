import type { z } from "zod";
import type { RunEvent } from "../core/event.ts";
import type { CheckResult } from "../stage/checks/check-result.ts";
import { ratingsBy } from "../stage/judged.ts";
import {
  qaReport,
  synthesis,
  type QaReport,
  type ReviewSummary,
} from "../stage/contracts/leading.ts";
import { checkDraft, type ArtifactTexts } from "./check-draft.ts";
import { analysisInputs, type Analyses } from "./fill-roles.ts";
import { askLead } from "./ask-lead.ts";
import { documents, emit, type StageRun } from "./stage-run.ts";

/** What synthesis and QA made, ready to be shown at the gate. */
export interface Draft {
  readonly artifacts: ArtifactTexts;
  readonly checks: readonly CheckResult[];
  readonly qa: QaVerdict;
  /** Changes asked for that the synthesizer says it did not make. */
  readonly notDone: readonly string[];
  /** What the synthesizer's report recommends, where it says so. */
  readonly verdict?: Verdict;
  /** Rounds of rework that QA asked for. */
  readonly reworkRounds: number;
}

/** What QA said last. `signed_off` is false too where a check failed, rework is open, or nobody asked QA. */
export type QaVerdict = Pick<
  QaReport,
  "signed_off" | "remaining_questions" | "resolved_questions" | "notes" | "rework"
>;

type Verdict = NonNullable<z.infer<typeof synthesis>["verdict"]>;

export interface DraftRequest {
  readonly analyses: Analyses;
  readonly review: ReviewSummary;
  /** What a person or QA wants changed. */
  readonly rework: readonly string[];
  /** The artifacts to change; empty the first time. */
  readonly previous: ArtifactTexts;
}

/**
 * Write the artifacts, check them in code, and let QA look (ST-09, ST-10). QA may ask for rework a bounded number of
 * times; what is still open then is shown at the gate, never hidden.
 */
export async function prepareDraft(run: StageRun, request: DraftRequest): Promise<Draft> {
  const { stage } = run.input;
  let { rework, previous } = request;
  for (let round = 0; ; round++) {
    const { written, ...said } =
      round === 0 && Object.keys(previous).length === 0
        ? await iterate(run, request)
        : await synthesize(run, { ...request, rework, previous });
    const draft = { ...request, artifacts: written };
    const turn = run.asked.get(stage.synthesizer.name) ?? 0;
    const first = await checkDraft(run, `${turn}/written`, draft);
    const qa = await askQa(run, request, written, first);
    const touches = known(run, qa.final_touches);
    const artifacts = { ...written, ...touches };
    const checks =
      Object.keys(touches).length === 0
        ? first
        : await checkDraft(run, `${turn}/touched`, { ...request, artifacts });
    const failed = checks.filter((check) => !check.passed);
    await emit(run, `checks/${turn}`, {
      ...checksRun(run, turn, checks),
      touched: Object.keys(touches).length,
    });
    const blocking = failed.filter((check) => check.blocking);
    rework = [...new Set([...qa.rework, ...blocking.flatMap((check) => check.findings)])];
    const signedOff = qa.signed_off && rework.length === 0;
    if (rework.length === 0 || round === stage.reworkRounds) {
      await emit(run, `signed-off/${turn}`, {
        type: "stage-signed-off",
        stage: stage.name,
        signedOff,
        notes: qa.notes,
        ratings: ratingsBy("qa", qa.ratings),
      });
      const verdict = { ...qa, signed_off: signedOff };
      return { ...said, artifacts, checks, qa: verdict, reworkRounds: round };
    }
    previous = artifacts;
    await emit(run, `rework/${turn}`, {
      type: "rework-requested",
      stage: stage.name,
      round: round + 1,
      reasons: rework,
    });
  }
}

/**
 * Write as often as the stage says (S0 §7.1, S1 §9.1): each time after the first the synthesizer gets its own draft, the
 * review again, and what the checks find in the draft. A person's or QA's rework is not iterated: it asks for one thing.
 */
async function iterate(run: StageRun, request: DraftRequest): Promise<Written> {
  const { synthesisIterations: of, name, synthesizer } = run.input.stage;
  let draft = await synthesize(run, request);
  for (let iteration = 2; iteration <= of; iteration++) {
    const before = draft.written;
    const turn = run.asked.get(synthesizer.name) ?? 0;
    const checks = await checkDraft(run, `${turn}/draft`, { ...request, artifacts: before });
    const findings = checks.filter(({ passed }) => !passed).flatMap((check) => check.findings);
    draft = await synthesize(run, {
      ...request,
      previous: before,
      iteration: { number: iteration, of, findings },
    });
    const { written } = draft;
    const changed = Object.keys(written).filter((file) => written[file] !== before[file]);
    await emit(run, `iterated/${turn + 1}`, {
      type: "draft-iterated",
      stage: name,
      iteration,
      of,
      changed,
      findings: findings.length,
    });
  }
  return draft;
}

export function checksRun(
  run: StageRun,
  round: number,
  checks: readonly CheckResult[],
): Extract<RunEvent, { readonly type: "checks-run" }> {
  const failed = checks.filter((check) => !check.passed);
  return {
    type: "checks-run",
    stage: run.input.stage.name,
    round,
    passed: checks.length - failed.length,
    failed: failed.map((check) => check.title),
  };
}

interface Iteration {
  readonly number: number;
  readonly of: number;
  /** Of the checks, on the draft before. */
  readonly findings: readonly string[];
}

type Written = Pick<Draft, "notDone" | "verdict"> & { readonly written: ArtifactTexts };

async function synthesize(
  run: StageRun,
  request: DraftRequest & { readonly iteration?: Iteration },
): Promise<Written> {
  const answer = await askLead(run, "synthesis", run.input.stage.synthesizer, {
    ...documents(run),
    ...analysisInputs(request.analyses),
    "review.json": JSON.stringify({ review_summary: request.review }),
    ...(request.rework.length > 0 ? { "rework.json": JSON.stringify(request.rework) } : {}),
    ...(request.iteration ? { "iteration.json": JSON.stringify(request.iteration) } : {}),
    ...Object.fromEntries(
      Object.entries(request.previous).map(([name, text]) => [`previous/${name}`, text]),
    ),
  });
  const { artifacts, not_done: notDone, verdict } = synthesis.parse(answer.value);
  return {
    written: { ...request.previous, ...known(run, artifacts) },
    notDone,
    ...(verdict && { verdict }),
  };
}

async function askQa(
  run: StageRun,
  request: DraftRequest,
  artifacts: ArtifactTexts,
  checks: readonly CheckResult[],
): Promise<QaReport> {
  const answer = await askLead(run, "qa", run.input.stage.qa, {
    ...documents(run),
    ...Object.fromEntries(
      Object.entries(artifacts).map(([name, text]) => [`artifacts/${name}`, text]),
    ),
    "review.json": JSON.stringify({ review_summary: request.review }),
    "checks.json": JSON.stringify(checks),
  });
  return qaReport.parse(answer.value).qa_report;
}

/** Only artifacts that the stage's contract names are taken; an agent cannot add files of its own. */
const known = (run: StageRun, artifacts: ArtifactTexts): ArtifactTexts =>
  Object.fromEntries(
    run.input.stage.artifacts.flatMap(({ name }) => {
      const text = artifacts[name];
      return text === undefined ? [] : [[name, text.endsWith("\n") ? text : `${text}\n`]];
    }),
  );
