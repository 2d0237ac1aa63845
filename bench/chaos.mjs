/**
 * Plans carried out while their workers, agents and the database are killed at random (kill -9), until all runs have ended by themselves:
 * several runs at once in each project, two worker processes each. Then every run, commit, file and process is looked at. Arguments:
 * `--runs n` (default 12), `--tasks n` of each run (9), `--seed n`, `--calm` (nothing is killed).
 */
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { seededRandom } from "../dist/core/random.js";
import { openApp } from "../dist/index.js";
import { agentsIn, judgeProject, snapshotOf } from "./chaos-verdict.mjs";
import { makePlanRepository } from "./plan-repository.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "12" },
    tasks: { type: "string", default: "9" },
    seed: { type: "string", default: "1" },
    calm: { type: "boolean", default: false },
  },
});
const [RUNS, TASKS] = [Number(values.runs), Number(values.tasks)];
const random = seededRandom(Number(values.seed));
const RUNS_OF_PROJECT = 4;
const WORKERS = 2;
/** A worker is killed between these times after its start, an agent and the database every so often. */
const LIFE_MS = [4_000, 24_000];
const AGENT_MS = [2_000, 8_000];
const DATABASE_MS = [20_000, 40_000];
/** No project takes so long that nobody kills anything in. */
const STUCK_MS = 600_000;

const between = ([from, to]) => from + random() * (to - from);
const folder = mkdtempSync(path.join(tmpdir(), "wavegate-chaos-"));
chmodSync(folder, 0o755);
const home = path.join(folder, "home");
const env = { ...process.env, WAVEGATE_HOME: home, NO_COLOR: "1" };
const main = path.resolve("dist/cli/main.js");
let resumes = 0;
const killed = { workers: 0, agents: 0, database: 0 };

const kill = (pid) => {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
};

/** Workers of a project, begun anew when they are killed, until `over` aborts; then they are told to end. */
async function keepWorkers(root, over) {
  const one = async () => {
    while (!over.aborted) {
      const child = spawn(process.execPath, [main, "worker"], { cwd: root, env, stdio: "ignore" });
      const timer = values.calm
        ? undefined
        : setTimeout(() => {
            killed.workers += Number(child.kill("SIGKILL"));
          }, between(LIFE_MS));
      const end = () => child.kill("SIGTERM");
      over.addEventListener("abort", end);
      await new Promise((resolve) => child.on("exit", resolve));
      over.removeEventListener("abort", end);
      clearTimeout(timer);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, one));
}

async function every(range, over, hit) {
  while (!over.aborted && !values.calm) {
    await sleep(between(range), undefined, { signal: over }).catch(() => {});
    if (!over.aborted) hit();
  }
}

const killAgent = (root) => {
  const agents = agentsIn(root);
  const agent = agents[Math.floor(random() * agents.length)];
  if (agent && kill(agent)) killed.agents += 1;
};

/** The server's own process; it takes its others along. */
const killDatabase = () => {
  const file = readdirSync(home)
    .map((name) => path.join(home, name, "data/postmaster.pid"))
    .find((each) => existsSync(each));
  if (file === undefined) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (pid > 0 && kill(pid)) killed.database += 1;
};

/** A run that is held because a task was killed more often than it may be tried goes on by a person's word. */
const resumed = (app, run) =>
  app.resume({ run, by: "bench" }).then(
    () => {
      resumes += 1;
      return true;
    },
    () => false,
  );

/** Runs by their ids, once they have ended; undefined for those that did not in time. */
async function ended(app, ids, over) {
  const deadline = Date.now() + STUCK_MS;
  const done = new Map();
  while (done.size < ids.length && Date.now() < deadline && !over.aborted) {
    for (const id of ids) {
      if (done.has(id)) continue;
      const view = await app.show(id).catch(() => undefined);
      if (!view || ["pending", "running"].includes(view.record.status)) continue;
      if (view.record.status === "completed" || !(await resumed(app, id))) done.set(id, view);
    }
    await sleep(500);
  }
  return done;
}

async function project(number, runs) {
  const root = path.join(folder, `project-${number}`);
  mkdirSync(root);
  const plans = makePlanRepository(root, {
    plans: runs,
    tasks: TASKS,
    workers: 3,
    durationMs: () => Math.round(100 + random() * 900),
  });
  const before = snapshotOf(root, plans);
  const app = openApp({ cwd: root, env });
  const ids = [];
  for (const plan of plans) {
    const { runId } = await app.executions.start({ plans: [plan], detach: true });
    ids.push(runId);
  }
  const over = new AbortController();
  const chaos = [
    keepWorkers(root, over.signal),
    every(AGENT_MS, over.signal, () => killAgent(root)),
    ...(number % 2 === 0 ? [every(DATABASE_MS, over.signal, killDatabase)] : []),
  ];
  const views = await ended(app, ids, over.signal);
  over.abort();
  await Promise.all(chaos);
  const verdict = await judgeProject({ app, root, ids, views, plans, tasks: TASKS, before });
  await app.close();
  return verdict;
}

const began = Date.now();
const total = new Map();
const problems = [];
let runs = 0;
for (let number = 0; runs < RUNS; number++) {
  const count = Math.min(RUNS_OF_PROJECT, RUNS - runs);
  const verdict = await project(number, count);
  runs += count;
  for (const [name, value] of Object.entries(verdict.figures))
    total.set(name, (total.get(name) ?? 0) + value);
  problems.push(...verdict.problems);
  const { workers, agents, database } = killed;
  process.stderr.write(
    `${runs} runs, killed: ${workers} workers, ${agents} agents, ${database} times the database; ${problems.length} problems, ${((Date.now() - began) / 1000).toFixed(0)} s\n`,
  );
}
await stopEmbeddedPostgres({ env, force: true });

process.stdout.write(`seed ${values.seed}, load ${loadavg()[0].toFixed(1)}\n\n`);
const seconds = Math.round((Date.now() - began) / 1000);
const figures = {
  runs,
  "workers killed": killed.workers,
  "agents killed": killed.agents,
  "database killed": killed.database,
  "held runs resumed": resumes,
  seconds,
  ...Object.fromEntries(total),
};
for (const [name, value] of Object.entries(figures))
  process.stdout.write(`| ${name} | ${value} |\n`);
for (const problem of problems) process.stdout.write(`\n${problem}`);
if (problems.length === 0) rmSync(folder, { recursive: true, force: true });
else process.stdout.write(`\nLeft to be looked at: ${folder}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
