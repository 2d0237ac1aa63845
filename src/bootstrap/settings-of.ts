import type { LoadedConfig } from "../adapters/config/load-config.ts";
import type { Settings } from "../app/app-ports.ts";
import { STAGE_NAMES } from "../stage/built-in/stages.ts";
import { costsBy } from "../stage/config/check-prices.ts";
import { reviewersOf } from "../stage/config/config.ts";
import { DEFAULT_WORKER_CONCURRENCY } from "../stage/config/defaults.ts";
import { baseStage } from "../stage/config/own-stage.ts";
import { stageFor, statedIn } from "../stage/config/resolve-stage.ts";

/** What a configuration makes of the built-in stages and of the worker. */
export const settingsOf = (config: LoadedConfig): Settings => ({
  stageNames: [...new Set([...STAGE_NAMES, ...Object.keys(config.stages)])],
  stage: (name, wishes) => {
    const options = config.stages[name] ?? {};
    return stageFor(options, baseStage(name, options), wishes);
  },
  reviewers: (stage) => reviewersOf(config, stage),
  adapting: {
    scores: config.scores,
    rules: config.rules,
    resources: config.resources,
    stated: (name) => statedIn(config.stages[name] ?? {}),
  },
  budget: config.budget,
  execution: config.execution,
  workspace: config.workspace,
  costs: costsBy(config.costs),
  agentLimit: config.agentLimit,
  workerConcurrency: config.workerConcurrency ?? DEFAULT_WORKER_CONCURRENCY,
  promptPlaces: config.promptPlaces,
  promptFolder: config.promptFolder,
  agentPlaces: config.agentPlaces,
  configFile: config.file,
  written: config.written,
  locate: config.locate,
});
