/**
 * The whole workflow on the shipped example, on the real engine, disk and database, with puppets: agents that answer what
 * the built-in ones answered before, after a time of their own. Its wall time, every gate approved at once and the
 * implementation done at once, against the critical path of the agents. Arguments: runs of 0 ms (5), runs of 1 s (3).
 */
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createBuiltinAgent } from "../dist/adapters/agents/builtin/builtin-agent.js";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { openApp } from "../dist/index.js";
import { machine, percentile } from "./stage-engine.mjs";

const INSTANT = Number(process.argv[2] ?? 5);
const SECOND = Number(process.argv[3] ?? 3);
/** In each of the three stages: a specialist, the reviewer, the synthesizer, QA. */
const LINKS = 3 * 4;

const root = path.resolve(import.meta.dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "wavegate-complete-"));
// As root the database runs as another account, which must be able to pass through.
chmodSync(folder, 0o755);
const project = path.join(folder, "project");
const env = { ...process.env, WAVEGATE_HOME: path.join(folder, "home") };

const builtin = createBuiltinAgent();
const answers = new Map();
let [agentMs, calls] = [0, 0];
const puppet = {
  name: "puppet",
  describe: async () => ({ ...(await builtin.describe()), name: "puppet" }),
  async run(request) {
    calls += 1;
    const key = `${request.stage}/${request.role}`;
    if (!answers.has(key)) answers.set(key, await builtin.run(request));
    if (agentMs > 0) await sleep(agentMs, undefined, { signal: request.signal });
    return answers.get(key);
  },
};

/** From the command to the end of the run, in milliseconds. */
async function wholeRun(app) {
  const started = performance.now();
  const request = { spec: "specs/001-lend-tools", agent: "puppet", concurrency: 4, refresh: true };
  const { runId } = await app.complete(request);
  let view = await app.settled(runId);
  while (view.record.wait) {
    const { name } = view.record.wait;
    if (view.gate) {
      const decided = await app.decide({
        run: runId,
        kind: "approve",
        digest: view.gate.digest,
        by: "bench",
      });
      if (!decided.ok) throw decided.error;
    } else await app.resume({ run: runId, by: "bench" });
    view = await app.settled(runId, { afterWait: name });
  }
  const wall = performance.now() - started;
  if (view.record.status !== "completed") throw new Error(`ended ${view.record.status}`);
  return wall;
}

const row = (...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
process.stdout.write(`${machine}, load ${loadavg()[0].toFixed(1)}\n\n`);
row(
  "agents take",
  "runs",
  "agent calls",
  "critical path",
  "wall p50",
  "overhead",
  "wall / critical path",
);
row("---", "---:", "---:", "---:", "---:", "---:", "---:");
for (const [takes, runs] of [
  [0, INSTANT],
  [1_000, SECOND],
]) {
  const walls = [];
  let perRun = 0;
  // The first warms up, and lets the puppets learn what to say.
  for (let index = takes === 0 ? -1 : 0; index < runs; index++) {
    agentMs = takes;
    calls = 0;
    // Each begins with the specification alone.
    rmSync(project, { recursive: true, force: true });
    cpSync(path.join(root, "examples/tool-library"), project, { recursive: true });
    const app = openApp({ cwd: project, env, agents: [puppet] });
    await app.runs();
    const wall = await wholeRun(app);
    if (index >= 0) walls.push(wall);
    perRun = calls;
    await app.close();
  }
  const wall = percentile(walls, 0.5);
  const links = LINKS * takes;
  row(
    `${takes} ms`,
    runs,
    perRun,
    `${(links / 1_000).toFixed(1)} s`,
    `${(wall / 1_000).toFixed(2)} s`,
    `${(wall - links).toFixed(0)} ms`,
    links === 0 ? "–" : (wall / links).toFixed(3),
  );
}
await stopEmbeddedPostgres({ env, force: true });
rmSync(folder, { recursive: true, force: true });
