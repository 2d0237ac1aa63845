import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { capsOf, type Cap } from "../../stage/budget/cap.ts";
import { PRICE_HINT } from "../../stage/budget/unpriced.ts";
import type { Settings } from "../app-ports.ts";
import type { RunWish } from "./execution-cases.ts";

/** What the run may use. Where money is limited, all who are asked must have a price, or say what they cost. */
export function capsFor(
  { budget, costs, agentPlaces }: Settings,
  wish: Pick<RunWish, "budget">,
  agents: { readonly agent: string; readonly verifier: string },
): readonly Cap[] {
  const caps = capsOf({ ...budget, ...wish.budget }, []);
  const limited = caps.some(
    ({ microUsd, perCall }) => microUsd !== null && perCall.microUsd === null,
  );
  const unpriced = [agents.agent, agents.verifier].find((name) => {
    const { free, price, reportsCost } = costs(name);
    return !free && !price && !reportsCost;
  });
  if (!limited || unpriced === undefined) return caps;
  const place = agentPlaces[unpriced];
  throw new WavegateError(
    "BUDGET_PRICE_UNKNOWN",
    `Money is limited for the run, but what ${oneLine(unpriced, 60)} costs is not known: it doesn't say, and has no price.`,
    { hint: PRICE_HINT, ...(place && { place }) },
  );
}
