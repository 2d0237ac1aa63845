/** Public tasks.md files, where they are at hand: how many of their marks collide. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Task } from "../../../../src/plan/model.ts";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { collidingMarks } from "../../../../src/plan/resources/parallel-marks.ts";
import { usesOfTasks, type UsesByTask } from "../../../../src/plan/resources/plan-uses.ts";
import { sharedByStories } from "../../../../src/plan/resources/shared-by-stories.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const SAMPLES = path.resolve(import.meta.dirname, "../../../../../shared/samples/spec-kit");

/**
 * FORMATS §3.3 counted 36 of 117 files (31 %), by neighbours only: two marked tasks, one behind the other, that name one file. Here
 * any two marked tasks count that nothing orders and that write one file, wherever they stand, which finds more; and these are other, fewer files.
 * Both ways are counted: by neighbours these are 7 of 26 (27 %).
 */
test.skipIf(!existsSync(SAMPLES))(
  "marks of public tasks.md files that collide, as counted (needs ../shared)",
  () => {
    const files = readdirSync(SAMPLES, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith("tasks.md") && !file.startsWith("_"),
    );
    const counts = { marking: 0, colliding: 0, neighbours: 0, stories: 0, sharing: 0 };
    for (const file of files) {
      const plan = readSpecKit([{ file, text: readFileSync(path.join(SAMPLES, file), "utf8") }]);
      const tasks = plan.tasks.map((task) => [task.key, task] as const);
      const uses = usesOfTasks(tasks);
      const marks = collidingMarks(buildGraph(plan, { barriers: "phases", inferred: true }), uses);
      if (marks.marked > 0) counts.marking++;
      if (marks.colliding.length > 0) counts.colliding++;
      if (neighboursShare(plan.tasks, uses)) counts.neighbours++;
      const sharing = sharedByStories(tasks, uses);
      if (sharing.stories > 1) counts.stories++;
      if (sharing.files.length > 0) counts.sharing++;
    }
    expect(counts).toEqual({ marking: 26, colliding: 14, neighbours: 7, stories: 26, sharing: 24 });
  },
);

/** Whether a marked task names a source file that the marked one before it names, too. */
function neighboursShare(tasks: readonly Task[], uses: UsesByTask): boolean {
  const named = ({ key }: Task) =>
    (uses.get(key) ?? []).flatMap(({ kind, resource }) =>
      kind === "file" && !/\.(?:md|txt)$/.test(resource) ? [resource] : [],
    );
  return tasks.some((task, index) => {
    const before = tasks[index - 1];
    if (task.parallel !== true || before?.parallel !== true) return false;
    const others = new Set(named(before));
    return named(task).some((resource) => others.has(resource));
  });
}
