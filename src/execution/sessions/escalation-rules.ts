import type { ConcernKind } from "../../core/session-event.ts";
import { DECISION_RULES, SESSION_RULES } from "../../schedule/strategy/coordination/rules.ts";

/** Who is told of something that stays unsettled, and when. */
export interface EscalationStep {
  /** Minutes after it began; 0 is at once. */
  readonly after: number;
  /** A role of S3's decision hierarchy. */
  readonly to: string;
  /** S3's word for it. */
  readonly rule: string;
  /** Only where what is held up is on the critical path. */
  readonly only?: "critical";
}

export type EscalationRules = Readonly<Record<ConcernKind, readonly EscalationStep[]>>;

const { escalation, conflictResolution } = SESSION_RULES;
const { types } = DECISION_RULES;

/** What S3 escalates by a time of its own, by its word. */
const byTime = (concern: string): readonly EscalationStep[] =>
  DECISION_RULES.escalation.flatMap(({ concern: rule, after, to }) =>
    rule === concern && after !== undefined ? [{ after, to, rule }] : [],
  );

/**
 * S3 `escalation_thresholds` (2 hours, 4 hours, immediate) with the roles of its `decision_types`, and of its `escalation_criteria` those that
 * a run can see: a conflict is a technical one that goes on to the architect, and what holds up the critical path is an impact on the timeline.
 */
export const ESCALATION_RULES: EscalationRules = {
  conflict: [
    {
      after: escalation.conflictTimeout,
      // `escalation_to_orchestrator`
      to: conflictResolution.slice("escalation_to_".length),
      rule: "conflict_timeout",
    },
    ...byTime("technical_conflicts"),
  ],
  dependency: [
    { after: escalation.dependencyBlocking, to: types.coordination, rule: "dependency_blocking" },
    ...DECISION_RULES.escalation
      .filter(({ when }) => when === "affects_critical_path")
      .map(({ concern, to }) => ({
        after: escalation.dependencyBlocking,
        to,
        rule: concern,
        only: "critical" as const,
      })),
  ],
  quality: [
    { after: escalation.qualityGateFailure, to: types.quality, rule: "quality_gate_failure" },
  ],
};
