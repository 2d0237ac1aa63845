/** What tests of the command agent ask it, and how they look at the end. */
import path from "node:path";
import {
  createCommandAgent,
  type CommandAgentOptions,
} from "../../src/adapters/agents/command/command-agent.ts";
import type { AgentFailure, AgentOutcome, AgentRequest } from "../../src/ports/agent.ts";
import type { CommandAgentDefinition } from "../../src/stage/agents/command-definition.ts";

export type Definition = Omit<CommandAgentDefinition, "name" | "kind">;

/** A command agent that is quick to kill. */
export const agentOf = (definition: Definition, options: Partial<CommandAgentOptions> = {}) =>
  createCommandAgent(
    { kind: "command", name: "scripted", ...definition },
    { env: process.env, graceMs: 100, ...options },
  );

/** A request to work in `folder/project` and to write to `output`. */
export const requestIn = (
  folder: string,
  output: string,
  change: Partial<AgentRequest>,
): AgentRequest => ({
  runId: "run-1",
  stage: "planning",
  role: "requirements",
  task: "analysis",
  contract: "requirements_dossier",
  prompt: "Answer with JSON.",
  inputs: {},
  schema: { type: "object" },
  cwd: path.join(folder, "project"),
  outputFolder: output,
  limits: { timeoutMs: 30_000, stallMs: 30_000, maxOutputBytes: 32 * 2 ** 20 },
  signal: new AbortController().signal,
  onLine: () => {},
  ...change,
});

export const failureOf = (outcome: AgentOutcome): AgentFailure => {
  if (outcome.ok) throw new Error(`answered ${JSON.stringify(outcome.value.value)}`);
  return outcome.error;
};
