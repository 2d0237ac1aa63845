import type { Measured } from "../../strategy/measured.ts";
import type { Risk, RiskTrigger } from "../../strategy/risks/risk.ts";
import type { QualityGate } from "../../strategy/quality-gates.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { measuredText } from "../s3/measured-text.ts";
import { namesText, tableOf, type Table } from "../table.ts";

export const risksTable = (
  facts: Facts,
  risks: readonly Risk[] = facts.strategy.risks.risks,
): Table =>
  tableOf(
    "Risks, worst first",
    ["Risk", "Name", "#Probability", "#Impact", "Level", "Owner", "Comes true when", "From"],
    risks.map((risk) => [
      risk.id,
      risk.name,
      `${probabilityText(risk)} ${risk.probability.source}`,
      impactText(risk, facts),
      risk.level,
      risk.owner === "" ? "nobody" : facts.name.team(risk.owner),
      triggerText(risk.trigger, facts),
      risk.source.kind === "given" ? "the plan" : "a rule",
    ]),
  );

/** What is done about each, before it happens and then. */
export const answersTable = ({ strategy }: Facts): Table =>
  tableOf(
    "What is done about risks",
    ["Risk", "Early signs", "Prevention", "Response", "Contingency"],
    strategy.risks.risks.map((risk) => [
      risk.id,
      risk.earlyWarningSigns.join("; "),
      risk.preventionMeasures.join("; "),
      risk.responseProcedures.join("; "),
      risk.contingencyPlan,
    ]),
  );

export const strategiesTable = ({ strategy }: Facts): Table =>
  tableOf(
    "Mitigation strategies",
    ["Strategy", "What", "Answers", "Done by", "Works when", "Watched by", "From"],
    strategy.risks.strategies.map((each) => [
      `${each.id} ${each.name}`,
      each.description,
      namesText(each.risks, 12),
      each.implementation.join("; "),
      each.successMetrics.join("; "),
      each.monitoring,
      each.source === "given" ? "the plan" : "a rule",
    ]),
  );

/** A figure, or the word where the plan has only that. */
export const probabilityText = ({ probability: { value, level } }: Risk): string =>
  value === undefined ? level : percentText(value);

export const impactText = ({ impact: { minutes, level } }: Risk, { duration }: Facts): string =>
  minutes === undefined ? level : `+${duration(minutes)}`;

export function triggerText(trigger: RiskTrigger, facts: Facts): string {
  if (trigger.kind === "sign") return trigger.text === "" ? "not said" : trigger.text;
  const { metric, subjects, comparison, threshold, unit } = trigger;
  const of =
    subjects.length === 0
      ? ""
      : ` of ${namesText(
          subjects.map((id) => nameOf(id, facts)),
          3,
        )}`;
  return `${metric}${of} ${comparison} ${Math.round(threshold * 100) / 100} ${unit}`;
}

function nameOf(id: string, { name, byId }: Facts): string {
  if (byId.has(id)) return name.activity(id);
  const person = name.person(id);
  return person === id ? name.resource(id) : person;
}

export const gatesTable = (
  facts: Facts,
  gates: readonly QualityGate[] = facts.strategy.quality.gates,
): Table =>
  tableOf(
    "Quality gates",
    ["Gate", "#After wave", "Criteria", "Approved by", "Blocks", "If it fails"],
    gates.map(({ id, name, wave, criteria, approvers, blocks, failureHandling }) => [
      `${id} ${name}`,
      String(wave),
      criteria.map(({ text }) => text).join("; "),
      namesText(approvers),
      namesText(blocks.map((each) => facts.name.unit(each))),
      failureHandling,
    ]),
  );

export const measuresTable = (caption: string, all: readonly Measured[]): Table =>
  tableOf(
    caption,
    ["Metric", "#Value", "#Target", "#Warning", "#Critical", "Level", "Rests on"],
    all.map((each) => {
      const { name, value, thresholds, level, evidence } = each;
      const sign = thresholds.better === "higher" ? "≥ " : "≤ ";
      const past = thresholds.better === "higher" ? "< " : "> ";
      return [
        name,
        measuredText(each, value),
        `${sign}${measuredText(each, thresholds.target)}`,
        `${past}${measuredText(each, thresholds.warning)}`,
        `${past}${measuredText(each, thresholds.critical)}`,
        level,
        evidence,
      ];
    }),
  );
