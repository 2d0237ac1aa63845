import { toJson, type Json } from "../../../../core/json.ts";
import { qaReport } from "../../../../stage/contracts/leading.ts";
import { judgeQa } from "../qa/judge-qa.ts";
import { inline } from "../synthesis/markdown.ts";
import { readDiscovery } from "./read-discovery.ts";
import { questionKey } from "./same-question.ts";

/**
 * QA of discovery (contract `qa_report`): as of every stage, and a question that a person answered in discovery.md is
 * resolved, so that the gate counts only what is open.
 *
 * @param inputs as of `judgeQa`
 */
export function judgeDiscovery(inputs: Readonly<Record<string, string>>): Json {
  const { qa_report: report } = qaReport.parse(judgeQa(inputs));
  const answered = readDiscovery(inputs["artifacts/discovery.md"]).filter(
    ({ answer }) => answer !== undefined,
  );
  const resolved = report.remaining_questions.flatMap((question) => {
    const key = `${questionKey(inline(question))} `;
    const one = answered.find(({ id, question: asked }) =>
      key.startsWith(`${questionKey(`${id}. ${asked}`)} `),
    );
    return one?.answer === undefined ? [] : [{ question, answer: one.answer }];
  });
  const settled = new Set(resolved.map(({ question }) => question));
  return toJson({
    qa_report: {
      ...report,
      resolved_questions: [...report.resolved_questions, ...resolved],
      remaining_questions: report.remaining_questions.filter((one) => !settled.has(one)),
    },
  });
}
