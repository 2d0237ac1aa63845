import type { Spec } from "../../../../spec/model.ts";
import type { RiskAssessment } from "../../../../stage/contracts/planning.ts";
import { readEdgeCases } from "../analysis/edge-cases.ts";
import { statementsOf } from "../analysis/evidence.ts";
import { surroundingsOf, type Surroundings } from "../analysis/surroundings.ts";
import { plain } from "../text/terms.ts";
import { scenariosFor } from "../requirements/acceptance.ts";
import { measureIn } from "../requirements/measure.ts";
import { QUALITIES, qualityOf } from "../requirements/quality-lexicon.ts";
import { CONTINGENCIES } from "./contingency-lexicon.ts";
import { complianceOf, matchRules, tensionsIn, type FoundRisk } from "./find-risks.ts";
import { specRisks } from "./spec-risks.ts";

const idsOf = (list: readonly { readonly id: string }[]): string =>
  list.map(({ id }) => id).join(", ");

/** Qualities the spec commits to, where the figure is missing; and those it never speaks of. */
function qualityConcerns(around: Surroundings): RiskAssessment["non_functionals"] {
  const items = [
    ...around.demands.map(({ id, text, line }) => ({ id, text, line })),
    ...around.spec.requirements.filter(({ kind }) => kind === "non-functional"),
    ...around.spec.criteria,
  ];
  return [...new Set(QUALITIES.map(({ quality }) => quality))].flatMap((quality) => {
    const about = items.filter(({ text }) => qualityOf(plain(text)) === quality);
    if (about.length === 0) return [];
    const proven = new Set(
      around.demands.filter((one) => scenariosFor(one, around).length > 0).map(({ id }) => id),
    );
    const bare = about.filter(({ id, text }) => measureIn(text) === null && !proven.has(id));
    return [
      {
        quality,
        concern:
          bare.length === 0
            ? `Asked for by ${idsOf(about)}, each with a figure or a scenario to test against.`
            : `Asked for by ${idsOf(bare)} without a figure or a scenario: nothing says when it is reached.`,
        sources: about.map(({ id, line }) => `${id} (line ${line})`),
      },
    ];
  });
}

function unknownsOf(around: Surroundings): string[] {
  const spoken = new Set(
    [...around.demands, ...around.spec.criteria, ...around.spec.requirements].map(({ text }) =>
      qualityOf(plain(text)),
    ),
  );
  const silent = [...new Set(QUALITIES.map(({ quality }) => quality))].filter(
    (quality) => !spoken.has(quality),
  );
  return [
    silent.length > 0 ? `Qualities the spec never speaks of: ${silent.join(", ")}.` : "",
    around.spec.edgeCases.length === 0 ? "Edge cases: the spec lists none." : "",
    "Likelihoods are read from how much of the spec a risk touches; the team's experience, its history of incidents and the operator's legal situation are not in the text.",
  ].filter((text) => text !== "");
}

const number = (risk: FoundRisk, index: number): RiskAssessment["risks"][number] => ({
  ...risk,
  contingency: CONTINGENCIES[risk.category] ?? null,
  id: `R-${String(index + 1).padStart(2, "0")}`,
});

/** Risk/Compliance Analyst: what the spec touches that can go wrong, each risk with the text that raises it. */
export function assessRisks(spec: Spec): { risk_assessment: RiskAssessment } {
  const around = surroundingsOf(spec);
  const statements = statementsOf(around);
  const matched = matchRules(statements, around);
  const risks = [
    ...tensionsIn(statements),
    ...matched.map(({ risk }) => risk),
    ...specRisks(around),
  ].toSorted((a, b) => b.score - a.score);
  return {
    risk_assessment: {
      risks: risks.map(number),
      edge_cases: readEdgeCases(around).map(({ text, line, handling }) => ({
        description: text,
        handling: handling ?? null,
        source: `line ${line}`,
      })),
      compliance: complianceOf(matched),
      non_functionals: qualityConcerns(around),
      unknowns: unknownsOf(around),
    },
  };
}
