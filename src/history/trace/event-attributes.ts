import type { RunEvent, Usage } from "../../core/event.ts";
import { failureKind } from "../metrics/agent-metrics.ts";
import type { Attributes, AttributeValue, TraceLog } from "./span.ts";

/**
 * Which fields of events leave the project: names, ids, figures. What people and agents wrote (reasons, notes, summaries,
 * questions, prompts), who decided, and what the cache was asked stay; of a failure only its kind goes.
 */
const TOLD: Readonly<Record<string, string>> = {
  workflow: "wavegate.workflow",
  subject: "wavegate.subject",
  digest: "wavegate.digest",
  stage: "wavegate.stage",
  roles: "wavegate.roles",
  concurrency: "wavegate.concurrency",
  profile: "wavegate.profile",
  role: "wavegate.role",
  agent: "gen_ai.agent.name",
  attempt: "wavegate.attempt",
  round: "wavegate.round",
  outcome: "wavegate.outcome",
  durationMs: "wavegate.duration_ms",
  outputBytes: "wavegate.output_bytes",
  waitMs: "wavegate.wait_ms",
  provider: "gen_ai.provider.name",
  status: "wavegate.status",
  met: "wavegate.quorum.met",
  succeeded: "wavegate.quorum.succeeded",
  missing: "wavegate.quorum.missing",
  qualityScore: "wavegate.review.quality_score",
  conflicts: "wavegate.review.conflicts",
  escalated: "wavegate.review.escalated",
  gaps: "wavegate.review.gaps",
  openQuestions: "wavegate.review.open_questions",
  passed: "wavegate.checks.passed",
  signedOff: "wavegate.signed_off",
  name: "wavegate.artifact",
  path: "wavegate.artifact",
  bytes: "wavegate.artifact.bytes",
  decision: "wavegate.decision",
  code: "wavegate.error.code",
  rule: "wavegate.rule",
  task: "wavegate.task",
  batch: "wavegate.batch",
  workers: "wavegate.workers",
  pattern: "wavegate.pattern",
  changed: "wavegate.changed_files",
  tasks: "wavegate.work.tasks",
  done: "wavegate.work.done",
};

/** What an event says in a trace. */
export function eventAttributes(event: RunEvent): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  for (const [field, value] of Object.entries(event)) {
    const name = TOLD[field];
    if (name !== undefined && isAttribute(value)) attributes[name] = value;
  }
  if ("usage" in event) Object.assign(attributes, usageAttributes(event.usage));
  if (event.type === "task-advanced" && event.reason) attributes["error.type"] = event.reason.kind;
  if (event.type === "task-advanced" && event.question)
    attributes["wavegate.question"] = event.question.kind;
  if (event.type === "agent-finished") {
    if (event.outcome === "failed") attributes["error.type"] = failureKind(event.reason);
    if (event.cache) attributes["wavegate.cache"] = event.cache.outcome;
  }
  if (event.type === "agent-retried") attributes["error.type"] = failureKind(event.reason);
  if (event.type === "provider-slowed") {
    attributes["error.type"] = event.because;
    if (event.to !== null) attributes["wavegate.provider.calls_at_once"] = event.to;
  }
  if (event.type === "checks-run") attributes["wavegate.checks.failed"] = event.failed.length;
  return attributes;
}

/** What the agent did not say is left out: a zero would be a claim. */
const usageAttributes = ({ inputTokens, outputTokens, costUsd }: Usage): Attributes => ({
  ...(inputTokens === "unknown" ? {} : { "gen_ai.usage.input_tokens": inputTokens }),
  ...(outputTokens === "unknown" ? {} : { "gen_ai.usage.output_tokens": outputTokens }),
  ...(costUsd === "unknown" ? {} : { "wavegate.cost_usd": costUsd }),
});

const isAttribute = (value: unknown): value is AttributeValue =>
  ["string", "number", "boolean"].includes(typeof value) ||
  (Array.isArray(value) && value.every((item) => typeof item === "string"));

const ALWAYS: Readonly<Partial<Record<RunEvent["type"], TraceLog["level"]>>> = {
  "stage-held": "error",
  "agent-retried": "warn",
  "provider-slowed": "warn",
  "gate-voided": "warn",
  "stages-voided": "warn",
  "run-taken-over": "warn",
  "rework-requested": "warn",
  "plan-run-held": "warn",
  "plan-refused": "warn",
  "word-refused": "warn",
};

/** How much an event matters to who watches many runs. */
export function levelOf(event: RunEvent): TraceLog["level"] {
  const always = ALWAYS[event.type];
  if (always) return always;
  if (event.type === "run-finished") return event.status === "failed" ? "error" : "info";
  const fine =
    (event.type !== "check-finished" || event.outcome === "passed") &&
    (event.type !== "plan-marked" || event.problem === undefined) &&
    (event.type !== "task-advanced" || !["failed", "conflicted", "asked"].includes(event.event)) &&
    (event.type !== "agent-finished" || event.outcome === "succeeded") &&
    (event.type !== "role-settled" || event.status === "succeeded") &&
    (event.type !== "quorum-tallied" || (event.met && event.missing.length === 0));
  return fine ? "info" : "warn";
}
