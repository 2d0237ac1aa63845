import { writeDuration } from "../../core/duration.ts";
import type { Json } from "../../core/json.ts";
import type { RoleSpec, StageSpec } from "../stage-spec.ts";
import { budgetAsOptions } from "./budget-options.ts";
import { isBuiltIn } from "./own-stage.ts";

type Group = { readonly [key: string]: Json };

/**
 * A stage as the configuration would have to say it, whole: the inverse of `resolveStage`. What can't be set, because a
 * built-in stage brings it, is left out.
 */
export const stageAsOptions = (stage: StageSpec, reviewers: readonly string[] | null): Group => ({
  ...(isBuiltIn(stage.name) ? {} : documentsOf(stage)),
  ...(stage.name === "review" && demanded(stage)),
  profile: stage.profile,
  concurrency: stage.concurrency,
  quorum: { ...stage.quorum, required: [...stage.quorum.required] },
  retry: {
    retries: stage.retry.retries,
    initial: writeDuration(stage.retry.initialMs),
    max: writeDuration(stage.retry.maxMs),
  },
  "sequential-second-try": stage.sequentialSecondTry,
  "synthesis-iterations": stage.synthesisIterations,
  ...(stage.implementation !== undefined && { implementation: stage.implementation }),
  "rework-rounds": stage.reworkRounds,
  ...(stage.budget && { budget: budgetAsOptions(stage.budget) }),
  cache: stage.cache,
  "cache-ttl": {
    agent: writeDuration(stage.cacheTtls.analysis),
    review: writeDuration(stage.cacheTtls.review),
    synthesis: writeDuration(stage.cacheTtls.synthesis),
    qa: writeDuration(stage.cacheTtls.qa),
  },
  timeouts: {
    agent: writeDuration(stage.timeouts.agentMs),
    stall: writeDuration(stage.timeouts.stallMs),
    review: writeDuration(stage.timeouts.reviewMs),
    synthesis: writeDuration(stage.timeouts.synthesisMs),
    qa: writeDuration(stage.timeouts.qaMs),
    stage: writeDuration(stage.timeouts.stageMs),
  },
  gate: { prompt: stage.gate.prompt, reviewers: reviewers && [...reviewers] },
  roles: Object.fromEntries(stage.roles.map((role) => [role.name, specialist(role)])),
  reviewer: playing(stage.reviewer),
  synthesizer: playing(stage.synthesizer),
  qa: playing(stage.qa),
});

/** What quality review does only when it is asked to. */
const demanded = ({ audit = false, artifacts }: StageSpec): Group => ({
  audit,
  artifacts: artifacts.filter(({ onDemand }) => onDemand).map(({ name }) => name),
});

const documentsOf = ({ title, artifacts, checks, reads, requires, closing }: StageSpec): Group => ({
  title,
  artifacts: artifacts.map(({ name, required, sections }) => ({
    name,
    required,
    sections: [...sections],
  })),
  checks,
  reads: [...reads],
  requires: requires.map(({ name, approvedBy, or }) => ({
    name,
    ...(approvedBy !== null && { "approved-by": approvedBy }),
    ...(or.length > 0 && { or: [...or] }),
  })),
  closing: { message: closing.message, "next-steps": [...closing.nextSteps] },
});

const playing = ({
  agent,
  fallback,
  prompt,
  size,
  timeoutMs,
  stallMs,
  budget,
}: RoleSpec): Group => ({
  agent,
  ...(fallback !== undefined && { fallback }),
  prompt,
  size,
  ...(timeoutMs !== undefined && { timeout: writeDuration(timeoutMs) }),
  ...(stallMs !== undefined && { stall: writeDuration(stallMs) }),
  ...(budget && { budget: budgetAsOptions(budget) }),
});

const specialist = (role: RoleSpec): Group => ({
  title: role.title,
  ...playing(role),
  contract: role.contract,
  needs: [...role.needs],
  ...(role.concurrency !== undefined && { concurrency: role.concurrency }),
});
