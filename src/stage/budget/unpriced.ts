import type { RoleSpec, StageSpec } from "../stage-spec.ts";
import type { AgentCosts } from "./agent-cost.ts";
import { covers, perCallOf, scopeWords, type Cap } from "./cap.ts";

/** An agent whose calls count against money, though nobody can say what they cost. */
export interface Unpriced {
  readonly agent: string;
  /** What is limited, in words. */
  readonly scope: string;
}

/**
 * Agents that play where money is limited, and that neither have a price, nor say what a call cost, nor play where the
 * configuration says what one may cost. A price that is not known is asked for, never guessed (PX-11).
 */
export function unpricedAgents(
  caps: readonly Cap[],
  stages: readonly StageSpec[],
  costs: AgentCosts,
): readonly Unpriced[] {
  const found = new Map<string, Unpriced>();
  for (const stage of stages)
    for (const role of rolesOf(stage)) {
      const key = { stage: stage.name, role: role.name };
      const cap = caps.find((one) => one.microUsd !== null && covers(one, key));
      if (!cap || perCallOf(caps, key).microUsd !== null) continue;
      for (const agent of [role.agent, role.fallback ?? role.agent]) {
        const { free, price, reportsCost } = costs(agent);
        if (!free && !price && !reportsCost && !found.has(agent))
          found.set(agent, { agent, scope: scopeWords(cap) });
      }
    }
  return [...found.values()];
}

const rolesOf = ({ roles, reviewer, synthesizer, qa }: StageSpec): readonly RoleSpec[] => [
  ...roles,
  reviewer,
  synthesizer,
  qa,
];

/** What to do about it. */
export const PRICE_HINT =
  "Look its price up and add it under prices, with date and source; or set budget.call-usd, what one call may cost.";
