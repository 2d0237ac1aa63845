/**
 * What a run of a plan costs by the size of the plan: `node bench/execution-size.mjs [--sizes 100,1000,10000] [--workers 8]
 * [--engine memory|postgresql]`. A plan of phases of 50 tasks, chained in fives, every third extends a file of its phase; agents, git, tests and
 * landing take no time, so that what is left is Wavegate's own: decisions, journal, events, plan files, sessions, checkpoints. A turn is from what was
 * received to when the run waits again. `--engine postgresql` journals where real runs do (on a database of its own, in a new folder).
 */
import { parseArgs } from "node:util";
import { nextTasks } from "../dist/execution/next-tasks.js";
import { LiveDecisions } from "../dist/execution/live/live-decisions.js";
import { simulateExecution } from "../dist/execution/simulate-execution.js";
import { createLandBatch } from "../dist/workflows/land-batch.js";
import { plannedWork, rulesWith } from "../dist/workflows/plan-run/plan-graph.js";
import { createRunPlan } from "../dist/workflows/run-plan.js";
import { openEngine } from "./size-engine.mjs";
import { FILE, worldOf } from "./size-world.mjs";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "100,1000,10000" },
    workers: { type: "string", default: "8" },
    engine: { type: "string", default: "memory" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const workers = Number(values.workers);
const out = (line) => process.stdout.write(`${line}\n`);

/** Times from what was received to when the run waits again, in milliseconds. */
function timed(workflow, turns) {
  return {
    ...workflow,
    run(input, steps) {
      let from = performance.now();
      const receive = (options) => {
        turns.push(performance.now() - from);
        return steps.receive(options).then((received) => {
          from = performance.now();
          return received;
        });
      };
      const own = new Proxy(steps, {
        get: (target, name) =>
          name === "receive"
            ? receive
            : typeof target[name] === "function"
              ? target[name].bind(target)
              : target[name],
      });
      return workflow.run(input, own);
    },
  };
}

const shown = (list) => `${at(list, 0.5).toFixed(3)} / ${at(list, 0.95).toFixed(3)}`;
const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

const TRIES = { attempt: 1, used: 1, granted: 0 };
const clock = (list, call) => {
  const begun = performance.now();
  const value = call();
  list.push(performance.now() - begun);
  return value;
};

/** A whole run of decisions, in the order in which they were made; now and then the same by going over everything. */
function decideAll({ live, work, rules }, state, size) {
  const times = { live: [], told: [], whole: [] };
  const tell = (key, next) => {
    state.tasks.set(key, next);
    clock(times.told, () => live.told(key, next));
  };
  const running = [];
  for (let turn = 0; ; turn++) {
    const decision = clock(times.live, () => live.next(state));
    if (turn % Math.max(1, Math.floor(size / 200)) === 0)
      clock(times.whole, () => nextTasks(work, state, rules));
    for (const { key } of decision.start) {
      running.push(key);
      tell(key, { status: "running", tries: TRIES });
    }
    const key = running.shift();
    if (key === undefined) break;
    tell(key, { status: "done", evidence: { kind: "plan" } });
  }
  for (const list of Object.values(times)) list.sort((a, b) => a - b);
  return times;
}

async function decisions(size) {
  const { ports, input } = worldOf({ size, workers });
  const taken = await ports.takePlans(input);
  const { work, coordinated } = plannedWork(taken, input);
  const rules = rulesWith(input, coordinated);
  const from = performance.now();
  const live = new LiveDecisions(work, { tasks: new Map(), batch: [], released: new Set() }, rules);
  const made = performance.now() - from;
  const state = { tasks: new Map(), batch: [], released: new Set() };
  const times = decideAll({ live, work, rules }, state, size);
  const simulated = performance.now();
  simulateExecution(work, { rules, durations: work.graph.minutes });
  const simulation = performance.now() - simulated;
  out(
    `| ${size} | ${shown(times.live)} | ${shown(times.told)} | ${shown(times.whole)} | ${made.toFixed(0)} | ${(simulation / 1000).toFixed(2)} |`,
  );
}

out("Decisions alone, ms p50 / p95; whole: everything gone over each time.");
out("| tasks | decision | state told | whole | first ms | simulated run s |");
out("|---:|---:|---:|---:|---:|---:|");
for (const size of sizes) await decisions(size);

async function whole(size) {
  const { disk, ports, input } = worldOf({ size, workers });
  const turns = [];
  const engine = await openEngine(values.engine);
  const full = { ...ports, claims: engine.claims };
  const landBatch = createLandBatch(full);
  const { runPlan, runTask, verifyTask } = createRunPlan(full, landBatch);
  engine.register(timed(runPlan, turns), runTask, verifyTask, landBatch);
  const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
  const runId = await engine.start(input);
  await engine.ended(runId);
  const ms = performance.now() - from;
  const cpu = process.cpuUsage(cpuFrom);
  const cpuMs = (cpu.user + cpu.system) / 1000;
  const left = (disk.get(FILE).match(/- \[ \]/g) ?? []).length;
  const { journal, events } = await engine.sizes(runId);
  const thirds = [turns.slice(1, turns.length / 3), turns.slice((2 * turns.length) / 3)];
  const [early, late] = thirds.map((list) => list.toSorted((a, b) => a - b));
  const memory = process.memoryUsage();
  out(
    `| ${size} | ${(ms / 1000).toFixed(1)} | ${(ms / size).toFixed(2)} | ${(cpuMs / size).toFixed(2)} | ${turns.length} | ${at(early, 0.5).toFixed(2)} / ${at(early, 0.95).toFixed(2)} | ${at(late, 0.5).toFixed(2)} / ${at(late, 0.95).toFixed(2)} | ${turns[0].toFixed(0)} | ${(journal / size).toFixed(0)} | ${(events / size).toFixed(0)} | ${(memory.rss / 1e6).toFixed(0)} | ${left} |`,
  );
  await engine.close();
}

out(`\nWhole runs, ${workers} workers, engine ${values.engine}; turns in ms p50 / p95.`);
out(
  "| tasks | s | ms / task | CPU ms / task | turns | first third | last third | begin ms | journal bytes / task | events bytes / task | rss MB | boxes left |",
);
out("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
for (const size of sizes) await whole(size);
process.exit(0);
