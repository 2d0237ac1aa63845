import type { StageSpec } from "../stage-spec.ts";
import { DISCOVERY } from "./discovery.ts";
import { PLANNING } from "./planning.ts";
import { PREPARATION } from "./preparation.ts";
import { QUALITY_REVIEW } from "./quality-review.ts";

/** The stages that come with Wavegate, by name. */
export const BUILT_IN_STAGES = {
  discovery: DISCOVERY,
  planning: PLANNING,
  preparation: PREPARATION,
  review: QUALITY_REVIEW,
} as const satisfies Readonly<Record<string, StageSpec>>;

export type BuiltInStage = keyof typeof BUILT_IN_STAGES;

export const STAGE_NAMES: readonly BuiltInStage[] = [
  "discovery",
  "planning",
  "preparation",
  "review",
];
