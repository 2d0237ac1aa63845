import type { PlanGraph } from "../graph/model.ts";
import { findConflicts, type ConflictOptions } from "./find-conflicts.ts";
import type { Conflicts } from "./model.ts";
import type { UsesByTask } from "./plan-uses.ts";

/** What came of the tasks that a plan marks as parallel (`[P]`, `Parallelizable: Yes`). */
export interface ParallelMarks {
  /** Tasks with the mark. */
  readonly marked: number;
  /** Keys of marked tasks that write what another marked one writes, with nothing that orders the two. */
  readonly colliding: readonly string[];
  /** What they contend for; resources that are only read by one of two are left out. */
  readonly conflicts: Conflicts;
}

/**
 * Marks that promise "different files" and do not keep it: unordered pairs of marked tasks that write one file. Of 117 public
 * tasks.md files with `[P]`, 36 have such pairs next to each other (FORMATS §3.3).
 */
export function collidingMarks(
  graph: PlanGraph,
  uses: UsesByTask,
  options: ConflictOptions = {},
): ParallelMarks {
  const marked = graph.nodes.flatMap((node) =>
    node.kind === "task" && node.task.parallel === true ? [node.key] : [],
  );
  const writes = marked.flatMap((key) => {
    const own = (uses.get(key) ?? []).filter(
      ({ access, kind }) => access === "write" && kind !== "other",
    );
    return own.length > 0 ? [[key, own] as const] : [];
  });
  const conflicts = findConflicts(graph, new Map(writes), options);
  const colliding = new Set(conflicts.contentions.flatMap((contention) => contention.colliding));
  return {
    marked: marked.length,
    colliding: marked.filter((key) => colliding.has(key)),
    conflicts,
  };
}
