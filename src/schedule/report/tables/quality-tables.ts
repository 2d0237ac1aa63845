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
    ["Risk", "Name", "#Probability", "#Impact", "Level", "Owner", "Comes true when"],
    risks.map((risk) => [
      risk.id,
      risk.name,
      `${percentText(risk.probability.value)} ${risk.probability.source}`,
      `+${facts.duration(risk.impact.minutes)}`,
      risk.level,
      facts.name.team(risk.owner),
      triggerText(risk.trigger, facts),
    ]),
  );

export function triggerText(trigger: RiskTrigger, facts: Facts): string {
  if (trigger.kind === "sign") return trigger.text;
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
