import type { Conflicts } from "../resources/model.ts";
import { coChanges } from "../resources/co-change.ts";
import { historyConflicts, type HistoryConflict } from "../resources/history-conflicts.ts";
import type { HotResource } from "../resources/hot-resources.ts";
import { findConflicts } from "../resources/find-conflicts.ts";
import { hotResources } from "../resources/hot-resources.ts";
import { collidingMarks } from "../resources/parallel-marks.ts";
import type { UsesByTask } from "../resources/plan-uses.ts";
import type { Task } from "../model.ts";
import { criticalPath } from "../graph/critical-path.ts";
import { sharedByStories, type StorySharing } from "../resources/shared-by-stories.ts";
import type { Result } from "../../core/result.ts";
import type { PlanHead } from "./plan-head.ts";
import { isSettled, stateOf, type PlanView } from "./plan-view.ts";

export interface ConflictsAnswer {
  readonly plan: PlanHead;
  /** Of what is left to do. */
  readonly conflicts: Conflicts;
  /** What costs most when its writers run one at a time, first. */
  readonly hot: readonly HotResource[];
  /** Tasks that the plan marks parallel, and keys of those that write what another of them writes. */
  readonly marked: { readonly tasks: number; readonly colliding: readonly string[] };
  /** Files that unfinished tasks of several stories write; null where the plan has no two stories. */
  readonly stories: StorySharing | null;
  /** Tasks left to do, and how many of them name nothing that they touch: of those nothing is known. */
  readonly tasks: number;
  readonly unknown: number;
  /** What commits say; null where they were not asked. */
  readonly history: HistoryAnswer | null;
}

export interface HistoryAnswer {
  /** How many of the newest commits were looked at. */
  readonly commits: number;
  /** Why there are none; null where there are. */
  readonly problem: string | null;
  /** Guesses, the surest first. */
  readonly likely: readonly HistoryConflict[];
}

/** The files of the newest commits, or why there are none. */
export type Commits = Result<readonly (readonly string[])[], string>;

/** Pairs listed of each resource. */
const LISTED = 200;

/** Which unfinished tasks of a view would touch one thing at once; with commits, also which may well have to. */
export function conflictsAnswer(
  view: PlanView,
  uses: UsesByTask,
  commits?: Commits,
): ConflictsAnswer {
  const { graph, head, plan } = view;
  const parents = new Set(plan.tasks.map(({ parent }) => parent));
  // a task with sub-tasks is done by them
  const open = plan.tasks.filter(({ key }) => !parents.has(key) && !isSettled(stateOf(view, key)));
  const left: UsesByTask = new Map(open.map(({ key }) => [key, uses.get(key) ?? []]));
  const conflicts = findConflicts(graph, left, { listed: LISTED });
  const { marked, colliding } = collidingMarks(graph, left);
  return {
    plan: head,
    conflicts,
    hot: hotResources(graph, conflicts, criticalPath(graph).minutes),
    marked: { tasks: marked, colliding },
    stories: storiesOf(open, left),
    tasks: open.length,
    unknown: [...left.values()].filter((some) => some.every(({ vague }) => vague === true)).length,
    history: commits ? historyOf(view, left, commits) : null,
  };
}

function storiesOf(open: readonly Task[], left: UsesByTask): StorySharing | null {
  const sharing = sharedByStories(
    open.map((task) => [task.key, task] as const),
    left,
  );
  return sharing.stories > 1 ? sharing : null;
}

function historyOf({ graph }: PlanView, left: UsesByTask, commits: Commits): HistoryAnswer {
  if (!commits.ok) return { commits: 0, problem: commits.error, likely: [] };
  const likely = historyConflicts(graph, left, coChanges(commits.value));
  return { commits: commits.value.length, problem: null, likely };
}
