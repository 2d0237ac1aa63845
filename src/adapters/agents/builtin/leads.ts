import type { TaskKind } from "../../../stage/task-kind.ts";
import type { Part } from "./part.ts";
import { reviewDiscovery } from "./discovery/review-discovery.ts";
import { synthesizeDiscovery } from "./discovery/synthesize-discovery.ts";
import { reviewPreparations } from "./preparation/review/review-preparations.ts";
import { synthesizeImplementation } from "./preparation/synthesis/synthesize-implementation.ts";
import { judgeQa } from "./qa/judge-qa.ts";
import { judgeQuality } from "./quality/judge-quality.ts";
import { reviewQuality } from "./quality/review-quality.ts";
import { synthesizeQuality } from "./quality/synthesize-quality.ts";
import { reviewAnalyses } from "./review/review-analyses.ts";
import { synthesizePlan } from "./synthesis/synthesize-plan.ts";

/** Reviewer, synthesizer and QA of one stage. */
export type Leads = Readonly<Record<Exclude<TaskKind, "analysis">, Part>>;

/** The leading roles by the stage they lead. */
export const LEADS: ReadonlyMap<string, Leads> = new Map([
  ["discovery", { review: reviewDiscovery, synthesis: synthesizeDiscovery, qa: judgeQa }],
  ["planning", { review: reviewAnalyses, synthesis: synthesizePlan, qa: judgeQa }],
  ["preparation", { review: reviewPreparations, synthesis: synthesizeImplementation, qa: judgeQa }],
  ["review", { review: reviewQuality, synthesis: synthesizeQuality, qa: judgeQuality }],
]);
