/**
 * What orchestration costs: the wall time of a stage of 4 + 3 agents minus its critical path, on the real engine, next to
 * the same seven calls made with bare `Promise.all`. And 200 stages at once.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { machine, openStageEngine, percentile } from "./stage-engine.mjs";

const RUNS = Number(process.argv[2] ?? 30);
const CROWD = Number(process.argv[3] ?? 200);
/** The critical path: an analyst, the reviewer, the synthesizer, QA. */
const LINKS = 4;

async function bare(agentMs) {
  const call = () => (agentMs > 0 ? sleep(agentMs) : Promise.resolve());
  const started = performance.now();
  await Promise.all([call(), call(), call(), call()]);
  for (let lead = 0; lead < 3; lead++) await call();
  return performance.now() - started;
}

const row = (...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
const ms = (value) => value.toFixed(0);
process.stdout.write(`${machine}\n\n`);
row("agents", "stages", "overhead p50 ms", "p95 ms", "bare Promise.all ms", "stage / bare");
row("---", "---:", "---:", "---:", "---:", "---:");

for (const agentMs of [0, 1_000]) {
  const bench = await openStageEngine({ agentMs });
  const walls = [];
  const bares = [];
  for (let index = -2; index < (agentMs === 0 ? RUNS : Math.ceil(RUNS / 3)); index++) {
    const started = performance.now();
    await bench.start(`run-${index + 2}`);
    await bench.engine.settled(`run-${index + 2}`);
    const wall = performance.now() - started;
    const plain = await bare(agentMs);
    // The first two warm up.
    if (index >= 0) {
      walls.push(wall);
      bares.push(plain);
    }
  }
  const overheads = walls.map((wall) => wall - LINKS * agentMs);
  row(
    `${agentMs} ms`,
    walls.length,
    ms(percentile(overheads, 0.5)),
    ms(percentile(overheads, 0.95)),
    ms(percentile(bares, 0.5)),
    agentMs === 0 ? "–" : (percentile(walls, 0.5) / percentile(bares, 0.5)).toFixed(3),
  );
  await bench.close();
  await bench.remove();
}

const crowd = await openStageEngine({ agentMs: 0 });
await crowd.start("warm");
await crowd.engine.settled("warm");
const started = performance.now();
const ends = await Promise.all(
  Array.from({ length: CROWD }, async (_, index) => {
    await crowd.start(`crowd-${index}`);
    const record = await crowd.engine.settled(`crowd-${index}`);
    return { at: performance.now() - started, status: record.status };
  }),
);
const wall = performance.now() - started;
const waiting = ends.filter(({ status }) => status === "waiting").length;
process.stdout.write(
  `\n${CROWD} stages at once, agents of 0 ms: ${(wall / 1000).toFixed(1)} s, ${(wall / CROWD).toFixed(0)} ms a stage, ${waiting} of ${CROWD} at their gate\n`,
);
await crowd.close();
await crowd.remove();
