import { counted, percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { bullets, joined } from "./blocks.ts";

/** What a lead has to know, with the proof of how good the schedule is. */
export const summarySection = (facts: Facts): string =>
  joined("## Summary", bullets(summaryStatements(facts)));

/** One statement each, raw. The page shows them too. */
export function summaryStatements(facts: Facts): readonly string[] {
  const { strategy, duration, time } = facts;
  const { project, schedule, efficiency, waves, forecast, workload, critical } = strategy;
  const units = waves.reduce((sum, wave) => sum + wave.units.length, 0);
  return [
    `${project.name}: ${time(schedule.start)} to ${time(schedule.end)} (${project.zone}), ${duration(schedule.makespan)} of working time for ${counted(units, "phase")} in ${counted(waves.length, "wave")}, ${project.activities.length} activities by ${counted(project.teams.length, "team")}.`,
    gapText(facts),
    `One after another it would take ${duration(efficiency.sequential)}: ${percentText(efficiency.percent / 100)} saved, speed-up ${Math.round(efficiency.speedUp * 100) / 100}, ${percentText(efficiency.utilisation / 100)} of the available time is booked.`,
    `Forecast from ${forecast.runs} runs: half end by ${facts.date(forecast.p50.instant)} (P50), 80% by ${facts.date(forecast.p80.instant)} (P80), 95% by ${facts.date(forecast.p95.instant)} (P95); ${percentText(forecast.onTime)} end as planned.`,
    ...deadlineStatements(facts),
    `Critical chain: ${counted(critical.chain.steps.length, "step")}, ${duration(critical.chain.minutes)}; by dependencies alone ${duration(critical.path.minutes)}.`,
    `Capacity buffer: ${percentText(workload.buffer.share)} of everybody's time${workload.buffer.costs === undefined ? "" : `, which makes the whole ${duration(workload.buffer.costs)} longer`}.`,
    `Coordination takes ${percentText(efficiency.overhead / 100)} of the time of development.`,
    risksText(facts),
  ];
}

/** How far the schedule is from the shortest one that there can be. */
export function gapText({ strategy: { schedule }, duration }: Facts): string {
  const { makespan, bound, effort } = schedule;
  const tried = `${counted(Math.round(effort.schedules), "schedule")} tried with seed ${effort.seed}`;
  if (effort.proved || makespan <= bound)
    return `No schedule is shorter: proved, the bound is ${duration(bound)} (${tried}).`;
  const gap = bound > 0 ? (makespan - bound) / bound : 0;
  return `No schedule is shorter than ${duration(bound)}: this one is at most ${percentText(gap)} longer than the best (${tried}, not proved).`;
}

function deadlineStatements({ strategy, day, duration }: Facts): readonly string[] {
  const missed = strategy.milestones.filter(({ margin = 0 }) => margin < 0);
  const end = strategy.milestones.find(({ kind }) => kind === "end");
  const { byDeadline } = strategy.forecast;
  const own =
    end?.deadline && end.margin !== undefined
      ? [
          `Deadline ${day(end.deadline.instant - 1)}: ${end.margin < 0 ? `missed by ${duration(-end.margin)}` : `${duration(end.margin)} of room`}${byDeadline === undefined ? "" : `, kept in ${percentText(byDeadline)} of the runs`}.`,
        ]
      : [];
  const late =
    missed.length > 0
      ? [
          `${counted(missed.length, "deadline")} missed as planned: ${missed
            .slice(0, 5)
            .map(({ title }) => title)
            .join(", ")}.`,
        ]
      : [];
  return [...own, ...late];
}

function risksText({ strategy: { risks } }: Facts): string {
  const { high, mitigated } = risks.coverage;
  const given = risks.risks.filter(({ source }) => source.kind === "given").length;
  const found = `${counted(risks.risks.length - given, "risk")} found by rule`;
  const known = given === 0 ? found : `${counted(given, "risk")} named by the plan, ${found}`;
  return high === 0
    ? `${known}, none of them high.`
    : `${known}, ${high} high, ${mitigated} of those with prevention, response, contingency and owner.`;
}
