/**
 * Plans carried out for real, by puppets that take a given time, with real processes, git and PostgreSQL: `node bench/real-execution.mjs
 * [--parts makespan,overhead,processes,conflicts,landing] [--graphs 5] [--compared 2] [--at-once 1] [--seconds 20] [--workers 1,3,8] [--plans 50] [--times 3]`. Every run is verified: each task in one
 * commit with what it wrote, the tests of what landed, the ticked plan.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { conflicts } from "./execution-figures/conflict-part.mjs";
import { dispatchTimes } from "./execution-figures/dispatch-part.mjs";
import { makespans } from "./execution-figures/makespan-part.mjs";
import { openBench } from "./execution-figures/measured-run.mjs";
import { overheads } from "./execution-figures/overhead-part.mjs";
import { processes } from "./execution-figures/processes-part.mjs";

const { values } = parseArgs({
  options: {
    parts: { type: "string", default: "makespan,overhead,processes,conflicts,landing" },
    graphs: { type: "string", default: "5" },
    compared: { type: "string", default: "2" },
    "at-once": { type: "string", default: "1" },
    seconds: { type: "string", default: "20" },
    workers: { type: "string", default: "1,3,8" },
    plans: { type: "string", default: "50" },
    times: { type: "string", default: "3" },
  },
});
const [graphs, compared, atOnce, seconds, plans, times] = [
  values.graphs,
  values.compared,
  values["at-once"],
  values.seconds,
  values.plans,
  values.times,
].map(Number);

const workers = values.workers.split(",").map(Number);

const tell = (line) =>
  process.stderr.write(
    `${new Date().toISOString().slice(11, 19)} ${line}, load ${loadavg()[0].toFixed(1)}\n`,
  );

const PARTS = {
  async makespan(bench) {
    const runs = await makespans(bench, { graphs, compared, atOnce, seconds, workers, tell });
    dispatchTimes(runs);
  },
  overhead: (bench) =>
    overheads(bench, {
      tell,
      cases: [
        { seconds: 30, links: 2, times: 1 },
        { seconds: 1, links: 8, times },
      ],
    }),
  processes: (bench) =>
    processes(bench, {
      tell,
      times,
      cases: [
        { runs: 8, tasks: 8, ms: 1_000 },
        { runs: 1, tasks: 32, ms: 1_000 },
      ],
    }),
  conflicts: (bench) => conflicts(bench, { plans, atOnce: 3, tell }),
  async landing() {
    const args = [path.join(import.meta.dirname, "landing.mjs"), "--bad", "0,1,4"];
    process.stdout.write(`\n${execFileSync(process.execPath, args, { encoding: "utf8" })}`);
  },
};

const folder = mkdtempSync(path.join(tmpdir(), "wavegate-figures-"));
// As root the database runs as another account, which must be able to pass through.
chmodSync(folder, 0o755);
const bench = await openBench(folder);
const began = performance.now();
process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} at the beginning\n`,
);
/** Also when it is told to end. */
async function putAway() {
  await bench.close();
  await stopEmbeddedPostgres({ env: bench.env, force: true });
  rmSync(folder, { recursive: true, force: true });
}

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => void putAway().finally(() => process.exit(130)));
try {
  for (const name of values.parts.split(",")) {
    const part = PARTS[name];
    if (!part) throw new Error(`there is no part ${name}`);
    await part(bench);
    tell(`${name}: ${((performance.now() - began) / 1_000).toFixed(0)} s since the beginning`);
  }
} finally {
  await putAway();
}
