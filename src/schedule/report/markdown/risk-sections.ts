import type { MitigationStrategy, Risk } from "../../strategy/risks/risk.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { namesText } from "../table.ts";
import { risksTable, triggerText } from "../tables/quality-tables.ts";
import { bullets, heading, joined, markdownTable, named } from "./blocks.ts";

/** Risks that are told in full; the table has all. */
const MOST_TOLD = 40;

export function risksSection(facts: Facts): string {
  const { risks, strategies, coverage } = facts.strategy.risks;
  return joined(
    "## Risks",
    markdownTable(risksTable(facts), "No rule found a risk in this plan."),
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
  const { id, name, category, probability, impact, level, owner } = risk;
  return joined(
    heading(3, `${id}: ${name}`),
    bullets([
      `${level}: probability ${probability.level} (${percentText(probability.value)}, ${probability.source}), impact ${impact.level} (+${facts.duration(impact.minutes)}); ${category.replaceAll("_", " ")}; owner ${facts.name.team(owner)}`,
      ...touches(risk, facts),
      ...risk.evidence.map(({ text }) => text),
      `Comes true when: ${triggerText(risk.trigger, facts)}; detected by ${risk.detectionMethod}`,
    ]),
    named("Early signs", risk.earlyWarningSigns),
    named("Prevention", risk.preventionMeasures),
    named("Response", risk.responseProcedures),
    named("Contingency", risk.contingencyPlan === "" ? [] : [risk.contingencyPlan]),
  );
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
    bullets([
      each.description,
      `Answers ${namesText(each.risks, 12)}; watched by ${each.monitoring}`,
    ]),
    named("Done by", each.implementation),
    named("Works when", each.successMetrics),
  );
