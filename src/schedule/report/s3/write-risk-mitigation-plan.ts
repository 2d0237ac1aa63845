import { formatPlace } from "../../../core/place.ts";
import type { Risk } from "../../strategy/risks/risk.ts";
import type { Writing } from "../writing.ts";
import { headOf } from "./head.ts";
import type { RiskMitigationPlanFile } from "./risk-mitigation-plan-schema.ts";

export function writeRiskMitigationPlan(writing: Writing): RiskMitigationPlanFile {
  const { risks, quality } = writing.strategy;
  return {
    ...headOf(writing),
    risk_management: {
      risk_assessment: risks.risks.map(riskOf),
      mitigation_strategies: risks.strategies.map((strategy) => ({
        strategy_id: strategy.id,
        strategy_name: strategy.name,
        source: strategy.source,
        description: strategy.description,
        implementation: [...strategy.implementation],
        success_metrics: [...strategy.successMetrics],
        monitoring: strategy.monitoring,
        risks: [...strategy.risks],
      })),
      risk_coverage: `${risks.coverage.mitigated} of ${risks.coverage.high} high risks are mitigated`,
    },
    quality_assurance: {
      quality_gates: quality.gates.map((gate) => ({
        gate_id: gate.id,
        gate_name: gate.name,
        trigger: gate.trigger,
        wave_number: gate.wave,
        validation_criteria: gate.criteria.map(({ text }) => text),
        approval_required: [...gate.approvers],
        failure_handling: gate.failureHandling,
        blocks: [...gate.blocks],
      })),
      testing_coordination: {
        unit_testing: quality.testing.unit,
        integration_testing: quality.testing.integration,
        system_testing: quality.testing.system,
        performance_testing: quality.testing.performance,
      },
      code_review: {
        review_requirements: quality.codeReview.requirements,
        cross_team_reviews: quality.codeReview.crossTeam,
        architecture_reviews: quality.codeReview.architecture,
        review_timelines: quality.codeReview.timelines,
      },
    },
  };
}

const riskOf = (
  risk: Risk,
): RiskMitigationPlanFile["risk_management"]["risk_assessment"][number] => ({
  risk_id: risk.id,
  risk_name: risk.name,
  source: risk.source.kind,
  ...(risk.source.kind === "given" && { source_place: formatPlace(risk.source.place) }),
  category: risk.category,
  probability: risk.probability.level,
  ...(risk.probability.value !== undefined && { probability_value: risk.probability.value }),
  probability_source: risk.probability.source,
  impact: risk.impact.level,
  ...(risk.impact.days !== undefined && { impact_days: risk.impact.days }),
  risk_level: risk.level,
  affected_sessions: [...risk.affected.sessions],
  affected_activities: [...risk.affected.activities],
  detection_method: risk.detectionMethod,
  trigger: triggerOf(risk.trigger),
  early_warning_signs: [...risk.earlyWarningSigns],
  prevention_measures: [...risk.preventionMeasures],
  response_procedures: [...risk.responseProcedures],
  contingency_plan: risk.contingencyPlan,
  owner: risk.owner,
  evidence: risk.evidence.map(({ text }) => text),
});

const triggerOf = (trigger: Risk["trigger"]) =>
  trigger.kind === "sign" ? trigger : { ...trigger, subjects: [...trigger.subjects] };
