import { sharedCount } from "../analysis/relevance.ts";
import type { NamedScenario, PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { stem, termsOf } from "../text/terms.ts";

/** Stems of what the demand says is done; saying that something is offered does not count. */
const verbsOf = (demand: PlacedDemand): readonly string[] =>
  demand.actions.filter(({ kind }) => kind !== "offer").map(({ verb }) => stem(verb));

/** Least share of a requirement's subject that a scenario must hold to count as its acceptance criterion. */
const SHARE = 0.34;
const MOST = 4;

/** The acceptance scenarios of the spec that speak of a demand, best first; a story's own for a story. */
export function scenariosFor(demand: PlacedDemand, around: Surroundings): readonly NamedScenario[] {
  const verbs = verbsOf(demand);
  if (demand.source === "story") return around.scenarios.filter(({ story }) => story === demand.id);
  const scored = around.scenarios
    .map((scenario) => {
      const home = demand.stories.includes(scenario.story) ? 0.08 : 0;
      const share = around.relevance.containment(demand.terms, scenario.terms);
      return {
        scenario,
        shared: sharedCount(demand.terms, scenario.terms),
        score: share + home + (verbs.some((verb) => scenario.terms.has(verb)) ? 0.15 : 0),
      };
    })
    .filter(({ shared, score }) => shared >= 2 && score >= SHARE)
    .toSorted((a, b) => b.score - a.score || a.scenario.line - b.scenario.line);
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score >= best * 0.7)
    .slice(0, MOST)
    .map(({ scenario }) => scenario);
}

/** Ids of the success criteria that share a demand's subject. */
export function criteriaFor(demand: PlacedDemand, around: Surroundings): readonly string[] {
  const verbs = verbsOf(demand);
  return around.spec.criteria
    .filter((criterion) => {
      const terms = termsOf(criterion.text);
      const share = around.relevance.containment(demand.terms, terms);
      const sameDeed = verbs.some((verb) => terms.has(verb));
      return sharedCount(demand.terms, terms) >= 3 && share >= (sameDeed ? 0.4 : 0.65);
    })
    .map(({ id }) => id);
}
