/** Each field of S3's JSON, by its path, and where a strategy has it. `[]` is each element of a list. */
import type { Strategy } from "../../../../src/schedule/strategy/strategy.ts";

type Read = (told: Strategy) => unknown;
type Fields<T> = Readonly<Record<string, (each: T) => unknown>>;

const each = <T>(
  at: string,
  list: (told: Strategy) => readonly T[],
  fields: Fields<T>,
): [string, Read][] =>
  Object.entries(fields).map(([field, read]) => [
    `${at}[].${field}`,
    (told) => list(told).map((one) => read(one)),
  ]);
const fields = (at: string, read: Fields<Strategy>): [string, Read][] =>
  Object.entries(read).map(([field, value]) => [`${at}.${field}`, value]);

const capacity: Read = ({ project }) => project.resources.map((resource) => resource.capacity);
/** Known to who writes the file: what was read, and when. */
const written: Read = () => "written";

export const S3_FIELDS: ReadonlyMap<string, Read> = new Map([
  ["execution_plan_id", written],
  ["dependency_analysis_source", written],
  ["planning_date", written],
  ...fields("project_context", {
    project_name: ({ project }) => project.name,
    total_phases: ({ project }) => project.groups.length,
    total_estimated_duration: ({ efficiency }) => efficiency.sequential,
    parallel_estimated_duration: ({ efficiency }) => efficiency.parallel,
    time_savings_percentage: ({ efficiency }) => efficiency.percent,
  }),
  ...each("resource_analysis.available_teams", ({ project }) => project.teams, {
    team_id: ({ id }) => id,
    team_size: ({ people }) => people.length,
    key_skills: ({ people }) => people.flatMap(({ skills }) => skills),
    availability: ({ people }) => people.map(({ availability }) => availability),
  }),
  ...each("resource_analysis.available_teams", ({ workload }) => workload.teams, {
    capacity: ({ available }) => available,
  }),
  ...fields("resource_analysis.infrastructure_capacity", {
    development_environments: capacity,
    testing_environments: capacity,
    ci_cd_capacity: capacity,
    monitoring_capacity: capacity,
  }),
  ...each("resource_analysis.resource_constraints", ({ constraints }) => constraints, {
    constraint_type: ({ type }) => type,
    description: ({ description }) => description,
    impact: ({ impact }) => impact,
    mitigation: ({ mitigation }) => mitigation,
  }),
  ...fields("wave_execution_plan", {
    total_waves: ({ waves }) => waves.length,
    parallel_efficiency: ({ efficiency }) => efficiency.percent,
    coordination_overhead: ({ efficiency }) => efficiency.overhead,
  }),
  ...each("wave_execution_plan.waves", ({ waves }) => waves, {
    wave_number: ({ number }) => number,
    wave_name: ({ name }) => name,
    duration: ({ minutes }) => minutes,
    start_date: ({ start }) => start.instant,
    end_date: ({ end }) => end.instant,
    max_concurrent_sessions: ({ maxConcurrent }) => maxConcurrent,
    wave_success_criteria: ({ successCriteria }) => successCriteria,
    blocking_factors: ({ blockingFactors }) => blockingFactors,
    risk_level: ({ risk }) => risk,
  }),
  ...each(
    "wave_execution_plan.waves[].phases",
    ({ waves }) => waves.flatMap(({ units }) => units),
    {
      phase_id: ({ id }) => id,
      session_id: ({ sessions }) => sessions[0],
      team_assignment: ({ teams }) => teams[0],
      estimated_duration: ({ minutes }) => minutes,
      dependencies: ({ dependencies }) => dependencies,
      deliverables: ({ deliverables }) => deliverables[0],
    },
  ),
  ...each(
    "wave_execution_plan.waves[].synchronization_points",
    ({ coordination }) => coordination.syncs,
    {
      name: ({ name }) => name,
      trigger: ({ triggers }) => triggers[0],
      participants: ({ sessions }) => sessions[0],
      duration: ({ minutes }) => minutes,
      success_criteria: ({ criteria }) => criteria[0],
    },
  ),
  ...each(
    "wave_execution_plan.waves[].coordination_requirements",
    ({ coordination }) => coordination.communications,
    {
      type: ({ type }) => type,
      frequency: ({ recurrence }) => recurrence.kind,
      participants: ({ teams }) => teams[0],
      duration: ({ minutes }) => minutes,
    },
  ),
  [
    "session_coordination.multi_agent_strategy",
    ({ coordination }) => coordination.sessionRules.strategy,
  ],
  ...fields("session_coordination.session_management", {
    session_id_format: ({ coordination }) => coordination.sessionRules.idFormat,
    session_state_location: ({ coordination }) => coordination.sessionRules.stateLocation,
    session_lifecycle: ({ coordination }) => coordination.sessionRules.lifecycle,
    state_sync_frequency: ({ coordination }) => coordination.sessionRules.syncEvery,
  }),
  ...fields("session_coordination.inter_agent_communication", {
    communication_protocol: ({ coordination }) => coordination.sessionRules.protocol,
    message_types: ({ coordination }) => coordination.sessionRules.messageTypes,
    communication_frequency: ({ coordination }) => coordination.sessionRules.frequency,
    "escalation_thresholds.conflict_timeout": ({ coordination }) =>
      coordination.sessionRules.escalation.conflictTimeout,
    "escalation_thresholds.dependency_blocking": ({ coordination }) =>
      coordination.sessionRules.escalation.dependencyBlocking,
    "escalation_thresholds.quality_gate_failure": ({ coordination }) =>
      coordination.sessionRules.escalation.qualityGateFailure,
  }),
  ...fields("session_coordination.state_synchronization", {
    sync_mechanisms: ({ coordination }) => coordination.sessionRules.syncMechanisms,
    conflict_detection: ({ coordination }) => coordination.sessionRules.conflictDetection,
    conflict_resolution: ({ coordination }) => coordination.sessionRules.conflictResolution,
    backup_frequency: ({ coordination }) => coordination.sessionRules.backup,
  }),
  ...each(
    "coordination_protocols.synchronization_points",
    ({ coordination }) => coordination.syncs,
    {
      sync_point_id: ({ id }) => id,
      name: ({ name }) => name,
      trigger_conditions: ({ triggers }) => triggers[0],
      participants: ({ participants }) => participants[0],
      duration: ({ minutes }) => minutes,
      preparation_requirements: ({ preparation }) => preparation[0],
      success_criteria: ({ criteria }) => criteria[0],
      failure_procedures: ({ onFailure }) => onFailure[0],
      deliverables: ({ deliverables }) => deliverables[0],
    },
  ),
  ...each(
    "coordination_protocols.communication_schedule",
    ({ coordination }) => coordination.communications,
    {
      communication_type: ({ type }) => type,
      frequency: ({ recurrence }) => recurrence.kind,
      time: ({ time }) => time,
      duration: ({ minutes }) => minutes,
      participants: ({ teams }) => teams[0],
      agenda: ({ agenda }) => agenda[0],
      escalation_triggers: ({ escalationTriggers }) => escalationTriggers,
      deliverables: ({ deliverables }) => deliverables,
    },
  ),
  ...each(
    "coordination_protocols.communication_schedule",
    ({ coordination }) =>
      coordination.communications.filter(({ type }) => type !== "integration_coordination"),
    {
      decision_authority: ({ decisionAuthority }) => decisionAuthority,
    },
  ),
  ...fields("coordination_protocols.decision_making", {
    decision_hierarchy: ({ coordination }) => coordination.decisions.hierarchy,
    "decision_types.technical_decisions": ({ coordination }) =>
      coordination.decisions.types.technical,
    "decision_types.coordination_decisions": ({ coordination }) =>
      coordination.decisions.types.coordination,
    "decision_types.resource_decisions": ({ coordination }) =>
      coordination.decisions.types.resource,
    "decision_types.quality_decisions": ({ coordination }) => coordination.decisions.types.quality,
    "escalation_criteria.technical_conflicts": ({ coordination }) =>
      coordination.decisions.escalation[0]?.when,
    "escalation_criteria.resource_conflicts": ({ coordination }) =>
      coordination.decisions.escalation[1]?.when,
    "escalation_criteria.timeline_impacts": ({ coordination }) =>
      coordination.decisions.escalation[2]?.when,
  }),
  ...each("risk_management.risk_assessment", ({ risks }) => risks.risks, {
    risk_id: ({ id }) => id,
    risk_name: ({ name }) => name,
    category: ({ category }) => category,
    probability: ({ probability }) => probability.level,
    impact: ({ impact }) => impact.level,
    affected_sessions: ({ affected }) => affected.sessions[0],
    detection_method: ({ detectionMethod }) => detectionMethod,
    early_warning_signs: ({ earlyWarningSigns }) => earlyWarningSigns[0],
    prevention_measures: ({ preventionMeasures }) => preventionMeasures[0],
    response_procedures: ({ responseProcedures }) => responseProcedures[0],
    contingency_plan: ({ contingencyPlan }) => contingencyPlan,
  }),
  ...each("risk_management.mitigation_strategies", ({ risks }) => risks.strategies, {
    strategy_id: ({ id }) => id,
    strategy_name: ({ name }) => name,
    description: ({ description }) => description,
    implementation: ({ implementation }) => implementation[0],
    success_metrics: ({ successMetrics }) => successMetrics[0],
    monitoring: ({ monitoring }) => monitoring,
  }),
  ...each("quality_assurance.quality_gates", ({ quality }) => quality.gates, {
    gate_id: ({ id }) => id,
    gate_name: ({ name }) => name,
    trigger: ({ trigger }) => trigger,
    validation_criteria: ({ criteria }) => criteria[0]?.text,
    approval_required: ({ approvers }) => approvers[0],
    failure_handling: ({ failureHandling }) => failureHandling,
  }),
  ...fields("quality_assurance.testing_coordination", {
    unit_testing: ({ quality }) => quality.testing.unit,
    integration_testing: ({ quality }) => quality.testing.integration,
    system_testing: ({ quality }) => quality.testing.system,
    performance_testing: ({ quality }) => quality.testing.performance,
  }),
  ...fields("quality_assurance.code_review", {
    review_requirements: ({ quality }) => quality.codeReview.requirements,
    cross_team_reviews: ({ quality }) => quality.codeReview.crossTeam,
    architecture_reviews: ({ quality }) => quality.codeReview.architecture,
    review_timelines: ({ quality }) => quality.codeReview.timelines,
  }),
  ...fields("monitoring_and_control.progress_tracking", {
    metrics: ({ monitoring }) => monitoring.progress.metrics,
    reporting_frequency: ({ monitoring }) => monitoring.progress.frequency,
    dashboard_location: ({ monitoring }) => monitoring.progress.dashboard,
    escalation_triggers: ({ monitoring }) => monitoring.progress.escalationTriggers,
  }),
  ...each(
    "monitoring_and_control.performance_metrics",
    ({ monitoring }) => monitoring.performance,
    {
      metric_name: ({ name }) => name,
      calculation: ({ calculation }) => calculation,
      target: ({ thresholds }) => thresholds.target,
      warning_threshold: ({ thresholds }) => thresholds.warning,
      critical_threshold: ({ thresholds }) => thresholds.critical,
    },
  ),
  ...each("monitoring_and_control.control_mechanisms", ({ monitoring }) => monitoring.controls, {
    control_type: ({ type }) => type,
    implementation: ({ implementation }) => implementation,
    response: ({ response }) => response,
  }),
]);
