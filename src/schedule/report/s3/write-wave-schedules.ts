import type { SyncPlan } from "../../strategy/coordination/coordination.ts";
import type { Strategy } from "../../strategy/strategy.ts";
import type { Wave, WaveUnit } from "../../strategy/waves.ts";
import { counted, durationText, percentText } from "../amounts.ts";
import type { Writing } from "../writing.ts";
import { headOf } from "./head.ts";
import type { WaveSchedulesFile } from "./wave-schedules-schema.ts";

type WaveInFile = WaveSchedulesFile["wave_execution_plan"]["waves"][number];
type PhaseInFile = WaveInFile["phases"][number];

export function writeWaveSchedules(writing: Writing): WaveSchedulesFile {
  const { strategy, dates } = writing;
  const { forecast, efficiency } = strategy;
  return {
    ...headOf(writing),
    wave_execution_plan: {
      total_waves: strategy.waves.length,
      parallel_efficiency: percentText(efficiency.percent / 100),
      coordination_overhead: percentText(efficiency.overhead / 100),
      waves: strategy.waves.map((wave) => waveOf(wave, writing)),
    },
    milestones: strategy.milestones.map(({ id, title, at, p80 }) => ({
      milestone_id: id,
      title,
      date: dates.day(at.instant),
      date_p80: p80 ? dates.day(p80.instant) : null,
    })),
    forecast: {
      runs: forecast.runs,
      seed: forecast.seed,
      p50: dates.day(forecast.p50.instant),
      p80: dates.day(forecast.p80.instant),
      p95: dates.day(forecast.p95.instant),
    },
  };
}

function waveOf(wave: Wave, writing: Writing): WaveInFile {
  const { strategy, dates } = writing;
  const { coordination, dayMinutes } = strategy;
  const teams = new Set(wave.units.flatMap((unit) => unit.teams));
  return {
    wave_number: wave.number,
    wave_name: wave.name,
    wave_type: wave.kind,
    duration: durationText(wave.minutes, dayMinutes),
    start_date: dates.day(wave.start.instant),
    end_date: dates.day(wave.end.instant),
    max_concurrent_sessions: wave.maxConcurrent,
    phases: wave.units.map((unit) => phaseOf(unit, writing)),
    wave_success_criteria: [...wave.successCriteria],
    blocking_factors: wave.blocks > 0 ? [`Blocks ${counted(wave.blocks, "dependent phase")}`] : [],
    risk_level: wave.risk,
    barrier_cost_days: wave.barrier?.days ?? null,
    synchronization_points: coordination.syncs
      .filter(({ id }) => wave.syncs.includes(id))
      .map((sync) => syncOf(sync, writing)),
    coordination_requirements: coordination.communications
      .filter(
        ({ start, end, teams: own }) =>
          start.minute < wave.end.minute &&
          end.minute > wave.start.minute &&
          own.some((team) => teams.has(team)),
      )
      .map(({ type, recurrence, teams: participants, minutes }) => ({
        type,
        frequency: recurrence.kind,
        participants: [...participants],
        duration: durationText(minutes, dayMinutes),
      })),
  };
}

function phaseOf(unit: WaveUnit, { strategy, dates }: Writing): PhaseInFile {
  return {
    phase_id: unit.id,
    phase_name: unit.title,
    session_id: unit.sessions[0] ?? null,
    session_ids: [...unit.sessions],
    team_assignment: unit.teams[0] ?? null,
    team_assignments: [...unit.teams],
    estimated_duration: durationText(unit.minutes, strategy.dayMinutes),
    start_date: dates.day(unit.start.instant),
    end_date: dates.day(unit.end.instant),
    dependencies: [...unit.dependencies],
    deliverables: [...unit.deliverables],
    activities: activitiesOf(unit, strategy, dates),
  };
}

function activitiesOf(
  unit: WaveUnit,
  { project, schedule, critical }: Strategy,
  dates: Writing["dates"],
): PhaseInFile["activities"] {
  const within = new Set(unit.activities);
  return project.activities.flatMap((activity, index) => {
    const [booking, room] = [schedule.bookings[index], critical.activities[index]];
    if (!within.has(activity.id) || !booking) return [];
    return {
      activity_id: activity.id,
      title: activity.title,
      team_assignment: booking.team ?? null,
      people: [...booking.people],
      start: `${dates.minute(booking.start)}:00`,
      end: `${dates.minute(booking.end)}:00`,
      duration_minutes: booking.to - booking.from,
      slack_minutes: room?.totalSlack ?? 0,
      critical: room?.critical ?? false,
    };
  });
}

const syncOf = (sync: SyncPlan, { strategy, dates }: Writing) => ({
  sync_point_id: sync.id,
  name: sync.name,
  trigger: sync.triggers.join("; "),
  date: dates.day(sync.start.instant),
  participants: [...sync.sessions],
  duration: durationText(sync.minutes, strategy.dayMinutes),
  success_criteria: [...sync.criteria],
});
