import { idsIn } from "../../../../stage/checks/ids.ts";
import type { AnalysisName } from "../../../../stage/checks/read-analyses.ts";
import type { Facts } from "./facts.ts";
import type { Findings, Gap } from "./finding.ts";

/** What the analysts said they could not know from the spec: a gap each, with its source. */
export function analystUnknowns({ analyses, spec }: Facts): Findings {
  const said: readonly (readonly [AnalysisName, readonly string[]])[] = [
    ["requirements", analyses.requirements?.unknowns ?? []],
    ["architecture", analyses.architecture?.unknowns ?? []],
    ["risk", analyses.risk?.unknowns ?? []],
    ["estimation", analyses.estimation?.unknowns ?? []],
  ];
  const seen = new Set<string>();
  const gaps: Gap[] = [];
  for (const [source, unknowns] of said)
    for (const description of unknowns) {
      const key = description.toLowerCase();
      if (seen.has(key)) continue;
      seen.add(key);
      gaps.push({ description, affects: [...idsIn(description)], source });
    }
  if (spec.edgeCases.length > 0 && analyses.risk) {
    const open = analyses.risk.edge_cases.filter(({ handling }) => handling === null);
    if (open.length > 0)
      gaps.push({
        description: `The spec raises ${open.length} of ${analyses.risk.edge_cases.length} edge cases without saying how they are handled.`,
        affects: [],
        source: "risk",
      });
  }
  return { gaps };
}
