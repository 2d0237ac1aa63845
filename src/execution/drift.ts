import { criticalPath } from "../plan/graph/critical-path.ts";
import { isWork } from "../plan/graph/model.ts";
import type { Actual } from "../schedule/strategy/replan.ts";
import type { Executable } from "./executable.ts";
import { stateOfTask, type RunState } from "./run-state.ts";
import { isActive, isFinished } from "./task-state.ts";

/** What was measured of a task: minutes by the run's clock, from its beginning. */
export interface MeasuredTask {
  readonly start: number;
  /** Undefined while it is at work. */
  readonly end?: number;
}

/** How far a run is from what was expected, and whether a new plan is worth it. */
export interface Drift {
  /** Actual by expected duration of what is done, drawn towards 1 where little is done yet. */
  readonly factor: number;
  /** Tasks that it rests on. */
  readonly measured: number;
  /** Expected minutes that are left of each node, by its number, on what was learned. */
  readonly left: Float64Array;
  /** Minutes from now to the end: by the schedule, and as it looks now, at least. */
  readonly planned: number;
  readonly expected: number;
  /** The same if all that is left goes as what is done did, without what is expected counting for anything. */
  readonly unweighted: number;
  readonly replan: { readonly worth: boolean; readonly why: string };
}

/** All ours: no source says when a new plan is worth it. */
export const DRIFT = {
  /** What is expected counts for so many done tasks, so that one slow task says little of all. */
  weight: 5,
  /** A new plan is worth it when the end moves by more than this part of what was left, and this many minutes. */
  share: 0.15,
  minutes: 30,
  /** What is begun is never nothing: so much of it is left at least. */
  leastLeft: 0.05,
} as const;

/**
 * What is left of each task, from what tasks took so far: done is nothing, begun is what is left of the corrected estimate, the rest is its
 * estimate times the factor. The end is at least the longest way and at least all work by all workers.
 *
 * @param plannedEnd minutes from the beginning of the run, by the schedule that it was begun with
 */
export function driftOf(
  work: Executable,
  state: RunState,
  {
    measured,
    now,
    workers,
    plannedEnd,
  }: {
    readonly measured: ReadonlyMap<string, MeasuredTask>;
    readonly now: number;
    readonly workers: number;
    readonly plannedEnd: number;
  },
): Drift {
  const { graph } = work;
  const { ratio, ...learned } = factorOf(work, state, measured);
  const leftBy = (factor: number) =>
    Float64Array.from(graph.minutes, (minutes, node) => {
      const key = graph.nodes[node]?.key ?? "";
      const own = stateOfTask(state, key);
      if (!isWork(graph.nodes[node]) || isFinished(own)) return 0;
      const expected = minutes * factor;
      const begun = isActive(own) ? measured.get(key) : undefined;
      return begun === undefined
        ? expected
        : Math.max(expected - (now - begun.start), expected * DRIFT.leastLeft);
    });
  const minutesOf = (left: Float64Array) => {
    const path = criticalPath(graph, left);
    return Math.max(path.minutes, path.work / Math.max(1, workers));
  };
  const left = leftBy(learned.factor);
  const expected = minutesOf(left);
  const planned = Math.max(0, plannedEnd - now);
  const replan = worthOf(planned, expected);
  const unweighted = replan.worth ? minutesOf(leftBy(ratio)) : expected;
  return { ...learned, left, planned, expected, unweighted, replan };
}

function factorOf(
  { graph }: Executable,
  state: RunState,
  measured: ReadonlyMap<string, MeasuredTask>,
): Pick<Drift, "factor" | "measured"> & { readonly ratio: number } {
  let [expected, took, count] = [0, 0, 0];
  graph.nodes.forEach((node, index) => {
    const { start, end } = measured.get(node.key) ?? {};
    const minutes = graph.minutes[index] ?? 0;
    if (start === undefined || end === undefined || minutes <= 0) return;
    if (stateOfTask(state, node.key).status !== "done") return;
    expected += minutes;
    took += end - start;
    count++;
  });
  if (count === 0) return { factor: 1, measured: 0, ratio: 1 };
  const prior = (expected / count) * DRIFT.weight;
  const factor = (took + prior) / (expected + prior);
  return { factor, measured: count, ratio: took / expected };
}

function worthOf(planned: number, expected: number): Drift["replan"] {
  const moved = Math.abs(expected - planned);
  const later = expected > planned ? "later" : "sooner";
  const why = `the end comes ${Math.round(moved)} minutes ${later} than planned`;
  return { worth: isMuch(moved, Math.max(planned, expected)), why };
}

const isMuch = (moved: number, of: number): boolean =>
  moved > DRIFT.minutes && moved > of * DRIFT.share;

/** Between which minutes of the run's clock the end was told to be. */
export type ToldEnd = { readonly from: number; readonly to: number };

/**
 * The end as it looks now: between what is expected, in which what is done counts for less than it may, and what it would be if all went on as
 * it did. While more and more is done at the same pace the one moves towards the other, which is no news.
 */
export const toldEnd = (
  { expected, unweighted }: Pick<Drift, "expected" | "unweighted">,
  now: number,
): ToldEnd => ({
  from: now + Math.min(expected, unweighted),
  to: now + Math.max(expected, unweighted),
});

/** Whether the end is far from where people were told that it is. */
export function isNews(
  told: ToldEnd | undefined,
  { expected }: Pick<Drift, "expected">,
  now: number,
): boolean {
  if (!told) return true;
  const end = now + expected;
  const beyond = Math.max(told.from - end, end - told.to, 0);
  return isMuch(beyond, Math.max(expected, told.to - now));
}

/**
 * The same as what `schedule/strategy/replan.ts` plans anew from.
 *
 * @param localTime of a minute of the run's clock, in the zone of the project
 */
export function actualsOf(
  work: Executable,
  state: RunState,
  {
    measured,
    left,
    localTime,
  }: {
    readonly measured: ReadonlyMap<string, MeasuredTask>;
    readonly left: Drift["left"];
    readonly localTime: (minute: number) => string;
  },
): readonly Actual[] {
  return work.graph.nodes.flatMap((node, index): readonly Actual[] => {
    const own = stateOfTask(state, node.key);
    const { start, end } = measured.get(node.key) ?? {};
    if (!isWork(node) || start === undefined) return [];
    if (isFinished(own))
      return [
        {
          activity: node.key,
          state: "done",
          start: localTime(start),
          end: localTime(end ?? start),
        },
      ];
    return isActive(own)
      ? [
          {
            activity: node.key,
            state: "started",
            start: localTime(start),
            left: left[index] ?? 0,
          },
        ]
      : [{ activity: node.key, state: "open" }];
  });
}
