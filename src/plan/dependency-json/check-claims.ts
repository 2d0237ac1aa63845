import type { PlanDiagnostic } from "../model.ts";
import type { Assembled } from "./assemble.ts";
import { phaseOrder, claim, type Case } from "./claims/claim.ts";
import { checkCounts } from "./claims/counts.ts";
import { checkCriticalPath } from "./claims/critical-path.ts";
import { checkEfficiency } from "./claims/efficiency.ts";
import { checkMatrices } from "./claims/matrix.ts";
import { checkTeams } from "./claims/teams.ts";
import { checkDates, checkWaves } from "./claims/waves.ts";
import type { Facts } from "./facts.ts";
import { quoted } from "../report.ts";

const CHECKS: readonly ((one: Case) => readonly PlanDiagnostic[])[] = [
  checkCounts,
  checkWaves,
  checkDates,
  checkEfficiency,
  checkMatrices,
  checkCriticalPath,
  checkTeams,
  checkDirections,
];

/**
 * Check what documents claim against what they say (WV-01, WV-02): totals, waves, dates, durations, efficiency and its thresholds,
 * adjacency matrices, critical paths, circles, teams. Claims are figures that follow from others; nothing is planned from them.
 */
export function checkClaims(facts: Facts, { plan, ids }: Assembled): readonly PlanDiagnostic[] {
  const one: Case = { facts, ids, plan, order: phaseOrder(plan) };
  return CHECKS.flatMap((check) => check(one));
}

/** Lists of edges that say the reverse of what phases or tasks say of themselves: one of the two is the wrong way round. */
function checkDirections({ facts, ids }: Case): readonly PlanDiagnostic[] {
  const pair = (from: string, to: string): string => {
    const [first, second] = [from, to].map(
      (word) => ids.tasks.find(word) ?? ids.phases.find(word) ?? word,
    );
    return JSON.stringify([first, second]);
  };
  const own = new Set(
    facts.edges
      .filter(({ list }) => list === "own")
      .map(({ dependency, dependent }) => pair(dependency, dependent)),
  );
  return facts.edges.flatMap(({ list, dependency, dependent, place }) => {
    if (
      list === "own" ||
      !own.has(pair(dependent, dependency)) ||
      own.has(pair(dependency, dependent))
    )
      return [];
    return [
      claim(
        "PLAN_EDGE_REVERSED",
        place,
        `This edge lets ${quoted(dependent)} wait for ${quoted(dependency)}, but ${quoted(dependency)} itself says that it waits for ${quoted(dependent)}`,
      ),
    ];
  });
}
