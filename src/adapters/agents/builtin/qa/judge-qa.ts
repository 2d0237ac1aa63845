import { z } from "zod";
import { toJson, type Json } from "../../../../core/json.ts";
import { parseSpec } from "../../../../spec/parse-spec.ts";
import { parseJson, readReview } from "../../../../stage/checks/read-analyses.ts";
import type { CheckResult } from "../../../../stage/checks/check-result.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import { idsIn } from "../../../../stage/checks/ids.ts";
import { sectionsOf } from "../../../../stage/checks/read-markdown.ts";
import { readDirections } from "../additions/read-directions.ts";
import { answerFromSpec } from "./answer-from-spec.ts";

const results = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    passed: z.boolean(),
    blocking: z.boolean(),
    findings: z.array(z.string()),
  }),
);

/**
 * QA of the built-in agent (ST-10; contract `qa_report`): signs off when every blocking check passed and no critical
 * conflict is left. Rework names exactly what to change. Open questions that the spec itself answers are resolved. It makes
 * no final touches: it can't judge prose.
 *
 * @param inputs `spec.md`, `artifacts/<name>`, `review.json`, `checks.json`
 */
export function judgeQa(inputs: Readonly<Record<string, string>>): Json {
  const spec = parseSpec("spec.md", inputs["spec.md"] ?? "");
  const review = readReview(parseJson(inputs["review.json"]) ?? null);
  const checks = results.safeParse(parseJson(inputs["checks.json"]));
  const failed = checks.success ? checks.data.filter(({ passed }) => !passed) : [];
  const rework = [
    ...(checks.success ? [] : ["The results of the deterministic checks are missing: run them."]),
    ...(Object.keys(inputs).some((name) => name.startsWith("artifacts/"))
      ? []
      : ["There are no artifacts to check: write them."]),
    ...failed
      .filter(({ blocking }) => blocking)
      .flatMap(({ findings, title }) => (findings.length > 0 ? findings : [`Failed: ${title}.`])),
  ];
  const critical = (review?.conflicts ?? []).filter(isUnresolvedCritical);
  const questions = (review?.open_questions ?? []).map(({ question }) => ({
    question,
    answer: answerFromSpec(question, spec),
  }));
  return toJson({
    qa_report: {
      signed_off: rework.length === 0 && critical.length === 0,
      rework,
      resolved_questions: questions.filter(({ answer }) => answer !== undefined),
      remaining_questions: [
        ...critical.map(({ topic }) => `Critical and not settled: ${topic}.`),
        ...questions.filter(({ answer }) => answer === undefined).map(({ question }) => question),
      ],
      examined: examined(inputs),
      notes: notes(checks.success ? checks.data : [], failed, review),
      final_touches: {},
    },
  });
}

/** Every section of every artifact with what stands in it, where QA is to be detailed. */
function examined(
  inputs: Readonly<Record<string, string>>,
): readonly { readonly item: string; readonly finding: string }[] {
  if (readDirections(inputs).demands.length === 0) return [];
  return Object.entries(inputs)
    .filter(([name]) => name.startsWith("artifacts/"))
    .flatMap(([name, text]) =>
      sectionsOf(text).map(({ title, body }) => {
        const lines = body.split("\n").filter((line) => line.trim() !== "").length;
        const ids = new Set(idsIn(body)).size;
        return {
          item: `${name.slice("artifacts/".length)}: ${title}`,
          finding: lines === 0 ? "empty" : `${lines} lines, ${ids} ids named`,
        };
      }),
    );
}

const isUnresolvedCritical = ({ severity, fate }: ReviewSummary["conflicts"][number]): boolean =>
  severity === "critical" && fate !== "reconciled";

function notes(
  all: readonly CheckResult[],
  failed: readonly CheckResult[],
  review: ReviewSummary | undefined,
): string {
  const remarks = failed.filter(({ blocking }) => !blocking);
  return [
    `${all.length - failed.length} of ${all.length} checks passed.`,
    ...remarks.map(
      ({ title, findings }) => `Not met, but not blocking: ${title} (${findings.length}).`,
    ),
    review ? "" : "There is no review in its contract's form.",
  ]
    .filter(Boolean)
    .join(" ");
}
