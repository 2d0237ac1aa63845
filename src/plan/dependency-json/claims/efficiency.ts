import type { PlanDiagnostic } from "../../model.ts";
import { field, find, items, numberOf, wordOf, type Value } from "../../../core/json-values.ts";
import { claim, minutesOf, sameTime, showTime, type Case } from "./claim.ts";

/** Per cent that a figure may be off by rounding. */
const ROUNDING = 1.5;

/**
 * Durations of the whole, and what is said to be saved: S3 defines efficiency as (sequential - parallel) / sequential, and states
 * another figure than its own durations give.
 */
export function checkEfficiency(one: Case): readonly PlanDiagnostic[] {
  return one.facts.documents.flatMap((document) => {
    const sequential = find(
      document,
      "total_estimated_duration",
      "sequential_duration",
      "sequential_time",
    );
    const parallel = find(
      document,
      "parallel_estimated_duration",
      "parallel_duration",
      "parallel_time",
    );
    const told: PlanDiagnostic[] = [];
    const sum = one.order.minutes.reduce((all, each) => all + each, 0);
    const waves = wavesOf(one, document);
    const [stated, planned] = [minutesOf(sequential), minutesOf(parallel)];
    if (sequential && stated !== undefined && one.order.timed && !sameTime(stated, sum))
      told.push(
        claim(
          "PLAN_CLAIM_DURATION",
          sequential,
          `All phases one after the other are said to take ${showTime(stated)}, but theirs add up to ${showTime(sum)}`,
        ),
      );
    if (parallel && planned !== undefined && waves !== undefined && !sameTime(planned, waves))
      told.push(
        claim(
          "PLAN_CLAIM_DURATION",
          parallel,
          `The plan is said to take ${showTime(planned)}, but its waves add up to ${showTime(waves)}`,
        ),
      );
    const [before, after] = [stated ?? (one.order.timed ? sum : undefined), planned ?? waves];
    if (before === undefined || after === undefined || before <= 0) return told;
    return [...told, ...checkSaved(document, before, after)];
  });
}

/** Minutes of the waves of a document one after the other; undefined where one does not say. */
function wavesOf({ facts }: Case, { source }: Value): number | undefined {
  const list = facts.waves.find(({ value }) => value.source === source);
  const minutes = list?.waves.map(({ value }) =>
    minutesOf(field(value, "duration", "estimated_duration")),
  );
  return minutes?.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each === undefined ? undefined : sum + each),
    0,
  );
}

function checkSaved(document: Value, before: number, after: number): readonly PlanDiagnostic[] {
  const saved = ((before - after) / before) * 100;
  const shown = `${Math.round(saved)}%`;
  const told: PlanDiagnostic[] = [];
  for (const name of ["time_savings_percentage", "parallel_efficiency"]) {
    const value = find(document, name);
    const stated = numberOf(value);
    if (value && stated !== undefined && Math.abs(stated - saved) > ROUNDING)
      told.push(
        claim(
          "PLAN_CLAIM_EFFICIENCY",
          value,
          `${name} says ${stated}%, but ${showTime(before)} in ${showTime(after)} is ${shown}`,
        ),
      );
  }
  for (const metric of items(find(document, "performance_metrics"))) {
    const name = wordOf(field(metric, "metric_name", "name")) ?? "";
    if (/efficien/i.test(name)) told.push(...checkThresholds(metric, saved, shown));
  }
  return told;
}

/** The worst threshold that the plan does not even keep on paper. */
function checkThresholds(metric: Value, saved: number, shown: string): readonly PlanDiagnostic[] {
  for (const name of ["critical_threshold", "warning_threshold", "target"]) {
    const value = field(metric, name);
    const stated = numberOf(value);
    if (value && stated !== undefined && saved < stated - ROUNDING)
      return [
        claim(
          "PLAN_CLAIM_THRESHOLD",
          value,
          `The plan itself saves ${shown}, less than its own ${name.replace("_", " ")} of ${stated}%`,
        ),
      ];
  }
  return [];
}
