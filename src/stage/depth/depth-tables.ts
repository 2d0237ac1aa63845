import type { DepthTable } from "./depth.ts";
import { PLANNING_DEPTHS } from "./planning-depths.ts";
import { PREPARATION_DEPTHS } from "./preparation-depths.ts";

const TABLES: ReadonlyMap<string, DepthTable> = new Map([
  ["planning", PLANNING_DEPTHS],
  ["preparation", PREPARATION_DEPTHS],
]);

/** The stages that the seeds have a depth table for. */
export const DEPTH_STAGES: readonly string[] = [...TABLES.keys()];

/** The depth table of a stage; undefined where the seeds have none. */
export const depthsFor = (stage: string): DepthTable | undefined => TABLES.get(stage);
