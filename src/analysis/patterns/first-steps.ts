import { isWork } from "../../plan/graph/model.ts";
import { runPattern } from "../../schedule/run-pattern.ts";
import type { Pattern } from "../../schedule/patterns.ts";
import { prepareWork } from "../../schedule/work.ts";
import type { AnalysedPlan } from "../input.ts";
import { workOf } from "../measure/plan-work.ts";

/** A task or verification, when it begins and ends, in minutes from the start, if everything takes what is expected. */
export interface Step {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** What a pattern begins first, in the order of the beginnings. */
export function firstSteps(
  { declared: graph, uses }: AnalysedPlan,
  pattern: Pattern,
  { workers, most }: { readonly workers: number; readonly most: number },
): readonly Step[] {
  const work = prepareWork(workOf(graph, uses));
  const run = runPattern(work, { pattern, workers, batch: workers, durations: work.minutes });
  return graph.nodes
    .flatMap((node, index) =>
      isWork(node) && (graph.minutes[index] ?? 0) > 0
        ? [{ key: node.key, start: run.starts[index] ?? 0, end: run.ends[index] ?? 0 }]
        : [],
    )
    .toSorted((a, b) => a.start - b.start)
    .slice(0, most);
}

const WIDTH = 48;

/** Steps as lines of text, one bar each: `1.2        0-30    ====`. ASCII, so that it reads the same everywhere. */
export function ganttOf(steps: readonly Step[]): string {
  const end = steps.reduce((most, step) => Math.max(most, step.end), 0);
  const label = steps.reduce((most, { key }) => Math.max(most, key.length), 4);
  const span = (step: Step) => `${Math.round(step.start)}-${Math.round(step.end)}`;
  const times = steps.reduce((most, step) => Math.max(most, span(step).length), 0);
  const at = (minutes: number) => (end === 0 ? 0 : Math.round((minutes / end) * WIDTH));
  return steps
    .map((step) => {
      const from = Math.min(WIDTH - 1, at(step.start));
      const bar = "=".repeat(Math.max(1, at(step.end) - from));
      return `${step.key.padEnd(label)}  ${span(step).padStart(times)}  ${" ".repeat(from)}${bar}`;
    })
    .join("\n");
}
