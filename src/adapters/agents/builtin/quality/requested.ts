import { linesOf, metByConstruction, NOT_APPLIED, type Request } from "../synthesis/requests.ts";
import { acceptanceIn } from "./accepted.ts";
import type { Issue } from "./issues.ts";

/**
 * What became of each line that was asked of the report: notes are recorded, and so are acceptances that hold; of one that
 * does not hold it is said why. Of other changes rules know nothing.
 *
 * @param issues those of the report, with what was accepted
 */
export const requestsOf = (
  rework: readonly string[],
  issues: readonly Issue[],
): readonly Request[] =>
  linesOf(rework)
    .filter((line) => !metByConstruction(line))
    .map((text) => {
      const refused = /^accept\b/i.test(text)
        ? whyNotAccepted(text, issues)
        : /^note\b/i.test(text)
          ? null
          : NOT_APPLIED;
      return { text, result: refused ?? "recorded", done: refused === null };
    });

function whyNotAccepted(line: string, issues: readonly Issue[]): string | null {
  const said = acceptanceIn(line);
  if (!said) return "not accepted: one issue to a line, each with its reason: `accept SEC-2: why`";
  const found = issues.find(({ id }) => id.toUpperCase() === said.id);
  if (!found) return `not accepted: the review has no issue ${said.id}`;
  if (found.severity === "critical")
    return `not accepted: ${found.id} is critical and has to be mended`;
  return found.accepted === null ? "not accepted: it is nobody's word in people.json" : null;
}
