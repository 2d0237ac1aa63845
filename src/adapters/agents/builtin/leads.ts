import type { TaskKind } from "../../../stage/task-kind.ts";
import type { Part } from "./part.ts";
import { judgeDiscovery } from "./discovery/judge-discovery.ts";
import { reviewDiscovery } from "./discovery/review-discovery.ts";
import { settledInputs } from "./discovery/settle-spec.ts";
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

/** With the answers of discovery in the specification. */
const settled =
  (part: Part): Part =>
  (inputs, say) =>
    part(settledInputs(inputs), say);

/** The leading roles by the stage they lead. */
export const LEADS: ReadonlyMap<string, Leads> = new Map([
  ["discovery", { review: reviewDiscovery, synthesis: synthesizeDiscovery, qa: judgeDiscovery }],
  [
    "planning",
    { review: settled(reviewAnalyses), synthesis: settled(synthesizePlan), qa: settled(judgeQa) },
  ],
  ["preparation", { review: reviewPreparations, synthesis: synthesizeImplementation, qa: judgeQa }],
  ["review", { review: reviewQuality, synthesis: synthesizeQuality, qa: judgeQuality }],
]);
