import type { Agents } from "../ports/agent.ts";
import type { StageSpec } from "../stage/stage-spec.ts";

/** Everybody who may play in a stage, once each. */
export const playersOf = ({ roles, reviewer, synthesizer, qa }: StageSpec): readonly string[] => [
  ...new Set(
    [...roles, reviewer, synthesizer, qa].flatMap(({ agent, fallback }) =>
      fallback === undefined ? [agent] : [agent, fallback],
    ),
  ),
];

/**
 * Look at all agents of a stage at once, before they are needed (ST-21): whether they are there, which version. That
 * starts each program once, so its files have been read when it is asked, and what it says is known when the cache looks
 * for its earlier answers. Nobody waits for it: who needs it asks again, and gets the same answer.
 */
export function warmAgents(agents: Agents, stage: StageSpec): void {
  for (const name of playersOf(stage))
    agents
      .get(name)
      ?.describe()
      // Whoever needs it meets the same error.
      .catch(() => undefined);
}
