import { readReview, parseJson } from "../../../../../stage/checks/read-analyses.ts";
import { numberPhases } from "../../synthesis/build-phases.ts";
import { inline } from "../../synthesis/markdown.ts";
import { readRequests } from "../../synthesis/requests.ts";
import { preparationFacts } from "../review/preparation-facts.ts";
import { withCheckpoints } from "./checkpoints.ts";
import type { ImplementationModel } from "./implementation-model.ts";
import { draftImplementation } from "./order-work.ts";

export const DOCUMENT = "implementation_plan.md";

/** Put spec, plan, preparations, review and requests together to one model that the document is written from. */
export function buildImplementation(inputs: Readonly<Record<string, string>>): ImplementationModel {
  const facts = preparationFacts(inputs);
  const requests = readRequests(inputs, facts.ids, DOCUMENT);
  const drafts = draftImplementation(facts, new Set(requests.excluded.keys()));
  const phases = withCheckpoints(numberPhases(drafts), facts);
  return {
    name: inline(facts.basis.spec.title) || "Untitled feature",
    facts,
    review: readReview(parseJson(inputs["review.json"]) ?? null),
    phases,
    numberOf: new Map(
      phases.flatMap(({ tasks }) => tasks.map((task) => [task.key, task.id] as const)),
    ),
    notCovered: [...requests.excluded].map(([id, reason]) => ({ id, reason })),
    requests,
  };
}
