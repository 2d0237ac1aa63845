import { at } from "../../core/graph/digraph.ts";
import { edgesInto } from "../../plan/graph/model.ts";
import type { WatchedMetric } from "../../schedule/strategy/risks/risk.ts";
import type { Drift, MeasuredTask } from "../drift.ts";
import type { Executable } from "../executable.ts";
import type { Frontier } from "../frontier.ts";
import { isActive, isFinished, type TaskState } from "../task-state.ts";
import type { WatchedRisk } from "./risk-watch.ts";

/** What of `WATCHED_METRICS` a run measures. Who of a team is away, and who comes to a meeting, only people see. */
export const MEASURED_BY_RUNS: ReadonlySet<WatchedMetric> = new Set<WatchedMetric>([
  "finish-late-minutes",
  "start-late-minutes",
  "duration-over-minutes",
  "waiting-minutes",
  "same-file-changes",
  "open-dependencies",
  "failed-tries",
  "deadline-margin-minutes",
]);

/** What is known of a run at a moment. Minutes are of the run's clock, from its beginning. */
export interface RunMeasures {
  readonly work: Executable;
  readonly frontier: Frontier;
  readonly now: number;
  readonly measured: ReadonlyMap<string, MeasuredTask>;
  /** When the schedule begins each task, by key. */
  readonly starts: ReadonlyMap<string, number>;
  /** Since when each task could be worked on, by key; not there for what could not yet. */
  readonly readySince: ReadonlyMap<string, number>;
  /** Takes a look at the whole graph, so it is only asked where it counts. */
  readonly drift: () => Pick<Drift, "planned" | "expected">;
  /** When the whole is wanted. */
  readonly deadline?: number;
  /** By file, changes that landed, and tasks that the plan says write it. */
  readonly changes: ReadonlyMap<
    string,
    readonly { readonly by: string; readonly minute: number }[]
  >;
  readonly writers: ReadonlyMap<string, readonly string[]>;
}

/** The value of a trigger's metric now; of several subjects the worst. Undefined where nothing is known. */
export function measureRisk(
  { metric, subjects }: Pick<WatchedRisk["trigger"], "metric" | "subjects">,
  run: RunMeasures,
): number | undefined {
  const worst = (of: (key: string, node: number) => number | undefined): number | undefined => {
    const values = subjects.flatMap((key) => {
      const node = run.work.graph.indexOf.get(key);
      return node === undefined ? [] : (of(key, node) ?? []);
    });
    return values.length === 0 ? undefined : Math.max(...values);
  };
  switch (metric) {
    case "finish-late-minutes":
      return lateEnd(run);
    case "deadline-margin-minutes":
      // of the whole; what is wanted of one task by itself is not known to a run
      return run.deadline === undefined || subjects.length > 0
        ? undefined
        : run.deadline - run.now - run.drift().expected;
    case "start-late-minutes":
      return worst((key, node) => lateness(run, key, node));
    case "duration-over-minutes":
      return worst((key, node) => overrun(run, key, node));
    case "waiting-minutes":
      return worst((key) => {
        const since = run.readySince.get(key);
        return since === undefined ? undefined : run.now - since;
      });
    case "open-dependencies":
      return worst((key, node) => openDependencies(run, key, node));
    case "failed-tries":
      return worst((_key, node) => failedTries(run.frontier.stateOf(node)));
    case "same-file-changes":
      return Math.max(0, ...subjects.map((file) => foreignChanges(run, file)));
    case "person-away":
    case "missing-participants":
      return undefined;
  }
}

function lateEnd({ drift }: RunMeasures): number {
  const { expected, planned } = drift();
  return expected - planned;
}

function lateness({ frontier, starts, now }: RunMeasures, key: string, node: number) {
  const start = starts.get(key);
  const own = frontier.stateOf(node);
  if (start === undefined) return undefined;
  return isActive(own) || isFinished(own) ? 0 : Math.max(0, now - start);
}

function overrun({ work, frontier, measured, now }: RunMeasures, key: string, node: number) {
  const seen = measured.get(key);
  if (!seen || frontier.stateOf(node).status === "skipped") return undefined;
  return (seen.end ?? now) - seen.start - at(work.graph.minutes, node);
}

/** Not before it should have begun. */
function openDependencies({ work, frontier, starts, now }: RunMeasures, key: string, node: number) {
  const start = starts.get(key);
  if (start === undefined || isFinished(frontier.stateOf(node))) return undefined;
  if (now < start) return 0;
  return edgesInto(work.graph, node).filter(
    ({ from, cut }) => !cut && at(frontier.passed, from) === 0,
  ).length;
}

function failedTries(own: TaskState): number {
  if (own.status === "done" || own.status === "skipped") return 0;
  const atWork = isActive(own) || own.status === "blocked";
  return Math.max(0, own.tries.used - (atWork ? 1 : 0));
}

/** Changes by others since who has the file now began with it; none where nobody has it. */
function foreignChanges({ work, frontier, measured, ...run }: RunMeasures, file: string): number {
  const holders = (run.writers.get(file) ?? []).filter((key) => {
    const node = work.graph.indexOf.get(key);
    return node !== undefined && isActive(frontier.stateOf(node));
  });
  const counts = holders.map((holder) => {
    const since = measured.get(holder)?.start ?? run.now;
    const others = (run.changes.get(file) ?? []).filter(
      ({ by, minute }) => by !== holder && minute >= since,
    );
    return others.length;
  });
  return Math.max(0, ...counts);
}
