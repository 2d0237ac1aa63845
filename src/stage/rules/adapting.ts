import type { StageSpec } from "../stage-spec.ts";
import type { Circumstances, Resources, Stated } from "./circumstances.ts";
import type { Readings, ScoreSettings } from "./readings.ts";
import { resourcesOf, type MachineFacts, type ResourceMode } from "./resources.ts";
import type { Rule, WorkflowKind } from "./rule.ts";

/** What rules work from that is known when a run is started; journaled with it. */
export type Adapting = {
  readonly workflow: WorkflowKind;
  readonly scores: { readonly configuration: ScoreSettings; readonly commandLine: ScoreSettings };
  /** In force, in the order in which they are applied. */
  readonly rules: readonly Rule[];
  /** In place of what the stage says; null: nothing. */
  readonly implementation: "whole" | "phased" | null;
  /** `asked`: the person wants a discovery, whatever rules say. */
  readonly discovery: "by-rules" | "asked";
  readonly resources: { readonly mode: ResourceMode; readonly from: Resources["from"] };
  /** What the user said in so many words, by stage. */
  readonly stated: { readonly [stage: string]: Stated };
};

/** How the configuration wants stages adapted; what one request wants is laid over it. */
export type AdaptSettings = {
  readonly scores: ScoreSettings;
  readonly rules: readonly Rule[];
  readonly resources: ResourceMode;
  /** Whether the user set these, by stage. */
  readonly stated: (stage: string) => Stated;
};

export const NOTHING_STATED: Stated = { concurrency: false, timeouts: [], cache: false };

/** What rules look at when a stage begins. */
export const circumstancesOf = (
  adapting: Adapting,
  stage: Pick<StageSpec, "name" | "implementation">,
  now: { readonly readings: Readings; readonly machine: MachineFacts },
): Circumstances => ({
  workflow: adapting.workflow,
  readings: now.readings,
  resources: resourcesOf(now.machine, adapting.resources),
  implementation: adapting.implementation ?? stage.implementation ?? "whole",
  discovery: adapting.discovery,
  stated: adapting.stated[stage.name] ?? NOTHING_STATED,
  rules: adapting.rules,
});
