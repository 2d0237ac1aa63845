import { z } from "zod";
import { planHead, texts } from "./schema-parts.ts";

const sessionCoordination = z.strictObject({
  multi_agent_strategy: z.string(),
  session_management: z.strictObject({
    session_id_format: z.string(),
    session_state_location: z.string(),
    session_lifecycle: texts,
    state_sync_frequency: z.string(),
  }),
  sessions: z.array(
    z.strictObject({
      session_id: z.string(),
      phase_id: z.string(),
      team_assignment: z.string(),
      state: z.string(),
      start_date: z.iso.date(),
      end_date: z.iso.date(),
      waits_for: texts,
    }),
  ),
  inter_agent_communication: z.strictObject({
    communication_protocol: z.string(),
    message_types: texts,
    communication_frequency: z.string(),
    escalation_thresholds: z.strictObject({
      conflict_timeout: z.string(),
      dependency_blocking: z.string(),
      quality_gate_failure: z.string(),
    }),
  }),
  state_synchronization: z.strictObject({
    sync_mechanisms: texts,
    conflict_detection: z.string(),
    conflict_resolution: z.string(),
    backup_frequency: z.string(),
  }),
});

const syncPoint = z.strictObject({
  sync_point_id: z.string(),
  name: z.string(),
  trigger_conditions: texts,
  participants: texts,
  date: z.iso.date(),
  duration: z.string(),
  preparation_requirements: texts,
  success_criteria: texts,
  failure_procedures: texts,
  deliverables: texts,
  cost_days: z.number().nonnegative().nullable(),
});

const communication = z.strictObject({
  communication_type: z.string(),
  frequency: z.string(),
  time: z.string(),
  time_zone: z.string(),
  duration: z.string(),
  participants: texts,
  agenda: texts,
  deliverables: texts,
  decision_authority: z.string().optional(),
  escalation_triggers: texts,
});

/** `coordination-protocols.json`: how those who work at once keep together (S3 `session_coordination`, `coordination_protocols`). */
export const coordinationProtocols = z
  .strictObject({
    ...planHead,
    session_coordination: sessionCoordination,
    coordination_protocols: z.strictObject({
      synchronization_points: z.array(syncPoint),
      communication_schedule: z.array(communication),
      decision_making: z.strictObject({
        decision_hierarchy: texts,
        decision_types: z.strictObject({
          technical_decisions: z.string(),
          coordination_decisions: z.string(),
          resource_decisions: z.string(),
          quality_decisions: z.string(),
        }),
        escalation_criteria: z.record(z.string(), z.string()),
      }),
    }),
  })
  .meta({ title: "coordination-protocols.json" });

export type CoordinationProtocolsFile = z.infer<typeof coordinationProtocols>;
