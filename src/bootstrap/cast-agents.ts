import { createBuiltinAgent } from "../adapters/agents/builtin/builtin-agent.ts";
import {
  createCommandAgent,
  type CommandAgentOptions,
} from "../adapters/agents/command/command-agent.ts";
import type { Agent, Agents } from "../ports/agent.ts";
import type { CommandAgentDefinition } from "../stage/agent-definition.ts";

/** Every agent that roles can name: the built-in one, and the programs of the configuration. */
export function castAgents(
  definitions: readonly CommandAgentDefinition[],
  options: CommandAgentOptions,
): Agents {
  const agents: readonly Agent[] = [
    createBuiltinAgent(),
    ...definitions.map((definition) => createCommandAgent(definition, options)),
  ];
  return new Map(agents.map((agent) => [agent.name, agent]));
}
