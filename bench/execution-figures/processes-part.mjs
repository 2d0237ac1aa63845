import { spawn } from "node:child_process";
import path from "node:path";
import { eventsOf } from "./measured-run.mjs";
import { verifyRun } from "./graph-repository.mjs";
import { quantile } from "./run-times.mjs";
import { table } from "./table.mjs";

const MAIN = path.resolve(import.meta.dirname, "../../dist/cli/main.js");
const WORKERS = 4;

/** Runs left for whoever works for the project, by one process and by two: from the first run's beginning to the last one's end. */
export async function processes(bench, { cases, times, tell }) {
  const rows = [];
  for (const { runs, tasks, ms } of cases) {
    const seconds = new Map();
    for (let turn = 0; turn < times; turn++)
      for (const count of [1, 2]) {
        const took = await throughput(bench, { runs, tasks, ms, count });
        seconds.set(count, [...(seconds.get(count) ?? []), took]);
        tell(`${runs} runs by ${count}: ${took.toFixed(1)} s`);
      }
    const [one, two] = [1, 2].map((count) => quantile(seconds.get(count), 0.5));
    const bound = (Math.ceil(tasks / WORKERS) * ms) / 1_000;
    const rate = (took) => `${took.toFixed(1)} (${((runs * tasks) / took).toFixed(2)}/s)`;
    rows.push([
      runs,
      tasks,
      `${ms / 1_000} s`,
      bound,
      rate(one),
      rate(two),
      (one / two).toFixed(2),
    ]);
  }
  table(
    "runs at once | tasks of each | agents take | agents alone s | one process s | two s | faster",
    rows,
  );
}

async function throughput(bench, { runs, tasks, ms, count }) {
  const plans = Array.from({ length: runs }, (_, index) => ({
    name: `part-${index}`,
    tasks: Array.from({ length: tasks }, () => ({ minutes: 30, ms, waits: [], files: [] })),
  }));
  const { app, root, files } = await bench.project({ plans });
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(bench, root)));
  try {
    const started = await Promise.all(
      files.map((file) => app.executions.start({ plans: [file], workers: WORKERS, detach: true })),
    );
    const all = await Promise.all(started.map(({ runId }) => eventsOf(app, runId)));
    for (const [index, { runId }] of started.entries()) {
      await app.settled(runId);
      verifyRun(root, { runId, plan: plans[index], file: files[index] });
    }
    const [first, last] = [all.map(([event]) => event.at), all.map((events) => events.at(-1).at)];
    return (Math.max(...last) - Math.min(...first)) / 1_000;
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
    await app.close();
  }
}

/** Resolves when it takes runs. */
function startWorker({ env }, root) {
  const args = [MAIN, "worker", "--json", "--concurrency", "16"];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const gone = new Promise((resolve) => child.on("exit", resolve));
  const end = async () => {
    child.kill("SIGTERM");
    await gone;
  };
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => String(chunk).includes("working") && resolve({ end }));
    child.on("exit", (code) => reject(new Error(`a worker ended with ${code}`)));
  });
}
