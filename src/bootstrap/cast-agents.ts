import { createAcpAgent } from "../adapters/agents/acp/acp-agent.ts";
import { createBuiltinAgent } from "../adapters/agents/builtin/builtin-agent.ts";
import { createCommandAgent } from "../adapters/agents/command/command-agent.ts";
import { createModelAgent } from "../adapters/agents/model/model-agent.ts";
import type { MakeFilter } from "../adapters/shared/output/output-file.ts";
import type { SandboxOf } from "./sandboxes.ts";
import { WavegateError } from "../core/error.ts";
import { oneLine } from "../core/text.ts";
import type { Agent, Agents } from "../ports/agent.ts";
import { PACKAGE_VERSION } from "./package-version.ts";
import type { AcpAgentDefinition } from "../stage/agents/acp/definition.ts";
import { AGENT_KINDS, type AgentDefinition } from "../stage/agents/kinds.ts";
import { variablesOf } from "../stage/agents/variables-of.ts";
import { withSecrets, type Keychain } from "./keychain.ts";

/** What adapters are given besides the definition. */
export interface AdapterOptions {
  /** The user's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Makes a filter that takes secrets out of raw output before it is kept. */
  readonly makeFilter: MakeFilter;
  /** The project. */
  readonly cwd: string;
  /** Where the programs of an agent run. */
  readonly sandboxOf: SandboxOf;
  /** Secrets that commands print. */
  readonly keychain: Keychain;
}

/** How long what an agent says of itself is believed: a worker lives for days, and programs are updated. */
const DESCRIBED_FOR_MS = 60_000;

/** A known agent is the same program whichever way it is spoken to. */
const presetOf = ({ acp }: AcpAgentDefinition) => (typeof acp === "string" ? { preset: acp } : {});

/** The user's variables, and those that the agent may see. */
function variablesFor(definition: AgentDefinition, { env }: AdapterOptions) {
  const { passes } = variablesOf(AGENT_KINDS, definition);
  const passed = Object.entries(env).filter(([name]) => passes(name));
  const own = "env" in definition ? definition.env : {};
  return { env, passed: { ...Object.fromEntries(passed), ...own } };
}

/** The adapter of each kind. */
function createAgent(definition: AgentDefinition, options: AdapterOptions): Agent {
  switch (definition.kind) {
    case "command":
      return createCommandAgent(definition, {
        ...options,
        sandbox: options.sandboxOf(definition, variablesFor(definition, options)),
      });
    case "model":
      return createModelAgent(definition, options);
    case "acp":
      return createAcpAgent(definition, {
        ...options,
        sandbox: options.sandboxOf(
          { ...definition, ...presetOf(definition) },
          variablesFor(definition, options),
        ),
      });
  }
}

/** The same with the secrets that the agent gets, of those that commands print. */
const createWithSecrets = (definition: AgentDefinition, options: AdapterOptions): Agent =>
  withSecrets(
    {
      keychain: options.keychain,
      names: options.keychain.names(variablesOf(AGENT_KINDS, definition).passes),
    },
    (secrets) => createAgent(definition, { ...options, env: { ...options.env, ...secrets } }),
  );

/** What stays as it is of an agent that is wrapped. */
const keptOf = (agent: Agent): Omit<Agent, "run" | "describe"> => ({
  name: agent.name,
  ...(agent.writes !== undefined && { writes: agent.writes }),
  ...(agent.provider !== undefined && { provider: agent.provider }),
  ...(agent.greet && { greet: agent.greet.bind(agent) }),
  ...(agent.close && { close: agent.close.bind(agent) }),
});

/** The agent in the project where it is now, which may be elsewhere than where a run of it was begun; a task's work has its own place. */
const workingIn = (cwd: string, agent: Agent): Agent => ({
  ...keptOf(agent),
  describe: () => agent.describe(),
  run: (request) => agent.run(request.work ? request : { ...request, cwd }),
});

/** The agent, which is asked what it is now and then only: each answer that is kept is filed by that. */
function describedOnce(agent: Agent): Agent {
  let last:
    | { readonly at: number; readonly description: ReturnType<Agent["describe"]> }
    | undefined;
  const describe = () => {
    if (!last || performance.now() - last.at > DESCRIBED_FOR_MS) {
      const description = agent.describe();
      last = { at: performance.now(), description };
      description.catch(() => {
        last = undefined;
      });
    }
    return last.description;
  };
  return { ...keptOf(agent), describe, run: (request) => agent.run(request) };
}

/**
 * Every agent that roles can name: the built-in one, those of the configuration, and those that were given. Throws
 * `CONFIG_INVALID` when two have the same name.
 */
export function castAgents(
  definitions: readonly AgentDefinition[],
  given: readonly Agent[],
  options: AdapterOptions,
): Agents {
  const agents = new Map<string, Agent>();
  for (const agent of [
    createBuiltinAgent(PACKAGE_VERSION),
    ...definitions.map((definition) =>
      workingIn(options.cwd, createWithSecrets(definition, options)),
    ),
    ...given,
  ]) {
    if (agents.has(agent.name))
      throw new WavegateError(
        "CONFIG_INVALID",
        `Two agents are named "${oneLine(agent.name, 60)}".`,
        {
          hint: "Give each agent a name of its own; `builtin` is always there.",
        },
      );
    agents.set(agent.name, describedOnce(agent));
  }
  return agents;
}
