import {
  field,
  find,
  items,
  lineOf,
  placeOf,
  wordOf,
  type Value,
} from "../../../core/json-values.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { overheadOf } from "./coordination-overhead.ts";
import type { ExecutionPlan } from "./execution-plan.ts";

/** The thresholds that a plan sets for itself: in order, and its coordination within them. What it saves is checked where plans are read. */
export const checkThresholds = (plan: ExecutionPlan): readonly ScheduleDiagnostic[] => [
  ...checkOrder(plan),
  ...checkOverheadTarget(plan),
];

/** A warning is between the target and what is critical. */
function checkOrder({ root }: ExecutionPlan): readonly ScheduleDiagnostic[] {
  return items(find(root, "performance_metrics")).flatMap((metric) => {
    const values = ["target", "warning_threshold", "critical_threshold"].map((name) =>
      field(metric, name),
    );
    const [target, warning, critical] = values.map((value) => figureIn(value));
    if (target === undefined || warning === undefined || critical === undefined) return [];
    const falls = target >= warning && warning >= critical;
    const rises = target <= warning && warning <= critical;
    const [at] = values;
    return falls || rises || !at
      ? []
      : [
          report(
            "SCHEDULE_THRESHOLDS_MIXED",
            placeOf(at),
            `${quoted(lineOf(field(metric, "metric_name", "name")) ?? "")}: the warning at ${warning} is not between the target of ${target} and the critical ${critical}`,
          ),
        ];
  });
}

const figureIn = (value: Value | undefined): number | undefined => {
  const found = /-?\d{1,9}(?:\.\d{1,6})?/.exec(wordOf(value) ?? "")?.[0];
  return found === undefined ? undefined : Number(found);
};

/** What the scheduled coordination adds up to, against the worst threshold of its own that it passes. */
function checkOverheadTarget(plan: ExecutionPlan): readonly ScheduleDiagnostic[] {
  const overhead = overheadOf(plan);
  if (!overhead) return [];
  return items(find(plan.root, "performance_metrics")).flatMap((metric) => {
    if (!/overhead/i.test(wordOf(field(metric, "metric_name", "name")) ?? "")) return [];
    const name = ["critical_threshold", "warning_threshold", "target"].find((each) => {
      const figure = figureIn(field(metric, each));
      return figure !== undefined && overhead.percent > figure;
    });
    const value = name === undefined ? undefined : field(metric, name);
    if (name === undefined || !value) return [];
    return [
      report(
        "SCHEDULE_THRESHOLD_MISSED",
        placeOf(value),
        `What is scheduled comes to ${Math.round(overhead.percent * 10) / 10}% of coordination, past the plan's own ${name.replace("_", " ")} of ${quoted(wordOf(value) ?? "")}`,
      ),
    ];
  });
}
