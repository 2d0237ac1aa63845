import type { MitigationStrategy, Risk } from "../../strategy/risks/risk.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { namesText } from "../table.ts";
import { impactText, probabilityText, risksTable, triggerText } from "../tables/quality-tables.ts";
import { bullets, heading, joined, markdownTable, named } from "./blocks.ts";

/** Risks that are told in full; the table has all. */
const MOST_TOLD = 40;

export function risksSection(facts: Facts): string {
  const { risks, strategies, coverage } = facts.strategy.risks;
  return joined(
    "## Risks",
    markdownTable(risksTable(facts), "No rule found a risk in this plan, and it names none."),
    coverage.high > 0
      ? `${coverage.mitigated} of ${coverage.high} high risks (${percentText(coverage.percent / 100)}) have prevention, response, contingency and an owner.`
      : "",
    ...risks.slice(0, MOST_TOLD).map((risk) => riskText(risk, facts)),
    ...(strategies.length > 0
      ? ["### Mitigation strategies", ...strategies.map(strategyText)]
      : []),
  );
}

export function riskText(risk: Risk, facts: Facts): string {
  const { id, name, evidence, detectionMethod } = risk;
  const trigger = triggerText(risk.trigger, facts);
  return joined(
    heading(3, `${id}: ${name}`),
    bullets([
      levelsText(risk, facts),
      ...touches(risk, facts),
      ...evidence.map(({ text }) => text),
      `Comes true when: ${trigger}${detectionMethod === "" ? "" : `; detected by ${detectionMethod}`}`,
    ]),
    named("Early signs", risk.earlyWarningSigns),
    named("Prevention", risk.preventionMeasures),
    named("Response", risk.responseProcedures),
    named("Contingency", risk.contingencyPlan === "" ? [] : [risk.contingencyPlan]),
  );
}

function levelsText(risk: Risk, facts: Facts): string {
  const { category, probability, impact, level, owner } = risk;
  const likely =
    probability.value === undefined
      ? `${probability.level} (${probability.source})`
      : `${probability.level} (${probabilityText(risk)}, ${probability.source})`;
  const costs =
    impact.minutes === undefined ? impact.level : `${impact.level} (${impactText(risk, facts)})`;
  return [
    `${level}: probability ${likely}, impact ${costs}`,
    ...(category === "" ? [] : [category.replaceAll("_", " ")]),
    owner === "" ? "no owner" : `owner ${facts.name.team(owner)}`,
  ].join("; ");
}

function touches({ affected }: Risk, { name }: Facts): readonly string[] {
  const parts = [
    ...affected.activities.map(name.activity),
    ...affected.people.map(name.person),
    ...affected.resources.map(name.resource),
    ...affected.teams.map(name.team),
  ];
  return parts.length > 0 ? [`Touches ${namesText(parts, 8)}`] : [];
}

const strategyText = (each: MitigationStrategy): string =>
  joined(
    heading(4, `${each.id}: ${each.name}`),
    bullets(
      [
        ...(each.source === "given" ? ["Given by the plan"] : []),
        ...(each.description === "" ? [] : [each.description]),
        [
          ...(each.risks.length > 0 ? [`Answers ${namesText(each.risks, 12)}`] : []),
          ...(each.monitoring === "" ? [] : [`watched by ${each.monitoring}`]),
        ].join("; "),
      ].filter((line) => line !== ""),
    ),
    named("Done by", each.implementation),
    named("Works when", each.successMetrics),
  );
