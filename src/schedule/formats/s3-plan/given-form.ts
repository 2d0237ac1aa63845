import { readJsonTree } from "../../../core/json-tree.ts";
import { placesIn } from "../../../core/text-places.ts";
import type { GivenPlanning } from "../../project/given.ts";
import type { Activity } from "../../project/project.ts";
import { givenPlanning } from "./given-planning.ts";

/** What a plan says itself of risks, in S3's words for it: fields that `givenIn` reads again. */
export const givenForm = ({ risks, strategies, constraints }: GivenPlanning) => ({
  risk_management: {
    risk_assessment: risks.map((risk) => ({
      risk_id: risk.id,
      risk_name: risk.name,
      category: risk.category,
      probability: risk.probability,
      impact: risk.impact,
      affected_phases: risk.activities,
      detection_method: risk.detection,
      trigger: risk.trigger,
      early_warning_signs: risk.signs,
      prevention_measures: risk.prevention,
      response_procedures: risk.response,
      contingency_plan: risk.contingency,
      owner: risk.owner?.name,
    })),
    mitigation_strategies: strategies.map((strategy) => ({
      strategy_id: strategy.id,
      strategy_name: strategy.name,
      description: strategy.description,
      implementation: strategy.implementation,
      success_metrics: strategy.successMetrics,
      monitoring: strategy.monitoring,
      risks: strategy.risks,
    })),
  },
  resource_analysis: {
    resource_constraints: constraints.map(({ resource, description, impact, mitigation }) => ({
      constraint_type: resource,
      description,
      impact,
      mitigation,
    })),
  },
});

const MAX_DEPTH = 64;

/** What a JSON file of activities says of risks (S3 `risk_management`); undefined where it says nothing. */
export function givenIn(
  text: string,
  file: string,
  activities: readonly Activity[],
): GivenPlanning | undefined {
  if (!/\.json$/i.test(file) || !text.includes('"risk_management"')) return undefined;
  const { root: node } = readJsonTree(text.replace(/^\uFEFF/, " "), { maxDepth: MAX_DEPTH });
  if (!node) return undefined;
  const root = { node, source: { file, text, placeAt: placesIn(text, file) } };
  const phases = activities.map(({ id, crew }) => ({
    id,
    teams: (crew.kind === "nobody" ? [] : (crew.only?.teams ?? [])).map((name) => ({
      name,
      value: root,
    })),
  }));
  return givenPlanning({ root, waves: [{ phases }] });
}
