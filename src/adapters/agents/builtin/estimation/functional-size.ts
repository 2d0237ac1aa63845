import type { Domain } from "../analysis/domain.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import {
  MOST_ACTIONS,
  MOST_FURTHER_READS,
  MOVEMENTS,
  MOVEMENTS_AGAIN,
  UNREAD_MOVEMENTS,
} from "./sizing-constants.ts";

/** Functional size of a demand. */
export interface Size {
  readonly cfp: number;
  /** False where no verb was recognised and a flat number was taken. */
  readonly read: boolean;
}

/** Data movements of a demand in CFP, from what its sentence does and how many kinds of data it touches. */
export function sizeOf(demand: PlacedDemand, domain: Domain, around: Surroundings): Size {
  const actions = demand.actions.slice(0, MOST_ACTIONS);
  const further = Math.min(
    MOST_FURTHER_READS,
    Math.max(0, (domain.touched.get(demand.id)?.length ?? 0) - 1),
  );
  const told = actions.reduce((sum, { kind, object }, index) => {
    const again = index > 0 && actions[index - 1]?.object === object;
    return sum + (again ? Math.min(MOVEMENTS[kind], MOVEMENTS_AGAIN) : MOVEMENTS[kind]);
  }, 0);
  const base = actions.length > 0 ? told : UNREAD_MOVEMENTS;
  const scenarios =
    demand.source === "story"
      ? around.scenarios.filter(({ story }) => story === demand.id).length
      : 0;
  return { cfp: Math.max(base, scenarios * 2) + further, read: actions.length > 0 };
}
