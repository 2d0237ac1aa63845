import type { Steps, Workflow } from "../ports/engine.ts";
import type { ReviewSummary } from "../stage/contracts/leading.ts";
import { reviewSummary } from "../stage/contracts/leading.ts";
import type { StageOutcome } from "../stage/records.ts";
import { analysisInputs, fillRoles, type Analyses } from "./fill-roles.ts";
import { passGate } from "./pass-gate.ts";
import { prepareDraft } from "./prepare-draft.ts";
import { createRunRole } from "./run-role.ts";
import type { StagePorts } from "./stage-ports.ts";
import {
  askLead,
  documents,
  emit,
  hold,
  holdingSteps,
  restartClock,
  type StageInput,
  type StageRun,
} from "./stage-run.ts";

/** Specialists in parallel → quorum → review → synthesis → QA → gate (ST-01): the whole stage, top to bottom. */
export function createRunStage(ports: StagePorts): {
  readonly runStage: Workflow<StageInput, StageOutcome>;
  readonly runRole: ReturnType<typeof createRunRole>;
} {
  const runRole = createRunRole(ports);
  const runStage: Workflow<StageInput, StageOutcome> = {
    name: "run-stage",
    async run(input, plainSteps) {
      const steps: Steps = holdingSteps(plainSteps, () => run);
      const run: StageRun = { input, ports, steps, runRole, deadlineAt: 0, asked: new Map() };
      await start(run, steps);
      const analyses = await fillRoles(run);
      const review = await reviewAnalyses(run, analyses);
      const draft = await prepareDraft(run, { analyses, review, rework: [], previous: {} });
      const outcome = await passGate(run, { analyses, review, draft });
      await emit(run, "finished", {
        type: "run-finished",
        status: outcome.status,
        message: outcome.message,
      });
      return outcome;
    },
  };
  return { runStage, runRole };
}

async function start(run: StageRun, steps: Steps): Promise<void> {
  const { stage, subject } = run.input;
  await steps.emit("run-started", {
    type: "run-started",
    workflow: "run-stage",
    subject: subject.path,
    digest: subject.digest,
  });
  await restartClock(run, "start");
  await emit(run, "started", {
    type: "stage-started",
    stage: stage.name,
    roles: stage.roles.map((role) => role.name),
    concurrency: stage.concurrency,
    profile: stage.profile,
  });
}

/** One reviewer reconciles (ST-08). A critical conflict that it could not reconcile stops the stage. */
async function reviewAnalyses(run: StageRun, analyses: Analyses): Promise<ReviewSummary> {
  const { stage } = run.input;
  const inputs = { ...documents(run), ...analysisInputs(analyses) };
  for (let turn = 1; ; turn++) {
    const answer = await askLead(run, "review", stage.reviewer, inputs);
    const review = reviewSummary.parse(answer.value).review_summary;
    const escalated = review.conflicts.filter((conflict) => conflict.fate === "escalated");
    await emit(run, `review/${turn}`, {
      type: "review-finished",
      stage: stage.name,
      qualityScore: review.quality_score,
      conflicts: review.conflicts.length,
      escalated: escalated.length,
      gaps: review.gaps.length,
      openQuestions: review.open_questions.length,
    });
    const critical = escalated.filter((conflict) => conflict.severity === "critical");
    if (critical.length === 0) return review;
    await hold(run, `review-${turn}`, {
      code: "STAGE_CRITICAL_CONFLICT",
      reason: `${critical.length} critical ${critical.length === 1 ? "conflict needs" : "conflicts need"} a person before anything can be written.`,
      failures: critical.map((conflict) => `${conflict.id} ${conflict.topic}`),
    });
  }
}
