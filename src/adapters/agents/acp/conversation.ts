import type { AgentFailure } from "../../../ports/agent.ts";
import type { ResolvedAcpDefinition } from "../../../stage/agents/acp/definition.ts";
import type { StdioServer } from "../shared/submit/submit-server.ts";
import type { AcpConnection } from "./connection.ts";
import type { Handshake } from "./handshake.ts";

/** Why an attempt came to nothing, as the end of a sentence that starts with the agent. */
export type Failed = Pick<AgentFailure, "kind" | "message" | "retryAfterMs">;

/** Thrown by the steps of a conversation. */
export class ConversationEnd extends Error {
  readonly failed: Failed;

  constructor(failed: Failed) {
    super(failed.message);
    this.failed = failed;
  }
}

export interface Conversation {
  readonly connection: AcpConnection;
  readonly definition: ResolvedAcpDefinition;
  readonly cwd: string;
  readonly prompt: string;
  readonly servers: readonly StdioServer[];
  /** Whether a variable is set in the agent's environment. */
  readonly has: (variable: string) => boolean;
  /** Called with the session's id as soon as it has one. */
  readonly named: (sessionId: string) => void;
  /** The agent is asked: from here on it can be canceled. */
  readonly asked: (sessionId: string, handshake: Handshake) => void;
  readonly note: (text: string) => void;
}
