import type { AgentKinds } from "./agent-kind.ts";
import { ACP_KIND } from "./acp/kind.ts";
import { COMMAND_KIND } from "./command.ts";
import { MODEL_KIND } from "./model.ts";

/** The kinds of agents that users can configure; the first is meant where nothing says which. A new kind is one more entry. */
const KINDS = [COMMAND_KIND, ACP_KIND, MODEL_KIND] as const;

/** An agent of the configuration. */
export type AgentDefinition = ReturnType<(typeof KINDS)[number]["define"]>;

export const AGENT_KINDS: AgentKinds<AgentDefinition> = KINDS;
