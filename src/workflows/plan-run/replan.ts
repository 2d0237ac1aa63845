import { longestPaths } from "../../core/graph/longest-paths.ts";
import { driftOf, isNews, toldEnd } from "../../execution/drift.ts";
import type { Executable } from "../../execution/executable.ts";
import { LiveDecisions } from "../../execution/live/live-decisions.ts";
import type { RunState } from "../../execution/run-state.ts";
import { emit, type PlanRun } from "./plan-run.ts";

/** Minutes from the beginning to the end, as expected before anything is measured. */
export function plannedMinutes(work: Executable, state: RunState, workers: number): number {
  const nothing = { measured: new Map(), now: 0, workers, plannedEnd: 0 };
  return driftOf(work, state, nothing).expected;
}

/** Tasks that must have been measured anew before what goes first is computed again: so many, and this part of all, as all are gone over. */
const MEASURED_MORE = { atLeast: 3, share: 0.01 } as const;

/**
 * When the end has moved far, what goes first is computed anew: the longest way to the end by what is left, as tasks have taken so far.
 * Whoever began with a schedule keeps its order until then. It is told once for each change of pace, not each time that more of the same is measured.
 */
export async function replanIfWorth(run: PlanRun): Promise<void> {
  const { work, state, measured, begun, rules } = run;
  const { atLeast, share } = MEASURED_MORE;
  const more = Math.max(atLeast, work.graph.nodes.length * share);
  if (measured.size < run.replannedAt + more) return;
  run.replannedAt = measured.size;
  let now = 0;
  for (const { start, end = start } of measured.values()) now = Math.max(now, end);
  const drift = driftOf(work, state, {
    measured,
    now,
    workers: rules.limits.workers,
    plannedEnd: begun.plannedEnd,
  });
  if (!drift.replan.worth) return;
  begun.plannedEnd = now + drift.expected;
  const { forward, order } = work.graph;
  const tail = longestPaths(forward, order.toReversed(), drift.left);
  run.work = { ...work, tail, urgency: tail.map((minutes) => -minutes) };
  run.decisions = new LiveDecisions(run.work, run.state, rules);
  const { factor, planned, expected } = drift;
  if (!isNews(begun.toldEnd, drift, now)) return;
  begun.toldEnd = toldEnd(drift, now);
  await emit(run, {
    type: "plan-replanned",
    factor,
    measured: drift.measured,
    plannedMinutes: planned,
    expectedMinutes: expected,
    why: drift.replan.why,
  });
}
