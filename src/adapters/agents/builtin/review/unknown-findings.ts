import { idsIn } from "../../../../stage/checks/ids.ts";
import type { AnalysisName } from "../../../../stage/checks/read-analyses.ts";
import { termsOf } from "../text/terms.ts";
import type { Facts } from "./facts.ts";
import type { Findings, Gap } from "./finding.ts";

/** Share of the shorter one's terms from which two unknowns are about the same. */
const SAME = 0.5;
/** Of two that name the same requirements so few terms beside them are enough. */
const SAME_BESIDE_IDS = 2;

/** A bare number of markers or edge cases: each of them is asked as a question already. */
const COUNTS_QUESTIONS = /^\d+ (?:open |unanswered )?(?:clarification|edge case|question)/i;

/** What the analysts said they could not know from the spec: a gap each, with its source; what two say is told once. */
export function analystUnknowns({ analyses }: Facts): Findings {
  const said: readonly (readonly [AnalysisName, readonly string[]])[] = [
    ["requirements", analyses.requirements?.unknowns ?? []],
    ["architecture", analyses.architecture?.unknowns ?? []],
    ["risk", analyses.risk?.unknowns ?? []],
    ["estimation", analyses.estimation?.unknowns ?? []],
  ];
  const kept: Unknown[] = [];
  for (const [source, unknowns] of said)
    for (const description of unknowns) {
      const unknown = {
        gap: { description, affects: [...idsIn(description)], source },
        terms: subjectOf(description),
      };
      if (
        !COUNTS_QUESTIONS.test(description) &&
        !kept.some((other) => isSameSubject(other, unknown))
      )
        kept.push(unknown);
    }
  return { gaps: kept.map(({ gap }) => gap) };
}

interface Unknown {
  readonly gap: Gap;
  readonly terms: ReadonlySet<string>;
}

const subjectOf = (description: string): ReadonlySet<string> =>
  termsOf(description.replace(/\b(?:N?FR|SC|US)-?\d+\w*/g, ""));

/** Two lines of different analysts; one analyst does not repeat itself. */
function isSameSubject(a: Unknown, b: Unknown): boolean {
  if (a.gap.description.toLowerCase() === b.gap.description.toLowerCase()) return true;
  if (a.gap.source === b.gap.source) return false;
  const shared = [...a.terms].filter((term) => b.terms.has(term)).length;
  if (a.gap.affects.length > 0 || b.gap.affects.length > 0)
    return shared >= SAME_BESIDE_IDS && a.gap.affects.toString() === b.gap.affects.toString();
  return shared >= 3 && shared / Math.max(1, Math.min(a.terms.size, b.terms.size)) >= SAME;
}
