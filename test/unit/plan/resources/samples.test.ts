/** Public tasks.md files, where they are at hand: how many of their marks collide. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { collidingMarks } from "../../../../src/plan/resources/parallel-marks.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";
import { sharedByStories } from "../../../../src/plan/resources/shared-by-stories.ts";
import { readSpecKit } from "../../../../src/plan/spec-kit/read-spec-kit.ts";

const SAMPLES = path.resolve(import.meta.dirname, "../../../../../shared/samples/spec-kit");

test.skipIf(!existsSync(SAMPLES))(
  "marks of public tasks.md files collide about as often as counted before (needs ../shared)",
  () => {
    const files = readdirSync(SAMPLES, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith("tasks.md") && !file.startsWith("_"),
    );
    const counts = { marking: 0, colliding: 0, stories: 0, sharing: 0 };
    for (const file of files) {
      const plan = readSpecKit([{ file, text: readFileSync(path.join(SAMPLES, file), "utf8") }]);
      const tasks = plan.tasks.map((task) => [task.key, task] as const);
      const uses = usesOfTasks(tasks);
      const marks = collidingMarks(buildGraph(plan, { barriers: "phases", inferred: true }), uses);
      if (marks.marked > 0) counts.marking++;
      if (marks.colliding.length > 0) counts.colliding++;
      const sharing = sharedByStories(tasks, uses);
      if (sharing.stories > 1) counts.stories++;
      if (sharing.files.length > 0) counts.sharing++;
    }
    console.log(
      `of ${counts.marking} files with [P] ${counts.colliding} have unordered ones that write one file; of ${counts.stories} with stories ${counts.sharing} share files`,
    );
    expect(counts.colliding / counts.marking).toBeGreaterThan(0.3);
    expect(counts.colliding / counts.marking).toBeLessThan(0.7);
    expect(counts.sharing / counts.stories).toBeGreaterThan(0.7);
  },
);
