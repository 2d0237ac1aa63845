import type { Entity } from "../../../../../spec/model.ts";
import { naming } from "../../analysis/domain.ts";
import { readEdgeCases } from "../../analysis/edge-cases.ts";
import type { PlacedDemand } from "../../analysis/surroundings.ts";
import { entityTopic } from "../../architecture/entity-owners.ts";
import { cutAtClause } from "../../text/clause.ts";
import { stem, wordsOf } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";
import { limitsIn, limitsOf } from "../limits.ts";

/** Sentences that say what must hold, whoever does what. */
const ALWAYS =
  /\b(?:at most one|at most once|exactly one|exactly once|only one|unique\w*|never|must not|cannot|can not|may not|no two|always|regardless|immutable|append-only|for each\b[^.]{0,40}\bevery)\b/iu;

const stemsOf = (text: string): readonly string[] => wordsOf(text).map(stem);

/** How far a sentence is about an entity: what it acts on counts before what it only mentions. */
function about(entity: Entity, demand: PlacedDemand): number {
  const topic = entityTopic(entity.name, entity.line);
  const verbs = demand.actions.flatMap(({ verb }) => stemsOf(verb));
  const done = topic.stems.length === 1 && verbs.includes(topic.stems[0] ?? "") ? 4 : 0;
  const acts = demand.actions.some(
    ({ actor }) => actor !== undefined && naming(topic, stemsOf(actor)) >= 1,
  );
  const half =
    topic.stems.length > 1 && topic.stems.some((one) => demand.acted.includes(one)) ? 2 : 0;
  return (
    done +
    half +
    3 * naming(topic, demand.objects) +
    (acts ? 0.5 : 2) * naming(topic, demand.subject) +
    naming(topic, demand.said)
  );
}

/** The entity that a demand is most about; of equals the first of the spec; undefined when it names none. */
export function entityOf(demand: PlacedDemand, { spec }: Basis): Entity | undefined {
  return spec.entities
    .map((entity) => ({ entity, score: about(entity, demand) }))
    .filter(({ score }) => score >= 1)
    .toSorted((a, b) => b.score - a.score)[0]?.entity;
}

/** The entity that a clause speaks of first. */
export function firstEntityIn(clause: string, { spec }: Basis): Entity | undefined {
  const words = stemsOf(clause);
  return spec.entities
    .map((entity) => {
      const topic = entityTopic(entity.name, entity.line);
      const head = topic.stems.at(-1) ?? "";
      return { entity, at: naming(topic, words) >= 1 ? words.indexOf(head) : -1 };
    })
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0]?.entity;
}

/** Whether a demand is a rule over what is kept: a limit, a uniqueness, something that always or never holds. */
export const isRule = ({ outright, text }: PlacedDemand): boolean =>
  ALWAYS.test(outright) || limitsOf({ text }).length > 0;

/** Of several clauses those that hold the rule. */
function ruledPart({ outright }: PlacedDemand): string {
  const parts = outright
    .split(/;\s/)
    .filter((part) => ALWAYS.test(part) || limitsIn(part).length > 0);
  return parts.length > 0 ? parts.join(", ") : outright;
}

/** The rule with its place; bounds that a cut left out are named. */
function told(demand: PlacedDemand): string {
  const said = cutAtClause(ruledPart(demand), 170);
  const lost = limitsOf(demand).filter(({ phrase }) => !said.includes(phrase));
  return `${said} (${[...lost.map(({ phrase }) => `“${phrase}”`), demand.id].join(", ")})`;
}

/** What must hold for an entity at any time, each with the place that says so. */
export function invariantsOf(entity: Entity, basis: Basis): readonly string[] {
  const { around } = basis;
  const demanded = around.demands
    .filter((demand) => isRule(demand) && entityOf(demand, basis) === entity)
    .map((demand) => told(demand));
  const shown = around.scenarios
    .filter(({ then }) => /\b(?:cannot|can not|must not|never|stays?|remains?)\b/i.test(then))
    .filter(({ then }) => firstEntityIn(then, basis) === entity)
    .map(({ then, source }) => `${cutAtClause(then, 170)} (${source})`);
  const edge = readEdgeCases(around)
    .filter(({ answered, handling }) => answered && handling !== undefined)
    .filter(({ handling = "" }) =>
      /\b(?:stays?|remains?|never|cannot|not|kept|only)\b/i.test(handling),
    )
    .filter(({ handling = "" }) => firstEntityIn(handling, basis) === entity)
    .map(({ text, handling = "", line }) => `${text}: ${handling} (edge case, line ${line})`);
  return [...demanded, ...shown, ...edge];
}
