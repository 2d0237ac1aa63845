/** Gates before phases hold up what the review says that holds work up, and nothing else. */
import { expect, test } from "vitest";
import { planMaterial } from "../../../src/adapters/agents/builtin/additions/plan-material.ts";
import { validationSection } from "../../../src/adapters/agents/builtin/additions/question-sections.ts";
import { reviewAnalyses } from "../../../src/adapters/agents/builtin/review/review-analyses.ts";
import { buildPlan } from "../../../src/adapters/agents/builtin/synthesis/build-plan.ts";
import { reviewSummary } from "../../../src/stage/contracts/leading.ts";
import { ANALYSES, inputsOf, SPEC } from "./example.ts";

/** The gates of a plan whose FR-006 waits for an answer that is asked with this marker. */
function gates(blocking: boolean): string {
  const spec = SPEC.replace(
    "export the calendar",
    "export the calendar [NEEDS CLARIFICATION: in which format?]",
  );
  const { review_summary: review } = reviewSummary.parse(reviewAnalyses(inputsOf(spec, ANALYSES)));
  const judged = {
    ...review,
    open_questions: review.open_questions.map((one) =>
      one.question.includes("which format") ? { ...one, blocking } : { ...one, blocking: false },
    ),
  };
  expect(judged.open_questions.some(({ question }) => question.includes("which format"))).toBe(
    true,
  );
  const inputs = {
    ...inputsOf(spec, ANALYSES),
    "review.json": JSON.stringify({ review_summary: judged }),
  };
  return validationSection(planMaterial(buildPlan(inputs), inputs));
}

test("a blocking question must be decided before its phase", () => {
  expect(gates(true)).toMatch(/; decided: [^*]*in which format[^*]*Otherwise it does not begin\./i);
});

test("without a blocking question no phase waits for an answer, and what is open is asked meanwhile", () => {
  const found = gates(false);
  expect(found).not.toContain("decided:");
  expect(found).toMatch(/Asked by then, and the work goes on meanwhile: [^*]*in which format/i);
});

test("one check is said as one", () => {
  expect(gates(false)).not.toMatch(/all 1 check/);
});
