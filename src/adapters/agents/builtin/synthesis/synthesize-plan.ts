import type { Json } from "../../../../core/json.ts";
import { inert } from "../../../../core/text.ts";
import { planAdditions } from "../additions/plan-additions.ts";
import { buildPlan } from "./build-plan.ts";
import { planDocument } from "./plan-document.ts";
import { notDone } from "./requests.ts";
import { summaryDocument } from "./summary-document.ts";

/**
 * Write plan.md and planning-summary.md (ST-09, PL-03; contract `synthesis`) from the spec, the analyses and the review.
 * Deterministic: the same inputs give the same bytes. Nothing is invented; what is unknown is said to be unknown.
 *
 * @param inputs `spec.md`, `analyses/<role>.json` (whole answers or simplified results), `review.json`, and in a rework
 * round `rework.json` and `previous/plan.md`
 */
export function synthesizePlan(inputs: Readonly<Record<string, string>>): Json {
  const model = buildPlan(inputs);
  // Most text is inert by now; what the spec's own headings and requests bring along must be too.
  const plan = inert(planDocument(model, planAdditions(model, inputs)));
  const summary = inert(summaryDocument(model, plan));
  return {
    artifacts: { "plan.md": plan, "planning-summary.md": summary },
    not_done: notDone(model.requests.all),
  };
}
