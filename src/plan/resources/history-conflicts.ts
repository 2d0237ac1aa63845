import type { PlanGraph } from "../graph/model.ts";
import { withHistory, type CoChange } from "./co-change.ts";
import { findConflicts } from "./find-conflicts.ts";
import type { Conflict } from "./model.ts";
import type { UsesByTask } from "./plan-uses.ts";

/** Two tasks that nothing orders: one changes a file, the other changes one that history says mostly changes with it. A guess. */
export interface HistoryConflict {
  /** Key of the task that may well have to change `rule.to`, and of the one that says so. */
  readonly task: string;
  readonly writer: string;
  /** `task` changes `rule.from`, `writer` changes `rule.to`. */
  readonly rule: CoChange;
}

/** Pairs listed of each file. */
const LISTED = 200;

/**
 * What commits say of tasks that name different files, the surest first, each pair of tasks once. Pairs that contend for a file
 * by what they say themselves are left out.
 */
export function historyConflicts(
  graph: PlanGraph,
  uses: UsesByTask,
  rules: readonly CoChange[],
): readonly HistoryConflict[] {
  const known = new Set(
    findConflicts(graph, uses, { listed: LISTED }).contentions.flatMap(({ listed }) =>
      listed.filter(({ exclusive }) => exclusive).map(pairOf),
    ),
  );
  const byFiles = new Map(rules.map((rule) => [`${rule.from}\n${rule.to}`, rule]));
  const found = new Map<string, HistoryConflict>();
  const { contentions } = findConflicts(graph, withHistory(uses, rules), { listed: LISTED });
  for (const conflict of contentions.flatMap(({ listed }) => listed)) {
    const { a, b, resource, sources } = conflict;
    if (known.has(pairOf(conflict)) || !sources.includes("history")) continue;
    const [task, writer] = sources[0] === "history" ? [a, b] : [b, a];
    for (const { resource: from, access } of uses.get(task) ?? []) {
      const rule = access === "write" ? byFiles.get(`${from}\n${resource}`) : undefined;
      const before = found.get(pairOf(conflict));
      if (rule && (before?.rule.confidence ?? 0) < rule.confidence)
        found.set(pairOf(conflict), { task, writer, rule });
    }
  }
  return [...found.values()].toSorted(
    (one, other) =>
      other.rule.confidence - one.rule.confidence || other.rule.together - one.rule.together,
  );
}

const pairOf = ({ a, b }: Conflict): string => `${a}\n${b}`;
