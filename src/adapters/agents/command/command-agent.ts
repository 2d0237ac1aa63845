import { WavegateError } from "../../../core/error.ts";
import type { Agent } from "../../../ports/agent.ts";
import type { Sandbox } from "../../../ports/sandbox.ts";
import { commandAgentProblems } from "../../../stage/agents/command-problems.ts";
import {
  resolveAgentDefinition,
  type CommandAgentDefinition,
} from "../../../stage/agents/command-definition.ts";
import { describeProgram } from "./describe-program.ts";
import { allowedEnvironment, type Environment } from "../../shared/process/environment.ts";
import type { MakeFilter } from "../../shared/output/output-file.ts";
import { runAttempt } from "./run-attempt.ts";

export interface CommandAgentOptions {
  /** The user's environment; only what the definition allows is passed on. */
  readonly env: Environment;
  /** Where programs named by a relative path are looked for. Default: the folder of this process. */
  readonly cwd?: string;
  /** Between SIGTERM and SIGKILL, in milliseconds. Default 2,000. */
  readonly graceMs?: number;
  /** Makes a filter that takes secrets out of raw output before it is kept. Default: output is kept as it is. */
  readonly makeFilter?: MakeFilter;
  /** Where its program runs. Default: as any other program of the user. */
  readonly sandbox?: Sandbox;
  /** Epoch milliseconds; for start times in records and waiting times named as dates. */
  readonly now?: () => number;
}

/**
 * An agent that is any program (AG-01), with its limits (AG-03): started without a shell in the request's folder, in its own process group, with
 * an allow-listed environment; its raw output is kept in the request's output folder. Throws `CONFIG_INVALID` for a
 * definition that cannot run.
 */
export function createCommandAgent(
  definition: CommandAgentDefinition,
  options: CommandAgentOptions,
): Agent {
  const [problem] = commandAgentProblems(definition);
  if (problem !== undefined)
    throw new WavegateError("CONFIG_INVALID", `Agent ${definition.name}: ${problem.message}.`, {
      hint: problem.hint,
    });
  const resolved = resolveAgentDefinition(definition);
  const env = allowedEnvironment(resolved, options.env);
  const settings = {
    definition: resolved,
    env,
    cwd: options.cwd ?? process.cwd(),
    outerTags: options.env["WAVEGATE_ATTEMPT"],
    graceMs: options.graceMs ?? 2_000,
    makeFilter: options.makeFilter,
    now: options.now ?? Date.now,
    sandbox: options.sandbox,
  };
  return {
    name: definition.name,
    provider: resolved.provider,
    run: (request) => runAttempt(settings, request),
    describe: () =>
      describeProgram(resolved, env, {
        cwd: options.cwd ?? process.cwd(),
        sandbox: options.sandbox,
      }),
  };
}
