/**
 * Kill -9 at random: processes that run a stage up to its gate, and from the decision to the written files, are killed at
 * random times until enough were; then everything is let finish and looked at. Arguments: kills (default 1000), lanes (2), seed.
 */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { machine, openStageEngine, ROLES } from "./stage-engine.mjs";

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
/** A process needs about this long from its start to the end of its part. */
const LIFE_MS = 2_000;

const folder = mkdtempSync(path.join(tmpdir(), "wavegate-kill-"));
chmodSync(folder, 0o755);
let kills = 0;
const killTimes = [];
const runs = [];

/** One process, killed after `afterMs` unless it ends before; says how it ended. */
function life(laneFolder, runId, how, afterMs) {
  return new Promise((resolve) => {
    const args = ["bench/kill-worker.mjs", laneFolder, runId, path.join(folder, "marks"), how];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    let killed = false;
    child.stdout.on("data", (chunk) => (said += chunk));
    const timer = setTimeout(() => {
      killed = child.kill("SIGKILL");
    }, afterMs);
    child.on("exit", (code) => {
      clearTimeout(timer);
      if (killed && code === null) {
        kills += 1;
        killTimes.push({ runId, at: Date.now() });
      }
      resolve({ killed: killed && code === null, status: said.trim(), code });
    });
  });
}

async function lane(index) {
  // The state folder of a lane is its own; the database is everybody's.
  for (let number = 0; kills < KILLS; number++) {
    const runId = `lane${index}-${number}`;
    const how = number % 2 === 0 ? "claim" : "work";
    runs.push(runId);
    for (const end of ["waiting", "completed"]) {
      for (;;) {
        const afterMs = kills < KILLS ? random() * LIFE_MS : 60_000;
        const { status } = await life(folder, runId, how, afterMs);
        if (status === end || (end === "waiting" && status === "completed")) break;
      }
    }
  }
}

const started = Date.now();
const ticker = setInterval(
  () =>
    process.stderr.write(
      `\r${kills} kills, ${runs.length} runs, ${((Date.now() - started) / 1000).toFixed(0)} s `,
    ),
  1000,
);
await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)));
clearInterval(ticker);
process.stderr.write("\n");

const bench = await openStageEngine({ agentMs: 0, folder, home: path.join(folder, "home") });
const marks = readFileSync(path.join(folder, "marks"), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split(" "));
const result = {
  repeatedFinished: 0,
  repeatedNear: 0,
  repeatedInFlight: 0,
  lost: 0,
  doubled: 0,
  stuck: 0,
};
for (const runId of runs) {
  const record = await bench.engine.run(runId);
  if (record?.status !== "completed") result.stuck += 1;
  const finished = new Map();
  for await (const { event } of bench.engine.events(runId, 0))
    if (event.type === "agent-finished")
      finished.set(event.role, (finished.get(event.role) ?? 0) + 1);
  for (const role of ROLES) {
    if (!finished.has(role)) result.lost += 1;
    if ((finished.get(role) ?? 0) > 1) result.doubled += 1;
    const own = marks.filter(([, run, who]) => run === runId && who === role);
    const begins = own.filter(([what]) => what === "begin").length;
    if (begins <= 1) continue;
    const ends = own.filter(([what]) => what === "end").map(([, , , at]) => Number(at));
    // Every end but the last was followed by another call of the same step.
    for (const at of ends.slice(0, -1)) {
      const kill = Math.min(
        ...killTimes.filter((each) => each.runId === runId && each.at >= at).map((each) => each.at),
      );
      if (kill - at > 50) result.repeatedFinished += 1;
      else result.repeatedNear += 1;
    }
    result.repeatedInFlight += begins - ends.length;
  }
}
await bench.close();
await stopEmbeddedPostgres({
  env: { ...process.env, WAVEGATE_HOME: path.join(folder, "home") },
  force: true,
});
const seconds = ((Date.now() - started) / 1000).toFixed(0);
process.stdout.write(`${machine}

| kills | runs | seconds | finished steps repeated | ended < 50 ms before the kill, repeated | in flight, made again | outcomes lost | doubled | runs stuck |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| ${kills} | ${runs.length} | ${seconds} | ${result.repeatedFinished} | ${result.repeatedNear} | ${result.repeatedInFlight} | ${result.lost} | ${result.doubled} | ${result.stuck} |
`);
if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
process.exitCode =
  result.repeatedFinished + result.lost + result.doubled + result.stuck === 0 ? 0 : 1;
