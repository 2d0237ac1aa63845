import type { ReviewSummary } from "../stage/contracts/leading.ts";
import { answersTo } from "../stage/discovery/answers-to.ts";
import type { Draft } from "./prepare-draft.ts";

/** The questions that a gate shows. */
export interface GateQuestions {
  readonly open: readonly string[];
  /** With their answers. */
  readonly resolved: readonly string[];
}

/**
 * Questions of the reviewer that QA did not answer, and QA's own, each once. In discovery the document shown has the last
 * word: a person may have answered in it since QA looked, or taken an answer back.
 */
export function gateQuestions(review: ReviewSummary, { qa, artifacts }: Draft): GateQuestions {
  const answers = new Map(qa.resolved_questions.map(({ question, answer }) => [question, answer]));
  const asked = review.open_questions.map(({ question }) => question);
  const all = new Set([...asked, ...qa.remaining_questions, ...answers.keys()]);
  for (const [question, answer] of answersTo(artifacts["discovery.md"], [...all]))
    if (answer === null) answers.delete(question);
    else answers.set(question, answer);
  return {
    open: [...all].filter((one) => !answers.has(one)),
    resolved: [...answers].map(([question, answer]) => `${question} ${answer}`),
  };
}
