/**
 * Plans of 10,000 and 100,000 tasks: read, made into a graph, conflicts found; CPU seconds and memory, each run in a process of
 * its own. Arguments: runs (5). Of the numbers of one kind the median is printed.
 */
import { spawnSync } from "node:child_process";
import { loadavg } from "node:os";
import { machine, percentile } from "./stage-engine.mjs";

const PER_PHASE = 40;
const SIZES = [10_000, 100_000];

const id = (number) => `T${String(number).padStart(3, "0")}`;
const row = (...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);

/** A plan as people write them: files named in text, some dependencies and sequences, a verification for each phase. */
const TEXTS = {
  "plan-file": (tasks) => {
    const lines = ["# Implementation Plan: Large", ""];
    for (let phase = 0; phase * PER_PHASE < tasks; phase++) {
      lines.push(`## Phase ${phase}: Part ${phase}`, "");
      lines.push(`**Execution Note:** Tasks ${phase}.3-${phase}.5 are [SEQUENTIAL] - one file`, "");
      for (let task = 1; task <= PER_PHASE; task++) {
        const on = task % 4 === 0 ? ` (depends: ${phase}.${task - 1})` : "";
        lines.push(
          `- [ ] ${phase}.${task} Add part ${task} to \`src/p${phase}/f${task % 30}.ts\`${on}`,
        );
      }
      lines.push("", `**VERIFY Phase ${phase}:**`, "- [ ] All tests pass", "");
    }
    return { file: "docs/plans/large.md", text: lines.join("\n") };
  },
  "spec-kit": (tasks) => {
    const lines = ["# Tasks: Large", ""];
    for (let task = 1; task <= tasks; task++) {
      const phase = Math.floor((task - 1) / PER_PHASE);
      if ((task - 1) % PER_PHASE === 0) lines.push("", `## Phase ${phase + 1}: Part ${phase}`, "");
      const on = task % 4 === 0 ? ` (depends on ${id(task - 1)})` : "";
      const mark = task % 5 === 0 ? "" : " [P]";
      lines.push(
        `- [ ] ${id(task)}${mark} Add part ${task} in src/p${phase}/f${task % 30}.ts${on}`,
      );
    }
    return { file: "specs/001-large/tasks.md", text: lines.join("\n") };
  },
};

/** Seconds: CPU of this process with its threads for garbage, of which the load of the machine adds little; and those of a clock. */
const now = () => {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1e6, wall: performance.now() / 1000 };
};

async function once(dialect, size) {
  const [{ readPlan }, { buildGraph }, { usesOfTasks }, { findConflicts }] = await Promise.all([
    import("../dist/plan/read-plan.js"),
    import("../dist/plan/graph/build-graph.js"),
    import("../dist/plan/resources/plan-uses.js"),
    import("../dist/plan/resources/find-conflicts.js"),
  ]);
  const source = TEXTS[dialect](size);
  const before = process.resourceUsage().maxRSS;
  const laps = [now()];
  const plan = readPlan([source]);
  laps.push(now());
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  laps.push(now());
  const conflicts = findConflicts(graph, usesOfTasks(plan.tasks.map((task) => [task.key, task])));
  laps.push(now());
  if (plan.tasks.length !== size)
    throw new Error(`${plan.tasks.length} of ${size} tasks were read.`);
  if (!conflicts) throw new Error("No conflicts were looked for.");
  const seconds = laps.slice(1).map((lap, index) => lap.cpu - laps[index].cpu);
  const wall = laps.at(-1).wall - laps[0].wall;
  const rss = process.resourceUsage().maxRSS;
  return { seconds, wall, edges: graph.edges.length, rss: rss / 1024, more: (rss - before) / 1024 };
}

const [first, second] = process.argv.slice(2);
if (first in TEXTS) process.stdout.write(JSON.stringify(await once(first, Number(second))));
else {
  const runs = Number(first ?? 5);
  process.stdout.write(`${machine}, load ${loadavg()[0].toFixed(1)}, ${runs} runs\n\n`);
  row(
    "dialect",
    "tasks",
    "edges",
    "read s",
    "graph s",
    "conflicts s",
    "all s",
    "by the clock",
    "peak MB",
    "of which by this",
  );
  row("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
  for (const dialect of Object.keys(TEXTS))
    for (const size of SIZES) {
      const done = Array.from({ length: runs }, () => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [
          import.meta.filename,
          dialect,
          `${size}`,
        ]);
        if (status !== 0) throw new Error(stderr.toString());
        return JSON.parse(stdout.toString());
      });
      const median = (of) => percentile(done.map(of), 0.5);
      const lap = (index) => median(({ seconds }) => seconds[index]).toFixed(2);
      const all = median(({ seconds }) => seconds.reduce((a, b) => a + b)).toFixed(2);
      const memory = [median(({ rss }) => rss), median(({ more }) => more)].map((mb) =>
        mb.toFixed(0),
      );
      row(
        dialect,
        size,
        done[0].edges,
        lap(0),
        lap(1),
        lap(2),
        all,
        median(({ wall }) => wall).toFixed(2),
        ...memory,
      );
    }
}
