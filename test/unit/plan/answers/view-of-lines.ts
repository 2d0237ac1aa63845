import { viewOf, type PlanView } from "../../../../src/plan/answers/plan-view.ts";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { readPlan } from "../../../../src/plan/read-plan.ts";

/** A plan of these lines, as it stands without a status file. */
export function viewOfLines(file: string, lines: readonly string[]): PlanView {
  const plan = readPlan([{ file, text: `${lines.join("\n")}\n` }]);
  return viewOf({
    head: {
      file,
      name: "p",
      dialect: plan.dialect,
      title: plan.title,
      foundBy: { rule: "path", source: null },
    },
    plan,
    graph: buildGraph(plan, { barriers: "phases", inferred: true }),
    recorded: new Map(),
    rule: "barriers",
    errors: new Map(),
    statusFile: null,
    damaged: null,
    diagnostics: [],
  });
}
