/**
 * Small random problems, solved and compared with brute force: `node bench/schedule-brute-force.mjs [--instances n] [--seed n] [--budget n]`.
 * 3 to 6 activities with lags between ends and starts and between starts, negative ones among them, up to three resources; one in three with
 * releases, drops of capacity or deadlines. Counts schedules that are infeasible, shorter than the shortest, longer, and bounds that are too
 * high; ends with an error if any is wrong.
 */
import { parseArgs } from "node:util";
import { seededRandom } from "../dist/core/random.js";
import { faultsOf, latenessOf } from "../dist/schedule/solver/check-schedule.js";
import { makeProblem } from "../dist/schedule/solver/problem.js";
import { createSearch } from "../dist/schedule/solver/search.js";
import { shortestMakespan } from "./brute-force.mjs";

const { values } = parseArgs({
  options: {
    instances: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    budget: { type: "string", default: "300" },
  },
});
const random = seededRandom(Number(values.seed));
const below = (count) => Math.floor(random() * count);
const FAR = 1_000;

function randomParts(kind) {
  const size = 3 + below(4);
  const durations = Array.from({ length: size }, () => below(6));
  const arcs = [];
  for (let to = 1; to < size; to++)
    for (let from = 0; from < to; from++)
      if (random() < 0.3)
        arcs.push(random() < 0.6 ? { from, to } : { from, to, lag: below(8) - 3 });
  const capacities = Array.from({ length: 1 + below(3) }, () => 1 + below(4));
  const demands = durations.map(() =>
    capacities.map((capacity) => (random() < 0.3 ? 0 : below(capacity + 1))),
  );
  const parts = { durations, arcs, capacities, demands };
  if (kind === "plain") return parts;
  const some = (count, value) =>
    Array.from({ length: size }, () => (random() < 0.3 ? below(count) : value));
  if (kind === "drops")
    parts.drops = Array.from({ length: 1 + below(3) }, () => {
      const from = below(10);
      const resource = below(capacities.length);
      return { resource, from, to: from + 1 + below(5), units: 1 + below(capacities[resource]) };
    });
  if (kind !== "deadlines") return { ...parts, releases: some(8, 0) };
  return { ...parts, releases: some(4, 0), deadlines: some(14, FAR).map((tick) => tick + 4) };
}

const KINDS = ["plain", "plain", "plain", "plain", "releases", "drops", "deadlines"];
const counts = new Map();
const wrong = [];
const begun = process.cpuUsage().user;
for (let instance = 0; instance < Number(values.instances); instance++) {
  const drawn = KINDS[instance % KINDS.length];
  const parts = randomParts(drawn);
  const kind = `${drawn}${parts.arcs.some(({ lag }) => lag < 0) ? ", negative lags" : ""}`;
  const problem = makeProblem(parts);
  const search = createSearch(problem, { seed: instance, budget: Number(values.budget) });
  search.advance(Number(values.budget));
  const found = search.best();
  const shortest = shortestMakespan(parts, found.late > 0 ? 60 : found.makespan);
  const row = counts.get(kind) ?? { all: 0, optimal: 0, longer: 0, proved: 0, late: 0 };
  counts.set(kind, row);
  row.all++;
  const faults = faultsOf(problem, found.starts);
  if (faults.length > 0 || latenessOf(problem, found.starts) !== found.late)
    wrong.push([instance, "infeasible", faults[0], parts]);
  else if (found.late > 0) row.late += shortest === undefined ? 0 : 1;
  else if (shortest === undefined) wrong.push([instance, "better than the optimum", "", parts]);
  if (found.late === 0 || shortest === undefined) {
    row.optimal += found.late > 0 || shortest === found.makespan ? 1 : 0;
    row.longer += found.late === 0 && shortest < found.makespan ? 1 : 0;
  }
  if (shortest !== undefined && found.bound > shortest)
    wrong.push([instance, `bound ${found.bound} over ${shortest}`, "", parts]);
  row.proved += found.bound === found.makespan ? 1 : 0;
}
const seconds = (process.cpuUsage().user - begun) / 1e6;
process.stdout.write(
  "| problems | all | optimal | longer | late, though there is time | proved by the bound |\n|---|---:|---:|---:|---:|---:|\n",
);
for (const [kind, { all, optimal, longer, late, proved }] of [...counts].toSorted(
  ([one], [other]) => one.localeCompare(other),
))
  process.stdout.write(`| ${kind} | ${all} | ${optimal} | ${longer} | ${late} | ${proved} |\n`);
process.stdout.write(
  `${values.instances} problems in ${seconds.toFixed(0)} s of CPU time; wrong: ${wrong.length}\n`,
);
for (const one of wrong.slice(0, 10)) process.stdout.write(`${JSON.stringify(one)}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
