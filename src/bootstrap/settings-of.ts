import type { LoadedConfig } from "../adapters/config/load-config.ts";
import type { Settings } from "../app/app-ports.ts";
import { BUILT_IN_STAGES } from "../stage/built-in/stages.ts";
import { stageFor } from "../stage/config/resolve-stage.ts";

const DEFAULT_WORKER_CONCURRENCY = 4;

/** What a configuration makes of the built-in stages and of the worker. */
export const settingsOf = (config: LoadedConfig): Settings => ({
  stage: (name, wishes) => stageFor(config.stages[name] ?? {}, BUILT_IN_STAGES[name], wishes),
  scores: config.scores,
  agentLimit: config.agentLimit,
  workerConcurrency: config.workerConcurrency ?? DEFAULT_WORKER_CONCURRENCY,
  agentPlaces: config.agentPlaces,
  configFile: config.file,
});
