import { WavegateError } from "../../../core/error.ts";
import type { Agent } from "../../../ports/agent.ts";
import {
  resolveModelDefinition,
  type ModelAgentDefinition,
} from "../../../stage/agents/model-definition.ts";
import { modelAgentProblems } from "../../../stage/agents/model-problems.ts";
import type { MakeFilter } from "../../shared/output/output-file.ts";
import type { Environment } from "./access.ts";
import { describeModel } from "./describe-model.ts";
import { runAttempt } from "./run-attempt.ts";
import { findPackage, type FindPackage } from "./sdk-packages.ts";

export interface ModelAgentOptions {
  /** The user's environment, where keys are. */
  readonly env: Environment;
  /** The project: whether packages are to be installed for it, or for all. */
  readonly cwd: string;
  /** Makes a filter that takes secrets out of raw output before it is kept. Default: output is kept as it is. */
  readonly makeFilter?: MakeFilter;
  /** Epoch milliseconds; for waiting times named as dates. */
  readonly now?: () => number;
  /** Finds the AI SDK. Default: beside Wavegate. */
  readonly find?: FindPackage;
}

/**
 * An agent that is one call of a model's API (AG-01), or a few where its inputs are too long to be sent whole. It starts no
 * process and reads no file. Throws `CONFIG_INVALID` for a definition that cannot run.
 */
export function createModelAgent(
  definition: ModelAgentDefinition,
  options: ModelAgentOptions,
): Agent {
  const [problem] = modelAgentProblems(definition);
  if (problem !== undefined)
    throw new WavegateError("CONFIG_INVALID", `Agent ${definition.name}: ${problem.message}.`, {
      hint: problem.hint,
    });
  const resolved = resolveModelDefinition(definition);
  const surroundings = { env: options.env, cwd: options.cwd, find: options.find ?? findPackage };
  const settings = {
    definition: resolved,
    surroundings,
    makeFilter: options.makeFilter,
    now: options.now ?? Date.now,
    unknownWays: new Set<never>(),
  };
  return {
    name: definition.name,
    provider: resolved.sharesLimitsWith,
    writes: false,
    run: (request) => runAttempt(settings, request),
    describe: () => Promise.resolve(describeModel(resolved, surroundings)),
  };
}
