import { normalId } from "../../../../stage/checks/ids.ts";
import { listed, type Facts } from "./facts.ts";
import type { Findings } from "./finding.ts";

/** Analysts that give one requirement different priorities. The spec's own word stands, else the dossier's. */
export function priorityDisagreements({ spec, analyses }: Facts): Findings {
  const stated = new Map(
    spec.requirements.flatMap(({ id, priority }) => (priority ? [[normalId(id), priority]] : [])),
  );
  const different = (analyses.requirements?.functional ?? []).flatMap(({ id, priority }) => {
    const own = stated.get(normalId(id));
    return own && own !== priority && !(own === "P4" && priority === "P3")
      ? [`${normalId(id)} (spec ${own}, dossier ${priority})`]
      : [];
  });
  if (different.length === 0) return {};
  return {
    conflicts: [
      {
        topic: "Priorities that differ",
        severity: "low",
        statements: [
          { source: "spec", statement: `The spec states other priorities: ${listed(different)}.` },
          { source: "requirements", statement: "The dossier ranks them differently." },
        ],
        fate: "reconciled",
        resolution: "The spec's own priority stands.",
      },
    ],
  };
}
