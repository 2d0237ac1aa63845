/** Runs as text: what the executor decides, drawn over time. */
import { executable } from "../../../src/execution/executable.ts";
import type { RunRules } from "../../../src/execution/run-state.ts";
import { simulateExecution } from "../../../src/execution/simulate-execution.ts";
import { buildGraph } from "../../../src/plan/graph/build-graph.ts";
import { joinGraphs } from "../../../src/plan/graph/join-graphs.ts";
import { readPlan } from "../../../src/plan/read-plan.ts";

/** Three for an hour. */
const columns = (minutes: number): number => Math.round(minutes / 20);

export const rulesOf = (
  limits: RunRules["limits"],
  pattern: RunRules["pattern"] = "dag",
): RunRules => ({ pattern, failures: "continue", limits });

/** Under a title with the hours of all of it, a line for each task. Plans by name. */
export function drawnRun(
  title: string,
  plans: Readonly<Record<string, string>>,
  rules: RunRules,
): readonly string[] {
  const named = Object.entries(plans).map(([name, text]) => {
    const plan = readPlan([{ file: `docs/plans/${name}.md`, text }]);
    return { name, graph: buildGraph(plan, { barriers: "phases", inferred: true }) };
  });
  const graph = joinGraphs(named);
  const { times, makespan } = simulateExecution(executable(graph, { uses: new Map() }), {
    rules,
    durations: graph.minutes,
  });
  return [
    `${title}: ${makespan / 60} h`,
    ...[...times]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(
        ([key, { start, end }]) =>
          `  ${key} ${" ".repeat(columns(start))}${"█".repeat(columns(end - start))}`,
      ),
  ];
}

/** Pictures beside each other, two in a row. */
export const besideEachOther = (
  pairs: readonly (readonly [readonly string[], readonly string[]])[],
): string =>
  pairs
    .flatMap(([one, other]) => [
      "",
      ...one.map((line, row) => `${line.padEnd(34)}${other[row] ?? ""}`.trimEnd()),
    ])
    .slice(1)
    .join("\n");
