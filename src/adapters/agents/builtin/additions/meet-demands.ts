import { toJson, type Json } from "../../../../core/json.ts";
import type { ContractName } from "../../../../stage/contracts.ts";
import { unmetDemands } from "../../../../stage/depth/demand.ts";
import type { Directions } from "../../../../stage/directions.ts";

/**
 * Say what depth asks for and the documents do not hold: each unmet demand as a line of the answer's `unknowns`, so that what
 * is missing is known to be missing. Nothing is made up to meet a demand.
 */
export function meetDemands(contract: ContractName, value: Json, { demands }: Directions): Json {
  if (demands.length === 0 || !isObject(value)) return value;
  const root = value[contract];
  if (!isObject(root) || !Array.isArray(root["unknowns"])) return value;
  const missing = unmetDemands(contract, demands, value).map(({ saying }) => saying);
  if (missing.length === 0) return value;
  return toJson({
    ...value,
    [contract]: { ...root, unknowns: [...root["unknowns"], ...new Set(missing)] },
  });
}

const isObject = (value: unknown): value is { readonly [name: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
