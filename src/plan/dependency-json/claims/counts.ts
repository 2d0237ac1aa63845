import type { PlanDiagnostic } from "../../model.ts";
import { field, find, items, numberOf, wordOf, type Value } from "../../../core/json-values.ts";
import { claim, type Case } from "./claim.ts";

/** `total_waves`, `total_phases`, `total_tasks`, `total_dependencies`, and how many phases a wave is said to block. */
export function checkCounts({ facts, ids, plan, order }: Case): readonly PlanDiagnostic[] {
  const told: PlanDiagnostic[] = [];
  const phaseEdges = order.edges.length;
  const taskEdges = plan.dependencies.length;
  for (const document of facts.documents) {
    const compare = (name: string, counts: readonly number[], what: string): void => {
      const value = find(document, name);
      const stated = numberOf(value);
      if (value && stated !== undefined && !counts.includes(stated))
        told.push(
          claim("PLAN_CLAIM_COUNT", value, `${name} says ${stated}, but ${counts[0] ?? 0} ${what}`),
        );
    };
    const list = facts.waves.find(({ value }) => value.source === document.source);
    if (list)
      compare(
        "total_waves",
        [list.waves.length],
        list.waves.length === 1 ? "wave is listed" : "waves are listed",
      );
    compare("total_phases", [plan.phases.length], "phases are there");
    if (facts.tasks.length > 0) compare("total_tasks", [facts.tasks.length], "tasks are there");
    compare(
      "total_dependencies",
      [phaseEdges + taskEdges, phaseEdges, taskEdges],
      "dependencies are there",
    );
  }
  for (const { waves } of facts.waves)
    for (const { value, members } of waves) {
      const keys = new Set(members.flatMap(({ word }) => ids.phases.find(word) ?? []));
      const dependents = plan.phases.filter(({ after }) =>
        after.some(({ phase }) => keys.has(phase)),
      ).length;
      for (const words of items(field(value, "blocking_factors", "blocking_factor")))
        told.push(...blocked(words, dependents));
    }
  return told;
}

function blocked(words: Value, dependents: number): readonly PlanDiagnostic[] {
  const stated = /\bblocks\s+(\d{1,6})\s+(?:dependent\s+)?phases?\b/i.exec(
    wordOf(words) ?? "",
  )?.[1];
  return stated === undefined || Number(stated) === dependents
    ? []
    : [
        claim(
          "PLAN_CLAIM_COUNT",
          words,
          `The wave is said to block ${stated} phases, but ${dependents} wait for its phases`,
        ),
      ];
}
