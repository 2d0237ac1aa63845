import type { Agents } from "../ports/agent.ts";
import type { AnswerCache } from "../ports/answer-cache.ts";
import type { Artifacts, ProjectFiles } from "../ports/artifacts.ts";
import type { AuditLog } from "../ports/audit.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ledgers } from "../ports/ledgers.ts";
import type { AgentCosts } from "../stage/budget/agent-cost.ts";
import type { TakeDown } from "./take-down.ts";

/** Everything of the world that a stage reaches, inside its steps. */
export interface StagePorts {
  readonly agents: Agents;
  readonly artifacts: Artifacts;
  readonly files: ProjectFiles;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Takes down what a stage works from when its turn has come. */
  readonly takeDown: TakeDown;
  /** Agents' answers, across runs. */
  readonly cache: AnswerCache;
  /** What runs use of their budgets. */
  readonly ledgers: Ledgers;
  /** What is known of what agents cost, by the configuration as it is now. */
  readonly costs: AgentCosts;
  /** SHA-256 of a text, in hex. */
  readonly digest: (text: string) => string;
  /** The commit that the project is at; undefined where it has none. Agents that read the project answer by it. */
  readonly revision: () => Promise<string | undefined>;
  /** The most calls of a provider at once over all runs of the project; null for no limit. */
  readonly providerLimit: (provider: string) => number | null;
  /** Removes secrets from text that came from outside. */
  readonly redact: (text: string) => string;
}
