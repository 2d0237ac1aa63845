import type { Person, Team } from "../../project/team.ts";
import type { Assignment } from "../../strategy/assignments.ts";
import type { PlanQuality } from "../../strategy/plan-quality.ts";
import { counted, durationText, percentText } from "../amounts.ts";
import type { Writing } from "../writing.ts";
import type { ExecutionPlanFile } from "./execution-plan-schema.ts";
import { S3_FILES } from "./files.ts";
import { headOf } from "./head.ts";
import { measuredText } from "./measured-text.ts";

export function writeExecutionPlan(writing: Writing): ExecutionPlanFile {
  const { strategy } = writing;
  const { project } = strategy;
  return {
    ...headOf(writing),
    project_context: contextOf(writing),
    resource_analysis: {
      available_teams: project.teams.map((team) => teamOf(team, writing)),
      infrastructure_capacity: Object.fromEntries(
        project.resources
          .filter(({ kind }) => kind !== "file")
          .map((each) => [each.id, each.capacity]),
      ),
      resource_constraints: strategy.constraints.map(
        ({ resource, source, type, description, impact, observed, mitigation }) => ({
          resource,
          source,
          constraint_type: type,
          description,
          impact,
          observed,
          mitigation,
        }),
      ),
      capacity_buffer: percentText(strategy.workload.buffer.share),
      team_assignments: strategy.assignments.map(assignmentOf),
    },
    critical_chain: strategy.critical.chain.steps.map(({ id }) => ({
      id,
      title: titleOf(id, writing),
    })),
    quality_metrics: metricsOf(strategy.planQuality),
    files: {
      wave_schedules: S3_FILES.waveSchedules,
      coordination_protocols: S3_FILES.coordinationProtocols,
      risk_mitigation_plan: S3_FILES.riskMitigationPlan,
      monitoring_config: S3_FILES.monitoringConfig,
    },
  };
}

function contextOf({ strategy, dates }: Writing): ExecutionPlanFile["project_context"] {
  const { project, schedule, efficiency, dayMinutes, waves } = strategy;
  return {
    project_name: project.name,
    total_phases: waves.reduce((sum, { units }) => sum + units.length, 0),
    total_activities: project.activities.length,
    start_date: dates.day(schedule.start),
    end_date: dates.day(schedule.end),
    time_zone: project.zone,
    total_estimated_duration: durationText(efficiency.sequential, dayMinutes),
    parallel_estimated_duration: durationText(efficiency.parallel, dayMinutes),
    time_savings_percentage: percentText(efficiency.percent / 100),
    sequential_minutes: efficiency.sequential,
    parallel_minutes: efficiency.parallel,
    lower_bound_minutes: schedule.bound,
    proved_optimal: schedule.effort.proved,
  };
}

function teamOf(
  team: Team,
  { strategy }: Writing,
): ExecutionPlanFile["resource_analysis"]["available_teams"][number] {
  const load = strategy.workload.teams.find(({ id }) => id === team.id);
  const share = meanAvailability(team.people);
  return {
    team_id: team.id,
    team_size: team.people.length,
    key_skills: [...new Set(team.people.flatMap(({ skills }) => skills.map(({ skill }) => skill)))],
    availability: percentText(share),
    capacity:
      team.kind === "agents"
        ? counted(team.concurrent ?? team.people.length, "session")
        : `${Math.round((share * strategy.dayMinutes * 5) / 6) / 10} hours/week per person`,
    utilisation: percentText(load?.used ?? 0),
  };
}

const meanAvailability = (people: readonly Person[]): number =>
  people.length === 0
    ? 0
    : people.reduce((sum, { availability }) => sum + availability, 0) / people.length;

const assignmentOf = ({ activity, team, people, reasons, scores }: Assignment) => ({
  activity_id: activity,
  team_assignment: team,
  people: [...people],
  reasons: [...reasons],
  skill_match_score: scores.skillMatch,
  availability: scores.availability,
  learning_curve: scores.learning,
  collaboration_history: scores.history,
});

const metricsOf = (quality: PlanQuality) =>
  [
    quality.completeness,
    quality.optimisation,
    quality.feasibility,
    quality.riskCoverage,
    quality.coordinationDesign,
  ].map((metric) => ({
    metric_name: metric.name,
    value: measuredText(metric, metric.value),
    level: metric.level,
    evidence: metric.evidence,
  }));

function titleOf(id: string, { strategy: { project } }: Writing): string {
  const all = [...project.activities, ...project.syncPoints];
  return all.find((each) => each.id === id)?.title ?? id;
}
