/**
 * Kill -9 at random: processes that carry a stage run to its gate, and from the decision to the written files, are killed
 * at random times until enough were; every second run is one for any worker. Then all are let finish, and every run,
 * file and audit entry is looked at. Arguments: kills (default 1000), lanes (2), seed.
 */
import { spawn } from "node:child_process";
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { judge } from "./kill-verdict.mjs";
import { machine, openStageEngine } from "./stage-engine.mjs";

const KILLS = Number(process.argv[2] ?? 1000);
const LANES = Number(process.argv[3] ?? 2);
let seed = Number(process.argv[4] ?? 20260101);
/** mulberry32: the same seed gives the same times; what they hit depends on the machine. */
const random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
/** Killed within this time of its start, one in four: start, claim and takeover are hit, too. */
const LIFE_MS = 1_500;
/** Killed within this time of being ready, the others: a little longer than its part takes. */
const PART_MS = 1_000;
/** A process that nobody kills has carried its run on long before. */
const STUCK_MS = 60_000;

const folder = mkdtempSync(path.join(tmpdir(), "wavegate-kill-"));
chmodSync(folder, 0o755);
const marks = path.join(folder, "marks");
let kills = 0;
const enough = () => kills >= KILLS;
const runs = [];
const stuck = new Set();

/** One process, killed when it is told, unless it ends before; how it ended. */
function life(runId, how, { afterMs, ofReady }) {
  return new Promise((resolve) => {
    const args = ["bench/kill-worker.mjs", folder, runId, marks, how];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    let timer;
    const arm = () => (timer = setTimeout(() => child.kill("SIGKILL"), afterMs));
    if (!ofReady) arm();
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (ofReady && !timer && said.startsWith("ready")) arm();
    });
    child.on("exit", (_, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") {
        kills += 1;
        appendFileSync(marks, `kill ${runId} - ${child.pid} ${Date.now()}\n`);
      }
      resolve({ killed: signal === "SIGKILL", status: said.split("\n").at(-2) });
    });
  });
}

function chance() {
  if (enough()) return { afterMs: STUCK_MS, ofReady: false };
  const ofReady = random() < 0.75;
  return { ofReady, afterMs: random() * (ofReady ? PART_MS : LIFE_MS) };
}

/** Carry a run on, through deaths, until it is `end`; a process that nobody killed and that did not get there is stuck. */
async function carryOn(runId, how, end) {
  for (;;) {
    const { afterMs, ofReady } = chance();
    const { killed, status } = await life(runId, how, { afterMs, ofReady });
    if (status === end || status === "completed") return;
    if (killed && afterMs < STUCK_MS) continue;
    stuck.add(runId);
    process.stderr.write(`\n${runId} (${how}) is ${status}, not ${end}\n`);
    return;
  }
}

async function lane(index) {
  for (let number = 0; !enough(); number++) {
    const runId = `lane${index}-${number}`;
    runs.push(runId);
    const how = number % 2 === 0 ? "claim" : "work";
    for (const end of ["waiting", "completed"])
      if (!stuck.has(runId)) await carryOn(runId, how, end);
  }
}

const started = Date.now();
const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
const tell = () => process.stderr.write(`${kills} kills, ${runs.length} runs, ${seconds()} s\n`);
const ticker = setInterval(tell, 10_000);
await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)));
clearInterval(ticker);
tell();

const home = path.join(folder, "home");
const bench = await openStageEngine({ agentMs: 0, folder, home });
const lines = readFileSync(marks, "utf8").trim().split("\n");
const verdict = await judge(bench, { runs, stuck, marks: lines.map((line) => line.split(" ")) });
await bench.close();
await stopEmbeddedPostgres({ env: { ...process.env, WAVEGATE_HOME: home }, force: true });

process.stdout.write(`${machine}, load ${loadavg()[0].toFixed(1)}, ${LANES} lanes\n\n`);
const figures = { kills, runs: runs.length, seconds: seconds(), ...verdict.figures };
for (const [name, value] of Object.entries(figures))
  process.stdout.write(`| ${name} | ${value} |\n`);
for (const problem of verdict.problems) process.stdout.write(`\n${problem}`);
if (verdict.problems.length === 0) rmSync(folder, { recursive: true });
else process.stdout.write(`\nLeft to be looked at: ${folder}\n`);
process.exitCode = verdict.problems.length === 0 ? 0 : 1;
