/** A strategy of a project, as far as its parts are there, for what is written from one. */
import { axisOf } from "../../../../src/schedule/project/axis.ts";
import type { Project } from "../../../../src/schedule/project/project.ts";
import { localDates } from "../../../../src/schedule/report/local-dates.ts";
import type { Writing } from "../../../../src/schedule/report/writing.ts";
import { criticalAnalysis } from "../../../../src/schedule/strategy/critical-analysis.ts";
import { forecast } from "../../../../src/schedule/strategy/forecast.ts";
import type { Measured } from "../../../../src/schedule/strategy/measured.ts";
import { partialOrder } from "../../../../src/schedule/strategy/order/partial-order.ts";
import type { Strategy } from "../../../../src/schedule/strategy/strategy.ts";
import { timelineOf } from "../../../../src/schedule/strategy/timeline.ts";
import { listSchedule } from "../strategy/list-schedule.ts";

const measured: Measured = {
  id: "completeness",
  name: "Completeness",
  calculation: "phases in the schedule / all phases",
  unit: "percent",
  value: 100,
  thresholds: { better: "higher", target: 100, warning: 95, critical: 90, source: "S3" },
  level: "ok",
  evidence: "all activities are in the schedule",
};

export function exampleWriting(project: Project): Writing {
  return {
    strategy: exampleStrategy(project),
    id: "parallel_exec_20240311",
    source: "plans/checkout.md",
    planned: "2024-03-11T08:30:00Z",
    dates: localDates(project.zone),
  };
}

function exampleStrategy(project: Project): Strategy {
  const axis = axisOf(project);
  const timeline = timelineOf(project, axis, 60 * 480);
  const schedule = listSchedule(project, timeline);
  const order = partialOrder(project, schedule, timeline);
  const critical = criticalAnalysis(order);
  const foretold = forecast(project, order, timeline, { runs: 1_000, seed: 7 });
  const end = timeline.endAt(schedule.makespan);
  const start = timeline.startAt(0);
  const spans = project.groups.map(({ id }) => {
    const own = schedule.bookings.filter((_, index) => project.activities[index]?.group === id);
    return {
      activities: own.map(({ activity }) => activity),
      teams: [...new Set(own.flatMap(({ team }) => team ?? []))],
      start: timeline.startAt(Math.min(...own.map(({ from }) => from))),
      end: timeline.endAt(Math.max(...own.map(({ to }) => to))),
    };
  });
  const point = (instant = 0) => ({ instant, minute: timeline.minuteOf(instant) });
  const loads = (people: readonly string[]) => {
    const own = schedule.bookings.filter((each) => each.people.some((id) => people.includes(id)));
    const steps = Math.ceil(schedule.makespan / timeline.dayMinutes);
    const booked = (from: number, to: number) =>
      own.reduce(
        (sum, each) =>
          sum +
          Math.max(0, Math.min(to, each.to) - Math.max(from, each.from)) *
            each.people.filter((id) => people.includes(id)).length,
        0,
      );
    const available = schedule.makespan * people.length;
    return {
      people: people.length,
      booked: booked(0, schedule.makespan),
      available,
      used: booked(0, schedule.makespan) / available,
      profile: Array.from({ length: steps }, (_, step) => ({
        booked: booked(step * timeline.dayMinutes, (step + 1) * timeline.dayMinutes),
        available: timeline.dayMinutes * people.length,
      })),
    };
  };
  return {
    project,
    schedule,
    dayMinutes: timeline.dayMinutes,
    critical,
    bottlenecks: [
      {
        kind: "person",
        id: "ada",
        title: "Ada",
        waited: 960,
        waiting: ["T3", "T9"],
        used: 0.9,
        saves: 480,
      },
    ],
    milestones: [
      ...project.groups.map(({ id, title }, index) => ({
        id,
        title,
        kind: "group" as const,
        at: spans[index]?.end ?? end,
        likelihood: 0.4,
      })),
      {
        id: "end",
        title: project.name,
        kind: "end" as const,
        at: end,
        likelihood: foretold.onTime,
        p80: foretold.p80,
        ...(project.deadline === undefined
          ? {}
          : {
              deadline: {
                instant: timeline.instantOf(project.deadline) + 1_440,
                minute: timeline.minuteOf(timeline.instantOf(project.deadline) + 1_440),
              },
              margin: timeline.minuteOf(timeline.instantOf(project.deadline) + 1_440) - end.minute,
            }),
      },
    ],
    waves: project.groups.map(({ id, title, deliverables }, index) => ({
      number: index + 1,
      name: title,
      kind: index === 0 ? "foundation" : "parallel",
      units: [
        {
          id,
          title,
          activities: spans[index]?.activities ?? [],
          sessions: [`session_00${index + 1}`],
          teams: spans[index]?.teams ?? [],
          start: spans[index]?.start ?? start,
          end: spans[index]?.end ?? end,
          minutes: (spans[index]?.end.minute ?? 0) - (spans[index]?.start.minute ?? 0),
          dependencies: index === 0 ? [] : [project.groups[index - 1]?.id ?? ""],
          blocks: project.groups.slice(index + 1).map((each) => each.id),
          deliverables,
        },
      ],
      start: spans[index]?.start ?? start,
      end: spans[index]?.end ?? end,
      minutes: (spans[index]?.end.minute ?? 0) - (spans[index]?.start.minute ?? 0),
      maxConcurrent: 2,
      blocks: project.groups.slice(index + 1).map((each) => each.id),
      successCriteria: deliverables.map((each) => `${each} done`),
      syncs: index === 0 ? project.syncPoints.map((each) => each.id) : [],
      risk: "medium",
      ...(index + 1 < project.groups.length
        ? { barrier: { minutes: index * 240, days: index / 2, noise: 0 } }
        : {}),
    })),
    workload: {
      people: project.teams.flatMap((each) =>
        each.people.map(({ id, title }) => ({ id, team: each.id, title, ...loads([id]) })),
      ),
      teams: project.teams.map(({ id, title, people }) => ({
        id,
        team: id,
        title,
        ...loads(people.map((each) => each.id)),
      })),
      step: timeline.dayMinutes,
      utilisation: 0.6,
      balance: { evenness: 0.7, variation: 0.3, most: "ada", least: "dan" },
      buffer: { share: project.buffer, minutes: 1_000, costs: 960, onTime: foretold.onTime },
    },
    efficiency: {
      sequential: 14_400,
      parallel: schedule.makespan,
      percent: 40,
      speedUp: 1.7,
      utilisation: 60,
      overhead: 6,
      coordination: 800,
      development: 14_400,
      optimality: 90,
    },
    assignments: schedule.bookings.flatMap(({ activity, team, people }) =>
      team === undefined
        ? []
        : [
            {
              activity,
              team,
              people,
              scores: { skillMatch: 1, availability: 0.9, learning: 1, history: 0.5, total: 0.85 },
              reasons: ["has all skills"],
              alternatives: [],
            },
          ],
    ),
    constraints: [
      {
        resource: "orders-db",
        type: "shared_database",
        description: "Orders database: one activity at a time, wanted by 3 activities",
        impact: "2 of 3 activities wait for it in this schedule",
        mitigation: "Migration review process",
        users: ["T1", "T3", "T4"],
      },
    ],
    forecast: foretold,
    risks: {
      risks: [
        {
          id: "sched_001",
          rule: "single-person-skill",
          name: "Only Ada knows sql well",
          category: "resource_conflict_risk",
          probability: { value: 0.1, level: "low", source: "assumed" },
          impact: { minutes: 1_440, days: 3, level: "high" },
          level: "medium",
          affected: {
            activities: ["T1", "T4"],
            sessions: ["session_001"],
            teams: ["backend"],
            people: ["ada"],
            resources: [],
          },
          evidence: [{ text: "2 activities need sql, 1 person has it", value: 1, unit: "people" }],
          detectionMethod: "absence of Ada",
          trigger: {
            kind: "metric",
            metric: "person-away",
            subjects: ["ada"],
            comparison: "above",
            threshold: 1,
            unit: "days",
          },
          earlyWarningSigns: ["Reviews of sql wait for a day"],
          preventionMeasures: ["Pair Ben with Ada on T1"],
          responseProcedures: ["Ben takes T4"],
          contingencyPlan: "Move T4 behind T9",
          owner: "backend",
        },
      ],
      strategies: [],
      coverage: { high: 0, mitigated: 0, percent: 100, level: "ok" },
    },
    quality: {
      gates: project.groups.map(({ title }, index) => ({
        id: `qg_00${index + 1}`,
        name: `${title} complete`,
        wave: index + 1,
        trigger: "wave_completion",
        criteria: [{ text: "Code reviewed", source: "standard", activities: [] }],
        approvers: ["architect"],
        failureHandling: "Block next wave until resolved",
        blocks: [],
      })),
      testing: {
        unit: "each team",
        integration: "both teams",
        system: "after each wave",
        performance: "T10",
      },
      codeReview: {
        requirements: "all code before merge",
        crossTeam: "shared parts",
        architecture: "new parts",
        timelines: "24 hours",
      },
    },
    coordination: {
      sessions: project.groups.map(({ id }, index) => ({
        id: `session_00${index + 1}`,
        unit: id,
        wave: index + 1,
        team: spans[index]?.teams[0] ?? "backend",
        activities: spans[index]?.activities ?? [],
        start: spans[index]?.start ?? start,
        end: spans[index]?.end ?? end,
        state: "created",
        waitsFor: index === 0 ? [] : [`session_00${index}`],
      })),
      sessionRules: {
        strategy: "coordinated_parallel",
        idFormat: "session_[3_digit_number]",
        stateLocation: "sessions/",
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
      },
      syncs: project.syncPoints.map((sync, index) => {
        const at = schedule.syncs[index];
        return {
          ...sync,
          name: sync.title,
          start: point(at?.start),
          end: point(at?.end),
          wave: 1,
          sessions: ["session_001"],
          effort: sync.minutes * 4,
          costs: { minutes: 120, days: 0.25, noise: 0 },
        };
      }),
      communications: [
        {
          id: "parallel_team_standup",
          type: "parallel_team_standup",
          title: "Standup of all parallel teams",
          recurrence: { kind: "daily" },
          time: "09:00",
          zone: project.zone,
          minutes: 30,
          teams: project.teams.map(({ id }) => id),
          roles: ["orchestrator"],
          headcount: 3,
          occurrences: 20,
          effort: 1_800,
          agenda: ["Progress updates", "Blockers and dependencies"],
          deliverables: [],
          decisionAuthority: "orchestrator",
          escalationTriggers: ["blocked_dependencies"],
          start,
          end,
        },
        {
          id: "integration_coordination",
          type: "integration_coordination",
          title: "Integration coordination",
          recurrence: { kind: "weekly", weekday: 5 },
          time: "14:00",
          zone: project.zone,
          minutes: 60,
          teams: project.teams.map(({ id }) => id),
          roles: ["architect"],
          headcount: 3,
          occurrences: 4,
          effort: 720,
          agenda: ["Integration progress", "Risk review"],
          deliverables: ["Integration status report"],
          escalationTriggers: [],
          start,
          end,
        },
      ],
      decisions: {
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
        ],
        source: "S3",
      },
    },
    monitoring: {
      progress: {
        metrics: ["Phase completion %"],
        frequency: "daily",
        dashboard: "dashboard",
        escalationTriggers: ["5% behind schedule"],
      },
      performance: [measured],
      controls: [{ type: "progress_monitoring", implementation: "sessions", response: "report" }],
      alerts: [],
    },
    planQuality: {
      completeness: measured,
      optimisation: { ...measured, name: "Optimisation" },
      feasibility: { ...measured, name: "Feasibility" },
      riskCoverage: { ...measured, name: "Risk coverage" },
      coordinationDesign: { ...measured, name: "Coordination design" },
      level: "ok",
    },
  };
}
