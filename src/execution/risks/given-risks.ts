import { readWorkSpan } from "../../core/work-span.ts";
import { WORK_TIME } from "../../core/work-time.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { givenPlanning } from "../../schedule/formats/s3-plan/given-planning.ts";
import type { GivenRisk } from "../../schedule/project/given.ts";
import { givenLevel } from "../../schedule/strategy/risks/given-risk.ts";
import type { WatchedMetric } from "../../schedule/strategy/risks/risk.ts";
import { WATCHED_METRICS } from "../../schedule/strategy/risks/watched-metrics.ts";
import type { DeclaringPlan } from "../declaring-plans.ts";
import type { Executable } from "../executable.ts";
import type { WatchedRisk } from "./risk-watch.ts";
import { RUN_RISKS, writersOf } from "./run-risks.ts";

/** Words of a trigger, an early sign or a detection that a run can measure; the first that fits counts. */
interface TriggerRule {
  readonly words: RegExp;
  readonly metric: WatchedMetric;
  /** What it is measured of: what the risk touches, the files that it writes, or the whole. */
  readonly of: "tasks" | "files" | "whole";
  /** Where the words have no figure. Minutes, or a number. */
  readonly threshold: number | "behind";
}

/** Thresholds without a figure are S3's: 5 % behind schedule, 4 hours of blocked dependencies. */
const RULES: readonly TriggerRule[] = [
  {
    words:
      /\b(?:behind (?:the )?(?:schedule|plan)|(?:schedule|timeline|milestone|deadline)\w{0,2} .{0,30}\b(?:slip|delay|late|miss))/i,
    metric: "finish-late-minutes",
    of: "whole",
    threshold: "behind",
  },
  {
    words: /\b(?:block(?:ed|ers?|ing)|waiting for|waits for)\b/i,
    metric: "waiting-minutes",
    of: "tasks",
    threshold: 4 * WORK_TIME.hour,
  },
  {
    words:
      /\b(?:overruns?|longer than (?:estimated|planned|expected)|exceed\w{0,3} .{0,20}\bestimates?)\b/i,
    metric: "duration-over-minutes",
    of: "tasks",
    threshold: 0,
  },
  {
    words: /\b(?:(?:merge|file|code|edit\w{0,3}) conflicts?|same files?)\b/i,
    metric: "same-file-changes",
    of: "files",
    threshold: 0,
  },
  {
    words:
      /\b(?:dependenc\w{1,3}|interfaces?|contracts?) .{0,30}\b(?:not (?:ready|done)|missing|late|open|unresolved)\b/i,
    metric: "open-dependencies",
    of: "tasks",
    threshold: 0,
  },
  {
    words:
      /\b(?:tests?|builds?|verifications?|quality gates?|integrations?) (?:fail\w{0,5}|errors?|break\w{0,4})\b|\bfail(?:ed|ing) (?:tests?|builds?)\b/i,
    metric: "failed-tries",
    of: "tasks",
    threshold: 0,
  },
];

/**
 * Risks that plans of S3's form name themselves, as far as their words say something that a run can measure: when it comes true, the plan's own
 * response is raised (MISSION WV-09). The rest is for people.
 */
export function givenRisks(
  work: Executable,
  declaring: readonly DeclaringPlan[],
  { uses, plannedEnd }: { readonly uses: UsesByTask; readonly plannedEnd: number },
): readonly WatchedRisk[] {
  const writers = writersOf(uses);
  const all = work.graph.nodes.flatMap(({ kind, key }) => (kind === "task" ? [key] : []));
  return declaring.flatMap((plan) =>
    givenPlanning(plan.execution).risks.flatMap((risk): readonly WatchedRisk[] => {
      const found = triggerIn(risk);
      if (!found) return [];
      const { rule, text } = found;
      const touched = plan.keysOf(risk.activities);
      const tasks = touched.length > 0 ? touched : all;
      const files = [...writers].flatMap(([file, keys]) =>
        keys.some((key) => tasks.includes(key)) ? [file] : [],
      );
      const subjects = { tasks, files, whole: [] }[rule.of];
      return [
        {
          id: `${plan.prefix}${risk.id}`,
          name: risk.name,
          level: givenLevel(risk, plannedEnd, WORK_TIME.day),
          trigger: {
            kind: "metric",
            metric: rule.metric,
            subjects,
            comparison: "above",
            threshold: thresholdOf(rule, text, plannedEnd),
            unit: WATCHED_METRICS[rule.metric].unit,
          },
          owner: risk.owner?.name ?? "orchestrator",
          response: risk.response,
          contingency: risk.contingency ?? "",
        },
      ];
    }),
  );
}

function triggerIn({ trigger, signs, detection }: GivenRisk) {
  for (const written of [trigger, ...signs, detection]) {
    const text = written?.replaceAll("_", " ") ?? "";
    const rule = RULES.find(({ words }) => words.test(text));
    if (rule) return { rule, text };
  }
  return undefined;
}

const PERCENT = /(\d{1,3}(?:\.\d{1,3})?)\s?%/;
const SPAN = /\d{1,5}(?:\.\d{1,3})?\s?(?:minutes?|hours?|days?|weeks?)/i;

/** The figure of the words, if there is one: `5% behind schedule`, `blocked for 2 hours`. */
function thresholdOf({ threshold }: TriggerRule, text: string, plannedEnd: number): number {
  const percent = PERCENT.exec(text)?.[1];
  if (percent !== undefined) return Math.round((plannedEnd * Number(percent)) / 100);
  const span = readWorkSpan(SPAN.exec(text)?.[0] ?? "")?.minutes;
  if (span !== undefined) return span;
  return threshold === "behind"
    ? Math.max(RUN_RISKS.behindAtLeast, Math.round(plannedEnd * RUN_RISKS.behind))
    : threshold;
}
