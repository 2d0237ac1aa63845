import { listed, type Facts } from "./facts.ts";
import type { Conflict, Findings, Gap } from "./finding.ts";
import { normalId } from "../../../../stage/checks/ids.ts";

/** Without this one nothing can be planned (S0: requirements is mandatory). */
const REQUIRED = "requirements";

/** Analyses that are missing or partial: a gap each; the requirements analysis makes planning impossible. */
export function missingAnalyses({ analyses }: Facts): Findings {
  const gaps: Gap[] = analyses.partial.map(({ role, reason, missing }) => ({
    description: `The ${role} analysis is partial (${reason}). Missing: ${listed(missing)}.`,
    affects: [role],
    source: "reviewer",
  }));
  const lost = analyses.partial.find(({ role }) => role === REQUIRED);
  const conflicts: Conflict[] = lost
    ? [
        {
          topic: "The requirements analysis is missing",
          severity: "critical",
          statements: [
            { source: "stage", statement: "The requirements analysis is required." },
            { source: REQUIRED, statement: `It was not delivered: ${lost.reason}.` },
          ],
          fate: "escalated",
          resolution: null,
        },
      ]
    : [];
  const guidance = analyses.partial.map(
    ({ role }) => `Say plainly that there is no ${role} analysis; do not fill the gap.`,
  );
  return { gaps, conflicts, guidance };
}

/** Requirements of the spec that the dossier lost, and ones it has that the spec does not know. */
export function dossierAgainstSpec(facts: Facts): Findings {
  const dossier = facts.analyses.requirements;
  if (!dossier) return {};
  const known = new Set(
    [...dossier.functional, ...dossier.non_functional].map(({ id }) => normalId(id)),
  );
  const lost = facts.ids.filter((id) => !known.has(id));
  const added = dossier.functional
    .map(({ id }) => normalId(id))
    .filter((id) => facts.ids.length > 0 && /^N?FR-/.test(id) && !facts.ids.includes(id));
  const conflicts: Conflict[] = [];
  if (lost.length > 0)
    conflicts.push({
      topic: "Requirements missing from the dossier",
      severity: "high",
      statements: [
        { source: "spec", statement: `The spec requires ${listed(lost)}.` },
        { source: REQUIRED, statement: "The dossier does not list them." },
      ],
      fate: "reconciled",
      resolution: "The spec stands: they are planned as the spec states them.",
    });
  if (added.length > 0)
    conflicts.push({
      topic: "Requirements that the spec does not state",
      severity: "medium",
      statements: [
        { source: REQUIRED, statement: `The dossier lists ${listed(added)}.` },
        { source: "spec", statement: "The spec has no such ids." },
      ],
      fate: "noted",
      resolution: "Left out: a plan does not add requirements to its spec.",
    });
  return { conflicts };
}
