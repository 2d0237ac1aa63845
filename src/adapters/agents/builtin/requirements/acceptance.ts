import type { NamedScenario, PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { provenBy } from "../analysis/proofs.ts";

/** Most scenarios named for one demand. */
const MOST = 4;

/** The acceptance scenarios of the spec that speak of a demand, best first; a story's own for a story. */
export function scenariosFor(demand: PlacedDemand, around: Surroundings): readonly NamedScenario[] {
  if (demand.source === "story") return around.scenarios.filter(({ story }) => story === demand.id);
  return provenBy(demand, around)
    .flatMap((id) => around.scenarios.find(({ source }) => source === id) ?? [])
    .slice(0, MOST);
}

/** Ids of the success criteria that speak of a demand, best first. */
export function criteriaFor(demand: PlacedDemand, around: Surroundings): readonly string[] {
  const criteria = new Set(around.spec.criteria.map(({ id }) => id));
  return provenBy(demand, around).filter((id) => criteria.has(id));
}
