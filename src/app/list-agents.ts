import type { Agent, AgentDescription, AgentGreeting } from "../ports/agent.ts";
import type { AppPorts } from "./app-ports.ts";

/** An agent as it is listed. */
export interface ListedAgent extends AgentDescription {
  /** What it says it can do; absent where nobody asked, and of agents that can't be asked. */
  readonly greeting?: AgentGreeting;
}

export interface AgentList {
  /** Those that roles can name. */
  readonly agents: readonly ListedAgent[];
  /** Known agents that are here and that the configuration doesn't name. */
  readonly found: readonly ListedAgent[];
}

export interface AgentsRequest {
  /** Start each agent that can be, and ask what it can do: takes seconds. */
  readonly handshake?: boolean;
}

/** How long an agent may take to start: cold ones took up to 20 seconds on two busy cores. */
const GREETING_MS = 30_000;

/** All agents, with whether they can run here. They are looked at at once, and greeted one after the other: some take all cores to start. */
export async function listAgents(
  ports: Pick<AppPorts, "agents" | "knownAgents">,
  { handshake = false }: AgentsRequest = {},
): Promise<AgentList> {
  const configured = [...(await ports.agents()).values()];
  const known = ports.knownAgents();
  const [agents, others] = await Promise.all([describeAll(configured), describeAll(known)]);
  const found = others.filter(({ availability }) => availability.available);
  if (!handshake) return { agents, found };
  return {
    agents: await greetAll(configured, agents),
    found: await greetAll(known, found),
  };
}

const describeAll = (agents: readonly Agent[]): Promise<readonly AgentDescription[]> =>
  Promise.all(agents.map((agent) => agent.describe()));

async function greetAll(
  agents: readonly Agent[],
  described: readonly AgentDescription[],
): Promise<readonly ListedAgent[]> {
  const listed: ListedAgent[] = [];
  for (const description of described) {
    const agent = agents.find(({ name }) => name === description.name);
    const greeting = description.availability.available
      ? await agent?.greet?.(GREETING_MS)
      : undefined;
    listed.push({ ...description, ...(greeting && { greeting }) });
  }
  return listed;
}
