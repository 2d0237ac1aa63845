import { createAcpAgent } from "../adapters/agents/acp/acp-agent.ts";
import type { Agent } from "../ports/agent.ts";
import { ACP_PRESET_NAMES } from "../stage/agents/acp/presets.ts";
import type { AgentDefinition } from "../stage/agents/kinds.ts";
import type { AdapterOptions } from "./cast-agents.ts";

/**
 * The known agents that no configured one is, for people who look for one: with what holds for all agents, and nothing of
 * their own. They play no role.
 */
export const knownAgents = (
  definitions: readonly AgentDefinition[],
  options: AdapterOptions,
): readonly Agent[] =>
  ACP_PRESET_NAMES.filter(
    (preset) => !definitions.some((each) => each.kind === "acp" && each.acp === preset),
  ).map((preset) =>
    createAcpAgent(
      { kind: "acp", name: preset, acp: preset },
      { ...options, sandbox: options.sandboxOf({ name: `known ${preset}`, preset }, options) },
    ),
  );
