import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import type { Settings } from "../app-ports.ts";
import { unknownAgent, whereRead, whyMissing } from "../start-run.ts";
import type { RunWish } from "./execution-cases.ts";
import type { ExecutionPorts } from "./execution-ports.ts";

/** Who works on tasks; or why nobody is meant. */
export type NamedAgent =
  | { readonly name: string }
  | { readonly name?: undefined; readonly error: WavegateError };

/**
 * The agent that the wish names, else the configuration, else the only one that can change files. Throws AGENT_UNKNOWN, and USAGE for one that
 * can't.
 */
export async function namedAgent(
  ports: Pick<ExecutionPorts, "agents" | "project">,
  settings: Settings,
  { agent }: Pick<RunWish, "agent">,
): Promise<NamedAgent> {
  const agents = await ports.agents();
  const able = [...agents.values()].filter(({ writes }) => writes !== false);
  const name = agent ?? settings.execution.agent;
  if (name !== null) {
    const found = agents.get(name);
    if (!found) {
      const known = able.length > 0 ? able.map((each) => each.name) : [...agents.keys()];
      throw unknownAgent(name, known, whereRead(ports, settings.configFile));
    }
    if (found.writes !== false) return { name };
    throw new WavegateError(
      "USAGE",
      `Agent ${oneLine(name, 60)} can't change files, so it can't work on tasks.`,
      {
        hint: ableHint(able.map((each) => each.name)),
      },
    );
  }
  const [only, another] = able;
  if (only && !another) return { name: only.name };
  return {
    error: new WavegateError("USAGE", "No agent is named that works on tasks.", {
      hint: ableHint(able.map((each) => each.name)),
    }),
  };
}

const ableHint = (names: readonly string[]): string =>
  names.length === 0
    ? "Add a coding agent under agents in the configuration, as docs/agents.md says, and name it with --agent or execution: { agent: NAME }."
    : `Name one with --agent, or execution: { agent: NAME } in the configuration: ${names
        .slice(0, 8)
        .map((name) => oneLine(name, 60))
        .join(", ")}.`;

/** Throws why an agent can't be asked: AGENT_UNKNOWN, AGENT_NOT_INSTALLED, SANDBOX_UNAVAILABLE. */
export async function readyAgent(
  ports: Pick<ExecutionPorts, "agents" | "project">,
  { agentPlaces, configFile }: Settings,
  name: string,
): Promise<void> {
  const agents = await ports.agents();
  const agent = agents.get(name);
  if (!agent) throw unknownAgent(name, [...agents.keys()], whereRead(ports, configFile));
  const place = agentPlaces[name];
  const missing = await whyMissing(agent, place);
  if (missing) throw missing;
  const { sandbox } = await agent.describe();
  if (sandbox?.mode !== "required" || sandbox.missing === undefined) return;
  throw new WavegateError(
    "SANDBOX_UNAVAILABLE",
    `Agent ${name} must run in a sandbox, but ${sandbox.missing.reason}.`,
    { hint: sandbox.missing.hint, ...(place && { place }) },
  );
}
