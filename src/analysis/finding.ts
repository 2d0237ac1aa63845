import { FINDINGS, type Finding, type FindingNumber } from "./model.ts";

/** A finding with the name that S4 gives it. `gaps` make it partial. */
export function findingOf(
  number: FindingNumber,
  { summary, sections, gaps }: Pick<Finding, "summary" | "sections" | "gaps">,
): Finding {
  const { slug, title } = FINDINGS[number - 1] ?? FINDINGS[0];
  const status = gaps.length === 0 ? "complete" : "partial";
  return { number, slug, title, status, summary, sections, gaps };
}
