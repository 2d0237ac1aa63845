import { at } from "../../core/graph/digraph.ts";
import { minutesSources } from "../../plan/answers/minutes-source.ts";
import { edgesInto, isWork } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import type { WatchedMetric } from "../../schedule/strategy/risks/risk.ts";
import { RISK_RULES } from "../../schedule/strategy/risks/rules.ts";
import { WATCHED_METRICS } from "../../schedule/strategy/risks/watched-metrics.ts";
import type { Executable } from "../executable.ts";
import type { WatchedRisk } from "./risk-watch.ts";

/** From how many on, and by how much: as the rules of the register, and S3's 5 % behind schedule. */
export const RUN_RISKS = { hot: 3, fanIn: 3, behind: 0.05, behindAtLeast: 10, most: 10 } as const;

interface Found {
  /** Id of a rule of the register: its words are taken. */
  readonly rule: string;
  readonly about: string;
  readonly level: WatchedRisk["level"];
  readonly metric: WatchedMetric;
  readonly subjects: readonly string[];
  readonly threshold: number;
}

/**
 * The risks that a run's own graph shows, for who begins it without a schedule: those rules of the register (S3, WV-09) whose sign a run can
 * measure, in the register's words. At most ten of each rule.
 */
export function runRisks(
  work: Executable,
  { uses, plannedEnd }: { readonly uses: UsesByTask; readonly plannedEnd: number },
): readonly WatchedRisk[] {
  const found: readonly Found[] = [
    lateEnd(plannedEnd),
    ...withoutEstimate(work),
    ...hotFiles(uses),
    ...lateIntegrations(work),
  ];
  return found.flatMap((each, index): readonly WatchedRisk[] => {
    const rule = RISK_RULES.find(({ id }) => id === each.rule);
    if (!rule) throw new Error(`no rule ${each.rule}`);
    const { metric, subjects, threshold, level } = each;
    return [
      {
        id: `run_${String(index + 1).padStart(3, "0")}`,
        name: `${rule.name} ${each.about}`,
        level,
        trigger: {
          kind: "metric",
          metric,
          subjects,
          comparison: "above",
          threshold,
          unit: WATCHED_METRICS[metric].unit,
        },
        owner: rule.owner,
        response: rule.responseProcedures,
        contingency: rule.contingencyPlan,
      },
    ];
  });
}

const lateEnd = (plannedEnd: number): Found => ({
  rule: "long-chain",
  about: "the run",
  level: "high",
  metric: "finish-late-minutes",
  subjects: [],
  threshold: Math.max(RUN_RISKS.behindAtLeast, Math.round(plannedEnd * RUN_RISKS.behind)),
});

/** Tasks that no text says the minutes of: they come true when one takes twice its figure. */
function withoutEstimate({ graph }: Executable): readonly Found[] {
  const sources = graph.plans.map(minutesSources);
  const open = graph.nodes.flatMap((node, index) =>
    node.kind === "task" && sources[node.plan]?.(node) === "default" ? [{ node, index }] : [],
  );
  const [first] = open;
  if (!first) return [];
  return [
    {
      rule: "no-figure",
      about: `${open.length} of ${graph.nodes.filter(isWork).length}`,
      level: "medium",
      metric: "duration-over-minutes",
      subjects: open.map(({ node }) => node.key),
      threshold: at(graph.minutes, first.index),
    },
  ];
}

function hotFiles(uses: UsesByTask): readonly Found[] {
  return [...writersOf(uses)]
    .filter(([, keys]) => keys.length >= RUN_RISKS.hot)
    .toSorted((a, b) => b[1].length - a[1].length)
    .slice(0, RUN_RISKS.most)
    .map(([file]) => ({
      rule: "hot-file",
      about: file,
      level: "medium",
      metric: "same-file-changes",
      subjects: [file],
      threshold: 0,
    }));
}

function lateIntegrations({ graph }: Executable): readonly Found[] {
  return graph.nodes
    .flatMap((node, index) => {
      if (node.kind !== "task") return [];
      const before = edgesInto(graph, index).filter(
        ({ cut, from }) => !cut && isWork(graph.nodes[from]),
      ).length;
      return before >= RUN_RISKS.fanIn ? [{ node, before }] : [];
    })
    .toSorted((a, b) => b.before - a.before)
    .slice(0, RUN_RISKS.most)
    .map(({ node }) => ({
      rule: "late-integration",
      about: node.key,
      level: "medium",
      metric: "open-dependencies",
      subjects: [node.key],
      threshold: 0,
    }));
}

/** By file, keys of tasks that are said to write it. */
export function writersOf(uses: UsesByTask): ReadonlyMap<string, readonly string[]> {
  const writers = new Map<string, string[]>();
  for (const [key, own] of uses)
    for (const { resource, kind, access, vague } of own) {
      if (kind !== "file" || access !== "write" || vague === true) continue;
      const known = writers.get(resource);
      if (!known) writers.set(resource, [key]);
      else if (!known.includes(key)) known.push(key);
    }
  return writers;
}
