import { WORK_TIME } from "../../../core/work-time.ts";
import type { PlanDiagnostic } from "../../model.ts";
import type { WaveFact, WaveList } from "../facts.ts";
import { quoted } from "../../report.ts";
import { field, find, numberOf, wordOf, type Value } from "../../../core/json-values.ts";
import { claim, minutesOf, sameTime, showTime, type Case } from "./claim.ts";

/** Waves against the dependencies: nothing before what it waits for, nothing twice, nothing left out, no more at once than allowed. */
export function checkWaves(one: Case): readonly PlanDiagnostic[] {
  return [...one.facts.waves.flatMap((list) => checkList(list, one)), ...checkWidth(one)];
}

function checkList({ value, waves }: WaveList, one: Case): readonly PlanDiagnostic[] {
  const { ids } = one;
  const told: PlanDiagnostic[] = [];
  const waveOf = new Map<string, number>();
  waves.forEach((wave, at) => {
    for (const member of wave.members) {
      const key = ids.phases.find(member.word);
      if (key === undefined) {
        if (ids.tasks.find(member.word) === undefined)
          told.push(
            claim(
              "PLAN_WAVE_MISSING",
              member.value,
              `Wave ${wave.number} has ${quoted(member.word)}, which is no phase and no task of the plan`,
            ),
          );
      } else if (waveOf.has(key))
        told.push(
          claim(
            "PLAN_WAVE_TWICE",
            member.value,
            `Phase ${quoted(key)} is in wave ${waves[waveOf.get(key) ?? 0]?.number} already`,
          ),
        );
      else waveOf.set(key, at);
    }
    told.push(...checkWave(wave));
  });
  return waveOf.size === 0 ? told : [...told, ...checkOrder({ value, waves }, waveOf, one)];
}

/** Phases against the waves that they are in. */
function checkOrder(
  { value, waves }: WaveList,
  waveOf: ReadonlyMap<string, number>,
  { ids, plan }: Case,
): readonly PlanDiagnostic[] {
  const told: PlanDiagnostic[] = [];
  for (const { key, after } of plan.phases) {
    const at = waveOf.get(key);
    if (at === undefined) {
      told.push(claim("PLAN_WAVE_MISSING", value, `Phase ${quoted(key)} is in no wave`));
      continue;
    }
    for (const { phase, origin } of after) {
      const before = waveOf.get(phase);
      if (origin === "barrier" || before === undefined || before < at) continue;
      const where = before === at ? "the same wave" : `the later wave ${waves[before]?.number}`;
      const member = waves[at]?.members.find(({ word }) => ids.phases.find(word) === key);
      told.push(
        claim(
          "PLAN_WAVE_ORDER",
          member?.value ?? value,
          `Phase ${quoted(key)} of wave ${waves[at]?.number} waits for phase ${quoted(phase)}, which is in ${where}`,
          "error",
        ),
      );
    }
  }
  return told;
}

/** One wave in itself: sessions at once, durations, dates. */
function checkWave(wave: WaveFact): readonly PlanDiagnostic[] {
  const { value, number, members } = wave;
  const told: PlanDiagnostic[] = [];
  const limit = field(value, "max_concurrent_sessions", "parallel_capacity", "max_parallel");
  const allowed = numberOf(limit);
  if (limit && allowed !== undefined && members.length > allowed)
    told.push(
      claim(
        "PLAN_WAVE_CAPACITY",
        limit,
        `Wave ${number} has ${members.length} phases, but ${allowed} at once`,
      ),
    );
  const duration = field(value, "duration", "estimated_duration");
  const length = minutesOf(duration);
  if (duration && length !== undefined)
    for (const member of members) {
      const minutes = minutesOf(
        field(member.value, "estimated_duration", "duration", "estimated_effort"),
      );
      if (minutes !== undefined && minutes > length && !sameTime(minutes, length))
        told.push(
          claim(
            "PLAN_CLAIM_DURATION",
            duration,
            `Wave ${number} takes ${showTime(length)}, but its phase ${quoted(member.word)} takes ${showTime(minutes)}`,
          ),
        );
    }
  return told;
}

/** `max_parallel_phases` against the widest level of the graph. */
function checkWidth({ facts, plan, order }: Case): readonly PlanDiagnostic[] {
  if (order.cyclic || plan.phases.length === 0) return [];
  const width = widest(order.keys.length, order.edges);
  return facts.documents.flatMap((document) => {
    const value = find(document, "max_parallel_phases");
    const stated = numberOf(value);
    return value && stated !== undefined && stated > width
      ? [
          claim(
            "PLAN_CLAIM_PARALLEL",
            value,
            `${stated} phases are said to run at once, but no level of the dependencies has more than ${width}`,
          ),
        ]
      : [];
  });
}

function widest(size: number, edges: readonly (readonly [number, number])[]): number {
  const waits = Array.from({ length: size }, () => 0);
  const next = Array.from({ length: size }, (): number[] => []);
  for (const [from, to] of edges) {
    waits[to] = (waits[to] ?? 0) + 1;
    next[from]?.push(to);
  }
  let level = [...waits.keys()].filter((node) => waits[node] === 0);
  let most = 0;
  while (level.length > 0) {
    most = Math.max(most, level.length);
    level = level.flatMap((node) =>
      (next[node] ?? []).filter((to) => {
        waits[to] = (waits[to] ?? 0) - 1;
        return waits[to] === 0;
      }),
    );
  }
  return most;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]{1,15}(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** Days since 1970 of a date as written; undefined for what is none. */
function dayOf(value: Value | undefined): number | undefined {
  const [whole, year = "", month = "", day = ""] = DAY.exec(wordOf(value) ?? "") ?? [];
  const time = whole === undefined ? Number.NaN : Date.UTC(+year, +month - 1, +day);
  return Number.isNaN(time) || new Date(time).getUTCDate() !== +day ? undefined : time / 86_400_000;
}

/** Dates of waves: against their durations, each other, and what their phases wait for. */
export function checkDates({ facts, ids, plan }: Case): readonly PlanDiagnostic[] {
  const told: PlanDiagnostic[] = [];
  for (const { waves } of facts.waves) {
    const endOf = new Map<string, { readonly day: number; readonly number: string }>();
    for (const { value, number, members } of waves) {
      const [start, end] = [field(value, "start_date", "start"), field(value, "end_date", "end")];
      for (const date of [start, end])
        if (date && dayOf(date) === undefined)
          told.push(claim("PLAN_CLAIM_DATES", date, `${quoted(wordOf(date) ?? "")} is no date`));
      const [first, last] = [dayOf(start), dayOf(end)];
      if (end && first !== undefined && last !== undefined)
        told.push(...checkSpan(value, end, number, last - first));
      if (last !== undefined)
        for (const { word } of members)
          endOf.set(ids.phases.find(word) ?? word, { day: last, number });
      for (const { word } of members) {
        const phase = plan.phases.find(({ key }) => key === ids.phases.find(word));
        const late = phase?.after
          .map((other) => endOf.get(other.phase))
          .find((other) => other && first !== undefined && other.day > first);
        if (late && start)
          told.push(
            claim(
              "PLAN_CLAIM_DATES",
              start,
              `Wave ${number} begins before wave ${late.number} ends, for which phase ${quoted(word)} waits`,
            ),
          );
      }
    }
  }
  return told;
}

function checkSpan(
  wave: Value,
  end: Value,
  number: string,
  days: number,
): readonly PlanDiagnostic[] {
  if (days < 0) return [claim("PLAN_CLAIM_DATES", end, `Wave ${number} ends before it begins`)];
  const length = minutesOf(field(wave, "duration", "estimated_duration"));
  const spans = [days, days + 1].map((each) => (each / 7) * WORK_TIME.week);
  if (
    length === undefined ||
    length < WORK_TIME.day ||
    spans.some((span) => Math.abs(span - length) <= 2 * WORK_TIME.day)
  )
    return [];
  return [
    claim(
      "PLAN_CLAIM_DATES",
      end,
      `Wave ${number} takes ${showTime(length)}, but its dates are ${days} days apart`,
    ),
  ];
}
