/**
 * What the executor's decisions are worth, on a clock that only counts: `node bench/execution.mjs [--each 10] [--replications 3] [--sigma 0.54]`.
 * 50 made-up graphs (`sample-graphs.mjs`), durations lognormal about what the plan expects, which the executor does not know before a task has
 * ended. Each run is divided by the lower bound of a schedule that knows all durations, with as many workers and one writer of a
 * file at a time. Beside it, in the same runs: batches, each waited for whole, a pipeline and independent tasks by the executor, waves by
 * `schedule/run-pattern`. Then the same where results take time to land, with and without workers that are kept for what waits for that.
 * Then a plan of 10,000 tasks: what a decision takes.
 */
import { parseArgs } from "node:util";
import { seededRandom } from "../dist/core/random.js";
import { nextTasks } from "../dist/execution/next-tasks.js";
import { simulateExecution } from "../dist/execution/simulate-execution.js";
import { drawnDurations } from "../dist/schedule/drawn-durations.js";
import { runPattern } from "../dist/schedule/run-pattern.js";
import { lowerBound } from "../dist/schedule/solver/lower-bound.js";
import { makeProblem } from "../dist/schedule/solver/problem.js";
import { prepareWork } from "../dist/schedule/work.js";
import { executableOf, sampleGraphs } from "./sample-graphs.mjs";

const { values } = parseArgs({
  options: {
    each: { type: "string", default: "10" },
    replications: { type: "string", default: "3" },
    sigma: { type: "string", default: "0.54" },
  },
});
const WORKERS = [1, 3, 8];
/** Ticks of the bound in a minute; rounded down, so that the bound stays one. */
const TICKS = 10;

/** From the end of an attempt until its result has landed, in average attempts. */
const LANDINGS = [0.01, 0.02, 0.05, 0.1, 0.2];

const rows = new Map();
for (const [index, sample] of sampleGraphs(Number(values.each)).entries()) {
  const work = executableOf(sample);
  const prepared = prepareWork({
    minutes: sample.minutes,
    edges: sample.edges,
    phaseOf: sample.minutes.map(() => -1),
    resources: sample.files,
  });
  for (let turn = 0; turn < Number(values.replications); turn++) {
    const durations = drawnDurations(
      sample.minutes,
      { kind: "lognormal", sigma: Number(values.sigma) },
      seededRandom(index * 1_009 + turn),
    );
    for (const workers of WORKERS) {
      const bound = boundOf(sample, durations, workers);
      const run = (pattern) =>
        simulateExecution(work, {
          rules: { pattern, failures: "continue", limits: { workers } },
          durations,
        });
      const dag = run("dag");
      const row = rows.get(workers) ?? { all: [], batched: [], waves: [], busy: [], landing: [] };
      rows.set(workers, row);
      row.landing.push(
        LANDINGS.map((share) =>
          [false, true].map((landsSoon) => {
            const rules = { pattern: "dag", failures: "continue", limits: { workers } };
            const landing = share * mean([...durations]);
            const given = { rules, durations, landing, landsSoon };
            return simulateExecution(work, given).makespan / bound;
          }),
        ),
      );
      const waves = runPattern(prepared, { pattern: "waves", workers, batch: workers, durations });
      row.all.push({ name: sample.name, ratio: dag.makespan / bound });
      row.batched.push(run("batched").makespan / dag.makespan);
      row.waves.push(waves.makespan / dag.makespan);
      // where even the best schedule leaves workers idle, the graph does not allow more
      const total = durations.reduce((a, b) => a + b, 0);
      if (total / bound / workers >= 0.95) row.busy.push(dag.busy / dag.makespan / workers);
    }
  }
}

const out = (line) => process.stdout.write(`${line}\n`);
out(
  "| workers | runs | over the bound: mean | p95 | most | worst | utilisation where the graph allows | batches / dag | waves / dag |",
);
out("|---:|---:|---:|---:|---:|---|---:|---:|---:|");
let kept = true;
for (const [workers, { all, batched, waves, busy }] of rows) {
  const ratios = all.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  const most = all.reduce((a, b) => (b.ratio > a.ratio ? b : a));
  const p95 = ratios[Math.ceil(ratios.length * 0.95) - 1];
  kept &&= mean(ratios) <= 1.1;
  out(
    `| ${workers} | ${all.length} | ${mean(ratios).toFixed(3)} | ${p95.toFixed(3)} | ${most.ratio.toFixed(3)} | ${most.name} | ${mean(busy).toFixed(2)} (${busy.length} runs) | ${mean(batched).toFixed(2)} | ${mean(waves).toFixed(2)} |`,
  );
}

out(
  "\n| workers | landing takes, in average attempts | over the bound: mean, p95 | with workers kept |",
);
out("|---:|---:|---:|---:|");
for (const [workers, { landing }] of rows)
  for (const [index, share] of LANDINGS.entries()) {
    const [usual, waiting] = [0, 1].map((which) => {
      const ratios = landing.map((each) => each[index][which]).toSorted((a, b) => a - b);
      const p95 = ratios[Math.ceil(ratios.length * 0.95) - 1];
      return `${mean(ratios).toFixed(3)}, ${p95.toFixed(3)}`;
    });
    out(`| ${workers} | ${share} | ${usual} | ${waiting} |`);
  }
out("");

const size = 10_000;
const large = executableOf({
  minutes: Array.from({ length: size }, () => 30),
  edges: Array.from({ length: size - 50 }, (_, node) => [
    [node, node + 50],
    ...(node % 3 === 0 && node + 77 < size ? [[node, node + 77]] : []),
  ]).flat(),
  files: Array.from({ length: size }, (_, node) => [node % 997]),
});
const rules = { pattern: "dag", failures: "continue", limits: { workers: 8 } };
for (const share of [0, 0.5, 0.99]) {
  const done = { status: "done", evidence: { kind: "plan" } };
  const tasks = new Map(Array.from({ length: size * share }, (_, node) => [`${node}`, done]));
  const state = { tasks, batch: [], released: new Set() };
  const times = Array.from({ length: 200 }, () => {
    const from = performance.now();
    nextTasks(large, state, rules);
    return performance.now() - from;
  }).toSorted((a, b) => a - b);
  out(
    `10,000 tasks, ${share * 100} % done: a decision takes ${times[100].toFixed(2)} ms, p95 ${times[190].toFixed(2)} ms`,
  );
}
out(`memory ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
if (!kept) process.exitCode = 1;

function boundOf({ edges, files }, durations, workers) {
  const ticks = Array.from(durations, (minutes) => Math.floor(minutes * TICKS));
  const used = [...new Set(files.flat())];
  const problem = makeProblem({
    durations: ticks,
    arcs: edges.map(([from, to]) => ({ from, to })),
    capacities: [workers, ...used.map(() => 1)],
    demands: files.map((own) => [1, ...used.map((file) => Number(own.includes(file)))]),
  });
  return lowerBound(problem) / TICKS;
}

function mean(numbers) {
  return numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);
}
