import type { OpenQuestion } from "../review/finding.ts";
import { aboutIn, readDiscovery } from "../../../../stage/discovery/read-discovery.ts";
import { questionKey } from "./same-question.ts";

/**
 * Questions of a discovery that nobody answered and for which nothing speaks for an answer, without those that the
 * reviewer asks already: they wait, so that a person must see them before the plan is approved.
 *
 * @param document `discovery.md`, if there was a discovery
 */
export function waitingQuestions(
  document: string | undefined,
  asked: readonly OpenQuestion[],
): readonly OpenQuestion[] {
  return readDiscovery(document)
    .filter(({ answer, recommended }) => answer === undefined && recommended === undefined)
    .filter(({ question }) => !asked.some((one) => startsLike(one.question, question)))
    .map(({ question, decides }): OpenQuestion => {
      const { ids, line } = aboutIn(decides);
      const about = [
        ...ids.filter((id) => !question.includes(id)),
        ...(line === undefined ? [] : [`line ${line}`]),
      ];
      return {
        question: about.length === 0 ? question : `${question} (${about.join(", ")})`,
        source: "discovery.md",
        blocking: false,
      };
    });
}

const startsLike = (asked: string, question: string): boolean =>
  `${questionKey(asked)} `.startsWith(`${questionKey(question)} `);
