import type { Quorum } from "./stage-spec.ts";

export type Tally =
  | { readonly met: true; readonly missing: readonly string[] }
  | {
      readonly met: false;
      readonly missing: readonly string[];
      readonly because: "required" | "minimum" | "ratio";
    };

/** Products that should be whole are a little above it at times: 0.28 × 25 is 7.000000000000001. */
const ROUNDING = 1e-9;

/** Whether a stage may go on with the roles that succeeded (ST-06). A partial result is not a success. */
export function tally(
  quorum: Quorum,
  roles: readonly string[],
  succeeded: ReadonlySet<string>,
): Tally {
  const missing = roles.filter((role) => !succeeded.has(role));
  const count = roles.length - missing.length;
  if (quorum.required.some((role) => !succeeded.has(role)))
    return { met: false, missing, because: "required" };
  if (count < quorum.minimum) return { met: false, missing, because: "minimum" };
  if (count < Math.ceil(quorum.ratio * roles.length - ROUNDING))
    return { met: false, missing, because: "ratio" };
  return { met: true, missing };
}
