import type { DecisionRules, SessionRules } from "./coordination.ts";

/** S3 `session_coordination`, its values. */
export const SESSION_RULES: SessionRules = {
  strategy: "coordinated_parallel",
  idFormat: "session_[3_digit_number]",
  stateLocation: ".claude/state/projects/[project]/sessions/",
  lifecycle: ["created", "active", "coordinating", "completed", "archived"],
  syncEvery: 5,
  protocol: "structured_json_messaging",
  messageTypes: ["coordination", "status", "conflict", "sync_request"],
  frequency: "real_time_for_conflicts_daily_for_status",
  escalation: { conflictTimeout: 120, dependencyBlocking: 240, qualityGateFailure: 0 },
  syncMechanisms: ["file_based_state", "coordination_checkpoints"],
  conflictDetection: "automated_file_monitoring",
  conflictResolution: "escalation_to_orchestrator",
  backup: "before_major_transitions",
};

/** S3 `decision_making`, its values; to whom each goes is by its `decision_types`. */
export const DECISION_RULES: DecisionRules = {
  hierarchy: ["team_lead", "architect", "orchestrator", "project_manager"],
  types: {
    technical: "architect",
    coordination: "orchestrator",
    resource: "project_manager",
    quality: "architect",
  },
  escalation: [
    {
      concern: "technical_conflicts",
      when: "unresolved_after_4_hours",
      after: 240,
      to: "architect",
    },
    { concern: "resource_conflicts", when: "affects_multiple_teams", to: "project_manager" },
    { concern: "timeline_impacts", when: "affects_critical_path", to: "project_manager" },
  ],
  source: "S3 decision_making",
};
