import type { Steps } from "../ports/engine.ts";
import { reviewSummary, type ReviewSummary } from "../stage/contracts/leading.ts";
import {
  conflictingRoles,
  measureReview,
  reviewRatings,
} from "../stage/measures/measure-review.ts";
import { analysisInputs, fillRoles, type Analyses } from "./fill-roles.ts";
import { openGate, type AskGate } from "./pass-gate.ts";
import { prepareDraft } from "./prepare-draft.ts";
import type { RunRole } from "./run-role.ts";
import type { StagePorts } from "./stage-ports.ts";
import { askLead } from "./ask-lead.ts";
import { hold, holdingSteps } from "./hold.ts";
import {
  documents,
  emit,
  restartClock,
  type PersonsWords,
  type StageInput,
  type StageRun,
} from "./stage-run.ts";

/** What a stage is run with. */
export interface StageContext {
  readonly ports: StagePorts;
  readonly steps: Steps;
  readonly runRole: RunRole;
  /** What people said before the stage began; what they say in it is added. */
  readonly words: PersonsWords[];
  /** Whether other stages of the run build on what it makes. */
  readonly strict: boolean;
  /** Whether anything limits what the run may use. */
  readonly budgeted: boolean;
}

/** A stage that has come to its gate. */
export interface OpenStage {
  readonly input: StageInput;
  readonly ask: AskGate;
  /** All that people said until now, before it and in it. */
  readonly words: readonly PersonsWords[];
}

/** Specialists in parallel → quorum → review → synthesis → QA (ST-01): a whole stage, top to bottom, but for its gate. */
export async function openStage(context: StageContext, input: StageInput): Promise<OpenStage> {
  const { ports, runRole, strict, budgeted, words } = context;
  const steps: Steps = holdingSteps(context.steps, input.scope, (turn, why) =>
    hold(run, turn, why),
  );
  const run: StageRun = {
    input,
    ports,
    steps,
    runRole,
    strict,
    budgeted,
    deadlineAt: 0,
    asked: new Map(),
    words,
    resumed: false,
  };
  await restartClock(run, "start");
  await emit(run, "started", {
    type: "stage-started",
    stage: input.stage.name,
    roles: input.stage.roles.map((role) => role.name),
    concurrency: input.stage.concurrency,
    profile: input.stage.profile,
  });
  for (const { name, reason } of input.skipped)
    await emit(run, `skipped/${name}`, {
      type: "document-skipped",
      stage: input.stage.name,
      name,
      reason,
    });
  const analyses = await fillRoles(run);
  const review = await reviewAnalyses(run, analyses);
  const draft = await prepareDraft(run, { analyses, review, rework: [], previous: {} });
  return { input, words, ask: openGate(run, { analyses, review, draft }) };
}

/** One reviewer reconciles (ST-08). A critical conflict that it could not reconcile stops the stage. */
async function reviewAnalyses(run: StageRun, analyses: Analyses): Promise<ReviewSummary> {
  const { stage } = run.input;
  for (let turn = 1; ; turn++) {
    const inputs = { ...documents(run), ...analysisInputs(analyses) };
    const answer = await askLead(run, "review", stage.reviewer, inputs);
    const { review_summary: review } = reviewSummary.parse(answer.value);
    const escalated = review.conflicts.filter((conflict) => conflict.fate === "escalated");
    await emit(run, `review/${turn}`, {
      type: "review-finished",
      stage: stage.name,
      qualityScore: review.quality_score,
      conflicts: review.conflicts.length,
      escalated: escalated.length,
      gaps: review.gaps.length,
      openQuestions: review.open_questions.length,
      measures: measureReview(review),
      conflicting: conflictingRoles(review, stage.roles),
      ratings: reviewRatings(review, stage.roles),
    });
    const critical = escalated.filter((conflict) => conflict.severity === "critical");
    if (critical.length === 0) return review;
    await hold(run, `review-${turn}`, {
      code: "STAGE_CRITICAL_CONFLICT",
      reason: `${critical.length} critical ${critical.length === 1 ? "conflict needs" : "conflicts need"} a person before anything can be written.`,
      failures: critical.map((conflict) => `${conflict.id} ${conflict.topic}`),
      hint: `Decide, and say it with --note "…"; if the specification has to change, change it, cancel this run and plan again.`,
    });
  }
}
