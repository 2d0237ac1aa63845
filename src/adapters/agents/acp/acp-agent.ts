import { WavegateError } from "../../../core/error.ts";
import type { Agent } from "../../../ports/agent.ts";
import type { Sandbox } from "../../../ports/sandbox.ts";
import {
  resolveAcpDefinition,
  type AcpAgentDefinition,
} from "../../../stage/agents/acp/definition.ts";
import { acpAgentProblems } from "../../../stage/agents/acp/problems.ts";
import type { MakeFilter } from "../../shared/output/output-file.ts";
import { allowedEnvironment, type Environment } from "../../shared/process/environment.ts";
import { greetAgent } from "./greet-agent.ts";
import { describeAcp } from "./describe-acp.ts";
import { createPool } from "./pool.ts";
import { runAttempt } from "./run-attempt.ts";

export interface AcpAgentOptions {
  /** The user's environment; only what the definition allows is passed on. */
  readonly env: Environment;
  /** Where programs named by a relative path are looked for. Default: the folder of this process. */
  readonly cwd?: string;
  /** Between SIGTERM and SIGKILL, and how long a canceled session may take to end, in milliseconds. Default 2,000. */
  readonly graceMs?: number;
  /** Makes a filter that takes secrets out of what is kept. Default: it is kept as it is. */
  readonly makeFilter?: MakeFilter;
  /** Where its program runs. Default: as any other program of the user. */
  readonly sandbox?: Sandbox;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/**
 * An agent that speaks the Agent Client Protocol (AG-01), version 1, over its standard input and output: one session an
 * attempt, in the project. Throws `CONFIG_INVALID` for a definition that cannot run. What is shared by its sessions is
 * ended by `close`.
 */
export function createAcpAgent(
  definition: AcpAgentDefinition,
  options: AcpAgentOptions,
): Required<Agent> {
  const [problem] = acpAgentProblems(definition);
  if (problem !== undefined)
    throw new WavegateError("CONFIG_INVALID", `Agent ${definition.name}: ${problem.message}.`, {
      hint: problem.hint,
    });
  const resolved = resolveAcpDefinition(definition);
  const env = allowedEnvironment(resolved, options.env);
  const pool = createPool(resolved.sessionsPerProcess);
  const settings = {
    definition: resolved,
    env,
    cwd: options.cwd ?? process.cwd(),
    outerTags: options.env["WAVEGATE_ATTEMPT"],
    graceMs: options.graceMs ?? 2_000,
    makeFilter: options.makeFilter,
    now: options.now ?? Date.now,
    pool,
    sandbox: options.sandbox,
  };
  return {
    name: definition.name,
    provider: resolved.provider,
    writes: true,
    run: (request) => runAttempt(settings, request),
    describe: () =>
      describeAcp(resolved, env, {
        cwd: options.cwd ?? process.cwd(),
        sandbox: options.sandbox,
      }),
    greet: (withinMs) => greetAgent(settings, options.cwd ?? process.cwd(), withinMs),
    close: () => pool.close(),
  };
}
