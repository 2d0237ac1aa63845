import type {
  Communication,
  Coordination,
  SyncPlan,
} from "../../strategy/coordination/coordination.ts";
import { durationText } from "../amounts.ts";
import type { Writing } from "../writing.ts";
import type { CoordinationProtocolsFile } from "./coordination-protocols-schema.ts";
import { headOf } from "./head.ts";

export function writeCoordinationProtocols(writing: Writing): CoordinationProtocolsFile {
  const { coordination } = writing.strategy;
  const { types, hierarchy, escalation } = coordination.decisions;
  return {
    ...headOf(writing),
    session_coordination: sessionsOf(coordination, writing),
    coordination_protocols: {
      synchronization_points: coordination.syncs.map((sync) => syncOf(sync, writing)),
      communication_schedule: coordination.communications.map((each) =>
        communicationOf(each, writing),
      ),
      decision_making: {
        decision_hierarchy: [...hierarchy],
        decision_types: {
          technical_decisions: types.technical,
          coordination_decisions: types.coordination,
          resource_decisions: types.resource,
          quality_decisions: types.quality,
        },
        escalation_criteria: Object.fromEntries(
          escalation.map(({ concern, when }) => [concern, when]),
        ),
      },
    },
  };
}

function sessionsOf(
  { sessions, sessionRules: rules }: Coordination,
  { dates, strategy: { dayMinutes } }: Writing,
): CoordinationProtocolsFile["session_coordination"] {
  const threshold = (minutes: number) =>
    minutes === 0 ? "immediate" : durationText(minutes, dayMinutes);
  return {
    multi_agent_strategy: rules.strategy,
    session_management: {
      session_id_format: rules.idFormat,
      session_state_location: rules.stateLocation,
      session_lifecycle: [...rules.lifecycle],
      state_sync_frequency: `every_${rules.syncEvery}_interactions`,
    },
    sessions: sessions.map(({ id, unit, team, state, start, end, waitsFor }) => ({
      session_id: id,
      phase_id: unit,
      team_assignment: team,
      state,
      start_date: dates.day(start.instant),
      end_date: dates.day(end.instant),
      waits_for: [...waitsFor],
    })),
    inter_agent_communication: {
      communication_protocol: rules.protocol,
      message_types: [...rules.messageTypes],
      communication_frequency: rules.frequency,
      escalation_thresholds: {
        conflict_timeout: threshold(rules.escalation.conflictTimeout),
        dependency_blocking: threshold(rules.escalation.dependencyBlocking),
        quality_gate_failure: threshold(rules.escalation.qualityGateFailure),
      },
    },
    state_synchronization: {
      sync_mechanisms: [...rules.syncMechanisms],
      conflict_detection: rules.conflictDetection,
      conflict_resolution: rules.conflictResolution,
      backup_frequency: rules.backup,
    },
  };
}

const syncOf = (sync: SyncPlan, { strategy, dates }: Writing) => ({
  sync_point_id: sync.id,
  name: sync.name,
  trigger_conditions: [...sync.triggers],
  participants: [...sync.participants],
  date: dates.day(sync.start.instant),
  duration: durationText(sync.minutes, strategy.dayMinutes),
  preparation_requirements: [...sync.preparation],
  success_criteria: [...sync.criteria],
  failure_procedures: [...sync.onFailure],
  deliverables: [...sync.deliverables],
  cost_days: sync.costs?.days ?? null,
});

const communicationOf = (each: Communication, { strategy }: Writing) => ({
  communication_type: each.type,
  frequency: each.recurrence.kind,
  time: timeText(each),
  time_zone: each.zone,
  duration: durationText(each.minutes, strategy.dayMinutes),
  participants: [...each.teams, ...each.roles],
  agenda: [...each.agenda],
  deliverables: [...each.deliverables],
  ...(each.decisionAuthority !== undefined && { decision_authority: each.decisionAuthority }),
  escalation_triggers: [...each.escalationTriggers],
});

const DAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

const timeText = ({ recurrence, time }: Communication): string =>
  recurrence.kind === "weekly" ? `${DAYS[recurrence.weekday - 1] ?? ""} ${time}` : time;
