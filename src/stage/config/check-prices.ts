import { nearestName } from "../../core/nearest-name.ts";
import { FREE, UNKNOWN_COST, type AgentCost, type AgentCosts } from "../budget/agent-cost.ts";
import { capsOf } from "../budget/cap.ts";
import { PRICE_HINT, unpricedAgents } from "../budget/unpriced.ts";
import type { StageSpec } from "../stage-spec.ts";
import { budgetOf } from "./budget-options.ts";
import type { ConfigFile } from "./config-schema.ts";
import type { ConfigPath } from "./locate.ts";
import { showValue, type Report } from "./report.ts";

/** Names of prices that there are, and a price for whoever plays where money is limited. */
export function checkPrices(
  {
    file,
    stages,
    costs,
    touched,
  }: {
    readonly file: ConfigFile;
    readonly stages: readonly StageSpec[];
    readonly costs: ReadonlyMap<string, AgentCost>;
    readonly touched: (path: ConfigPath) => boolean;
  },
  report: Report,
): void {
  const known = Object.keys(file.prices ?? {});
  for (const [name, { price }] of Object.entries(file.agents ?? {})) {
    if (typeof price !== "string" || known.includes(price)) continue;
    const near = nearestName(price, known);
    report({
      code: "CONFIG_UNKNOWN_PRICE",
      path: ["agents", name, "price"],
      part: "value",
      message: `There is no price ${showValue(price)}.`,
      hint: near ? `Did you mean ${near}?` : "Add it under prices.",
    });
  }
  if (touched(["prices"])) return;
  const caps = capsOf(budgetOf(file.budget ?? {}), stages);
  // What agents given in code cost, they say themselves; an agent that is not defined is another problem.
  for (const { agent, scope } of unpricedAgents(caps, stages, costsBy(costs)))
    report({
      code: "CONFIG_UNKNOWN_PRICE",
      path: ["agents", agent],
      part: "key",
      message: `Money is limited for ${scope}, but what ${agent} costs is not known: it doesn't say, and has no price.`,
      hint: PRICE_HINT,
    });
}

/** The costs of any agent: the built-in one is free, those given in code say themselves what they cost. */
export const costsBy =
  (costs: ReadonlyMap<string, AgentCost>): AgentCosts =>
  (agent) =>
    agent === "builtin" ? FREE : (costs.get(agent) ?? { ...UNKNOWN_COST, reportsCost: true });
