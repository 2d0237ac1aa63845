import { toJson, type Json } from "../../../../core/json.ts";
import { qaReport } from "../../../../stage/contracts/leading.ts";
import { answersTo } from "../../../../stage/discovery/answers-to.ts";
import { judgeQa } from "../qa/judge-qa.ts";

/**
 * QA of discovery (contract `qa_report`): as of every stage, and a question that a person answered in discovery.md is
 * resolved.
 *
 * @param inputs as of `judgeQa`
 */
export function judgeDiscovery(inputs: Readonly<Record<string, string>>): Json {
  const { qa_report: report } = qaReport.parse(judgeQa(inputs));
  const said = answersTo(inputs["artifacts/discovery.md"], report.remaining_questions);
  const resolved = [...said].flatMap(([question, answer]) =>
    answer === null ? [] : [{ question, answer }],
  );
  return toJson({
    qa_report: {
      ...report,
      resolved_questions: [...report.resolved_questions, ...resolved],
      remaining_questions: report.remaining_questions.filter((one) => !said.get(one)),
    },
  });
}
