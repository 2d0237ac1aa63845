import type { AgentLimits } from "../../../ports/agent.ts";
import type { ResolvedAgentDefinition } from "../../../stage/agents/command-definition.ts";

/** Arguments that tell a program the most that it may spend, where it can be told and anything limits it. */
export const costArguments = (
  { costFlag }: Pick<ResolvedAgentDefinition, "costFlag">,
  { maxCostUsd }: Pick<AgentLimits, "maxCostUsd">,
): readonly string[] =>
  costFlag === undefined || maxCostUsd === undefined
    ? []
    : [costFlag, String(Number(maxCostUsd.toFixed(6)))];
