import type { PlanGraph } from "../plan/graph/model.ts";
import type { RunState } from "./run-state.ts";

/**
 * What one failure for good does to the rest (the words are wireit's): `no-new` lets finish what runs and starts nothing; `continue`
 * goes on with all that does not wait for it; `kill` ends what runs, too.
 */
export type FailureMode = "no-new" | "continue" | "kill";

export const FAILURE_MODES: Readonly<
  Record<FailureMode, { readonly starts: boolean; readonly ends: boolean; readonly words: string }>
> = {
  "no-new": {
    starts: false,
    ends: false,
    words: "after a failure nothing new starts, what runs may finish",
  },
  continue: { starts: true, ends: false, words: "only what waits for a failed task stands still" },
  kill: { starts: false, ends: true, words: "a failure ends all that runs" },
};

/**
 * The first in the order of the document that failed for good; undefined where none did. A verification that nothing waits for
 * (`(non-blocking)`) is none.
 */
export function failureOf({ nodes, indexOf }: PlanGraph, { tasks }: RunState): string | undefined {
  let first: number | undefined;
  for (const [key, state] of tasks) {
    if (state.status !== "failed" || !state.final) continue;
    const index = indexOf.get(key);
    const node = index === undefined ? undefined : nodes[index];
    if (index === undefined || (node?.kind === "verification" && !node.verification.blocking))
      continue;
    if (first === undefined || index < first) first = index;
  }
  return first === undefined ? undefined : nodes[first]?.key;
}
