import { at } from "../core/graph/digraph.ts";
import type { Executable } from "./executable.ts";
import type { Frontier } from "./frontier.ts";
import { EXECUTION_PATTERNS } from "./patterns.ts";
import type { RunRules } from "./run-state.ts";

/** Negative where the first node goes first, 0 where neither does. */
export type StartOrder = (a: number, b: number) => number;

/** By the pattern alone, which is the same for a whole run. */
export function firstOf(work: Executable, rules: RunRules): StartOrder {
  const { urgency, phaseRank } = work;
  const byUrgency = (a: number, b: number) => {
    const [one, other] = [at(urgency, a), at(urgency, b)];
    return one === other ? 0 : one < other ? -1 : 1;
  };
  switch (EXECUTION_PATTERNS[rules.pattern].first) {
    case "document":
      return () => 0;
    case "urgent":
      return byUrgency;
    case "phase":
      return (a, b) => at(phaseRank, a) - at(phaseRank, b) || byUrgency(a, b);
  }
}

/** What was tried before comes last, whatever else, so that it holds up nothing but what waits for it. */
export function startOrder(work: Executable, frontier: Frontier, rules: RunRules): StartOrder {
  const first = firstOf(work, rules);
  const retried = (node: number) => {
    const own = frontier.stateOf(node);
    return Number(own.status === "open" && own.tries.used > 0);
  };
  return (a, b) => retried(a) - retried(b) || first(a, b);
}
