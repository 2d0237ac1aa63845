import { toJson, type Json } from "../../../../core/json.ts";
import { qaReport } from "../../../../stage/contracts/leading.ts";
import { judgeQa } from "../qa/judge-qa.ts";
import { issuesOf } from "./report-model.ts";

/**
 * QA of quality review (contract `qa_report`): what QA does in every stage, and that the report names each issue of the
 * review, each with a resolution. A disagreement that is left open is not signed off.
 */
export function judgeQuality(inputs: Readonly<Record<string, string>>): Json {
  const { qa_report: common } = qaReport.parse(judgeQa(inputs));
  const report = inputs["artifacts/quality_report.md"];
  const issues = issuesOf(inputs);
  const rework = [
    ...common.rework,
    ...issues
      .filter(({ id }) => report !== undefined && !report.includes(id))
      .map(({ id, title }) => `quality_report.md does not name ${id}: ${title}`),
    ...issues
      .filter(({ resolution }) => resolution.trim() === "")
      .map(({ id }) => `${id} has no resolution: say what to do.`),
  ];
  return toJson({
    qa_report: { ...common, signed_off: common.signed_off && rework.length === 0, rework },
  });
}
