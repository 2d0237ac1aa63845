import { field, items, numberOf, wordOf, type Value } from "../../../core/json-values.ts";
import { WORK_TIME } from "../../../core/work-time.ts";
import { minutesOf, type ExecutionPlan } from "./execution-plan.ts";

/** What coordination takes of a person's time, added up from what a plan schedules. */
export interface Overhead {
  /** Minutes of coordination of somebody who takes part in all of it. */
  readonly coordination: number;
  /** Minutes of all waves. */
  readonly total: number;
  readonly percent: number;
  readonly stated?: { readonly percent: number; readonly value: Value };
}

const EVERY: readonly (readonly [RegExp, number])[] = [
  [/^dail?y|every day/i, WORK_TIME.day],
  [/^(?:weekly|every week)/i, WORK_TIME.week],
  [/^(?:bi-?weekly|fortnightly)/i, 2 * WORK_TIME.week],
  [/^monthly/i, WORK_TIME.month],
];

/** S3's formula: coordination time / total development time. Undefined where nothing is scheduled, or the waves say no durations. */
export function overheadOf({ root, plan, waves }: ExecutionPlan): Overhead | undefined {
  const total = waves.reduce((sum, { minutes = Number.NaN }) => sum + minutes, 0);
  if (!(total > 0)) return undefined;
  const coordination = field(root, "coordination_protocols");
  let sum = 0;
  for (const meeting of items(field(coordination, "communication_schedule")))
    sum += repeated(meeting, total);
  for (const sync of items(field(coordination, "synchronization_points")))
    sum += minutesOf(field(sync, "duration")) ?? 0;
  for (const { value, minutes = 0 } of waves) {
    for (const sync of items(field(value, "synchronization_points")))
      sum += minutesOf(field(sync, "duration")) ?? 0;
    for (const meeting of items(field(value, "coordination_requirements")))
      sum += repeated(meeting, minutes);
  }
  if (sum === 0) return undefined;
  const value = field(plan, "coordination_overhead");
  const stated = numberOf(value);
  return {
    coordination: sum,
    total,
    percent: (sum / total) * 100,
    ...(value && stated !== undefined && { stated: { percent: stated, value } }),
  };
}

function repeated(meeting: Value, during: number): number {
  const often = wordOf(field(meeting, "frequency")) ?? "";
  const every = EVERY.find(([pattern]) => pattern.test(often))?.[1];
  const minutes = minutesOf(field(meeting, "duration")) ?? 0;
  return every === undefined ? 0 : minutes * Math.floor(during / every);
}
