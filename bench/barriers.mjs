/**
 * What barriers cost: `node bench/barriers.mjs [--sigma 0.5] [--replications 20] [--step 1]`. The graphs of PSPLIB's j30, j60 and j120
 * (folder in WAVEGATE_PSPLIB; without it there is nothing to do) as work for 3 and 8 workers, resources aside, with lognormal
 * durations. For each way of running them, the mean over graphs of its makespan divided by that of starting each task when its
 * dependencies end, with the same drawn durations. `chunks`: the document's order cut into pieces of as many tasks as there are workers,
 * one piece after the other. `shared file`: two tasks of each wave write one file; either these exclude each other, or the whole wave
 * is run one task at a time.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../dist/core/random.js";
import { readPsplib } from "../dist/schedule/formats/read-psplib.js";
import { simulate } from "../dist/schedule/simulate.js";
import { prepareWork } from "../dist/schedule/work.js";

const { values } = parseArgs({
  options: {
    sigma: { type: "string", default: "0.5" },
    replications: { type: "string", default: "20" },
    step: { type: "string", default: "1" },
  },
});
const folder = process.env["WAVEGATE_PSPLIB"] ?? "";
if (!existsSync(path.join(folder, "j30"))) {
  process.stdout.write("Skipped: set WAVEGATE_PSPLIB to a folder with j30, j60 and j120.\n");
  process.exit(0);
}
const WORKERS = [3, 8];
const FILE_USERS = 2;
const NONE = -1;

const files = ["j30", "j60", "j120"].flatMap((set) =>
  readdirSync(path.join(folder, set))
    .filter((name) => name.endsWith(".sm"))
    .toSorted()
    .map((name) => path.join(folder, set, name)),
);
const rows = new Map();
let graphs = 0;
for (const [index, file] of files.entries()) {
  if (index % Number(values.step) > 0) continue;
  const { parts } = readPsplib(file, readFileSync(file, "utf8"));
  const minutes = parts.durations.map((ticks) => ticks * 60);
  const edges = parts.arcs.map(({ from, to }) => [from, to]);
  const nobody = minutes.map(() => []);
  const { levelOf: levels, order } = prepareWork({
    minutes,
    edges,
    phaseOf: minutes.map(() => NONE),
    resources: nobody,
  });
  const run = (patterns, { phaseOf = minutes.map(() => 0), resources = nobody, more = [] }) =>
    simulate(
      { minutes, edges: [...edges, ...more], phaseOf, resources },
      {
        patterns,
        workers: WORKERS,
        noise: { kind: "lognormal", sigma: Number(values.sigma) },
        replications: Number(values.replications),
        seed: 1 + index,
      },
    );
  const plain = run(["dag", "waves", "batched"], {});
  const piped = run(["pipeline"], { phaseOf: inFour(levels) });
  const tasks = minutes.flatMap((each, node) => (each > 0 ? [node] : []));
  const waves = wavesOf(levels, tasks);
  const random = seededRandom(index);
  const users = new Map(
    waves.flatMap((wave, level) => pick(wave, FILE_USERS, random).map((node) => [node, level])),
  );
  const resources = minutes.map((_, node) => (users.has(node) ? [users.get(node)] : []));
  const excluded = run(["phases"], { phaseOf: levels, resources });
  const serial = run(["phases"], { phaseOf: levels, more: waves.flatMap(inRow) });
  for (const workers of WORKERS) {
    const mean = (of, pattern) =>
      of.find((each) => each.workers === workers && each.pattern === pattern).makespan.mean;
    const dag = mean(plain, "dag");
    add(`${workers} workers, wave by wave`, mean(plain, "waves") / dag);
    add(`${workers} workers, batches of ${workers}`, mean(plain, "batched") / dag);
    const chunked = run(["phases"], { phaseOf: inChunks(order, minutes, workers) });
    add(
      `${workers} workers, chunks of ${workers} in document order`,
      mean(chunked, "phases") / dag,
    );
    add(`${workers} workers, pipeline of four phases`, mean(piped, "pipeline") / dag);
    add(
      `${workers} workers, shared file: its waves one task at a time, against pairwise exclusion`,
      mean(serial, "phases") / mean(excluded, "phases"),
    );
  }
  graphs++;
}
process.stdout.write(`${graphs} graphs, sigma ${values.sigma}\n`);
for (const [name, { sum, count }] of rows)
  process.stdout.write(`${name.padEnd(92)} ${(sum / count).toFixed(2)}\n`);

function add(name, ratio) {
  const row = rows.get(name) ?? { sum: 0, count: 0 };
  rows.set(name, { sum: row.sum + ratio, count: row.count + 1 });
}

/** Four phases of levels that follow each other. */
function inFour(levels) {
  const depth = Math.max(...levels) + 1;
  return levels.map((level) => Math.min(3, Math.floor((4 * level) / depth)));
}

function pick(nodes, count, random) {
  return nodes
    .map((node) => ({ node, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ node }) => node);
}

function wavesOf(levels, tasks) {
  const waves = [];
  for (const node of tasks) (waves[levels[node]] ??= []).push(node);
  return waves.filter((wave) => wave !== undefined);
}

/** Edges that put the tasks of a wave in a row. */
function inRow(wave) {
  return wave.slice(1).map((node, index) => [wave[index], node]);
}

/** Pieces of so many tasks in an order that dependencies allow. */
function inChunks(order, minutes, size) {
  const chunkOf = minutes.map(() => 0);
  let place = 0;
  for (const node of order) {
    chunkOf[node] = Math.floor(place / size);
    if (minutes[node] > 0) place++;
  }
  return chunkOf;
}
