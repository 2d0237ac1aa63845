import { toJson, type Json } from "../../../../core/json.ts";
import { checkSpec } from "../../../../spec/check-spec.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";
import { clarityOf } from "../../../../spec/scores/clarity.ts";
import { numbered } from "./numbered.ts";
import { discoveryAnswers } from "./discovery-answers.ts";

/**
 * Lead Reviewer of discovery (contract `review_summary`): whether each note is there, what is missing, which questions stand
 * in the way of a plan. The quality score is the specification's clarity: that is what discovery is about.
 *
 * @param inputs `spec.md` and `analyses/<role>.json`
 */
export function reviewDiscovery(inputs: Readonly<Record<string, string>>): Json {
  const text = inputs["spec.md"] ?? "";
  const spec = parseSpec("spec.md", text);
  const { questions, assumptions, scope } = discoveryAnswers(inputs);
  const asked = questions?.questions ?? [];
  const missing = scope?.missing ?? [];
  return toJson({
    review_summary: {
      conflicts: [],
      gaps: missing.map(({ part, why }) => ({
        description: `${part}: ${why}.`,
        affects: ["planning"],
        source: "scope",
      })),
      open_questions: asked.map(({ question, place, requirements }, index) => ({
        question: `${numbered(index)}${question}${requirements.length > 0 ? ` (${requirements.join(", ")})` : ""}`,
        source: place ?? "questions",
        blocking: requirements.length > 0,
      })),
      completeness_check: [
        item("Questions", questions, `${asked.length} found`),
        item("Assumptions", assumptions, `${assumptions?.assumptions.length ?? 0} found`),
        item("Scope", scope, `${missing.length} parts missing`),
      ],
      quality_score: clarityOf(spec, checkSpec(spec, text)).value,
      synthesis_guidance: [
        asked.length === 0
          ? "Nothing has to be asked: say so."
          : "Ask first what requirements wait for, then edge cases, then wording.",
      ],
      action_items: [],
    },
  });
}

const item = (name: string, found: object | undefined, note: string) => ({
  item: name,
  complete: found !== undefined,
  note: found === undefined ? "no answer in its contract's form" : note,
});
