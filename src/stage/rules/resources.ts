import type { Resources } from "./circumstances.ts";

/** What was measured of a machine. */
export type MachineFacts = {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** That this process may use. */
  readonly cores: number;
};

/** What the user says about resources; `auto` measures. */
export const RESOURCE_MODES = ["auto", "limited", "ample"] as const;

export type ResourceMode = (typeof RESOURCE_MODES)[number];

const MIB = 2 ** 20;

/**
 * Below this a machine is short. Two agents of S1 §7.2's larger size, 512 MB each, would use all of it: the database and
 * the system need room besides.
 */
export const LEAST_FREE_BYTES = 1_024 * MIB;
/** With one core, agents at once only wait for each other. */
export const LEAST_CORES = 2;

const mib = (bytes: number): number => Math.round(bytes / MIB);

/** Whether the machine is short (ST-14, ST-18), by what was measured or by what the user says. */
export function resourcesOf(
  facts: MachineFacts,
  said: { readonly mode: ResourceMode; readonly from: Resources["from"] },
): Resources {
  if (said.mode !== "auto")
    return { limited: said.mode === "limited", because: `set to ${said.mode}`, from: said.from };
  const { freeBytes, totalBytes, cores } = facts;
  const short = freeBytes < LEAST_FREE_BYTES || cores < LEAST_CORES;
  return {
    limited: short,
    because: `${mib(freeBytes)} of ${mib(totalBytes)} MiB free, ${cores} ${cores === 1 ? "core" : "cores"}`,
    from: "measured",
  };
}
