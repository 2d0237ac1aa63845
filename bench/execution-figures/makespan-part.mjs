import { seededRandom } from "../../dist/core/random.js";
import { drawnDurations } from "../../dist/schedule/drawn-durations.js";
import { simulateExecution } from "../../dist/execution/simulate-execution.js";
import { executableOf, sampleGraphs } from "../sample-graphs.mjs";
import { boundMs, makespanMs, mean, quantile, workMs } from "./run-times.mjs";
import { table } from "./table.mjs";

/** As far from what is expected as in `bench/execution.mjs`. */
const NOISE = { kind: "lognormal", sigma: 0.54 };
/** No agent is quicker than this. Milliseconds. */
const SHORTEST_MS = 50;
/** Tasks of the smallest graphs: larger ones get so much more time. */
const SMALLEST = 20;

/** A sample graph with drawn durations, scaled so that its bound is so many seconds for every 20 tasks. */
function graphPlan(sample, { name, workers, seconds, seed }) {
  const drawn = drawnDurations(sample.minutes, NOISE, seededRandom(seed));
  const scaled = (scale) => ({
    name,
    tasks: sample.minutes.map((minutes, index) => ({
      minutes,
      ms: Math.max(SHORTEST_MS, drawn[index] * scale),
      waits: sample.edges.flatMap(([from, to]) => (to === index ? [from] : [])),
      files: sample.files[index],
    })),
  });
  const unscaled = scaled(60_000);
  const wanted = (1_000 * seconds * sample.minutes.length) / SMALLEST;
  return scaled((60_000 * wanted) / boundMs(unscaled, workers));
}

/** The same tasks, each waiting for all of the level before its own. */
function inWaves(plan, name) {
  const levels = [];
  for (const { waits } of plan.tasks)
    levels.push(Math.max(-1, ...waits.map((other) => levels[other])) + 1);
  const before = (level) => levels.flatMap((own, index) => (own === level - 1 ? [index] : []));
  const tasks = plan.tasks.map((task, index) => ({ ...task, waits: before(levels[index]) }));
  return { ...plan, name, tasks };
}

/** The smallest graphs of all five shapes; 50 are all there are, of up to 100 tasks. */
const someGraphs = (count) =>
  sampleGraphs(10)
    .toSorted((a, b) => a.minutes.length - b.minutes.length)
    .slice(0, count);

/** What the same decisions make of these durations when nothing but agents takes time. Milliseconds. */
function decidedMs(sample, plan, workers) {
  const rules = { pattern: "dag", failures: "continue", limits: { workers } };
  const durations = plan.tasks.map(({ ms }) => ms);
  return simulateExecution(executableOf(sample), { rules, durations }).makespan;
}

/** The plans to carry out for one graph: by so many workers each, and for the first ones as batches and waves, too. */
function variantsOf(sample, seed, { compared, seconds, counts }) {
  return counts.flatMap((workers) => {
    const name = `${sample.name.replaceAll(" ", "-")}-${workers}`;
    const plan = graphPlan(sample, { name, workers, seconds, seed });
    const bound = boundMs(plan, workers);
    const row = { name: sample.name, workers, bound, allowed: workMs(plan) / bound / workers };
    const decided = decidedMs(sample, plan, workers);
    const dag = { ...row, plan, decided, how: "dag", wish: { workers } };
    if (workers === 1 || seed >= compared) return [dag];
    const batched = { ...plan, name: `${name}-batched` };
    return [
      dag,
      { ...row, plan: batched, how: "batched", wish: { workers, pattern: "batched" } },
      { ...row, plan: inWaves(plan, `${name}-waves`), how: "waves", wish: { workers } },
    ];
  });
}

/**
 * Makespans against the lower bound, and against batches and waves of the same tasks, `atOnce` graphs at the same time. Gives the runs of
 * `dag`, for whoever looks at what they are made of.
 */
export async function makespans(bench, wish) {
  const { graphs, compared, seconds, workers: counts, atOnce, tell } = wish;
  const variants = someGraphs(graphs).map((sample, seed) =>
    variantsOf(sample, seed, { compared, seconds, counts }),
  );
  const all = variants.flat();
  const project = await bench.project({ plans: all.map(({ plan }) => plan) });
  const rows = [];
  try {
    const waiting = [...variants];
    const lane = async () => {
      for (let graph = waiting.shift(); graph; graph = waiting.shift())
        for (const variant of graph) {
          const run = await project.run(all.indexOf(variant), variant.wish);
          const makespan = makespanMs(run);
          const utilisation = workMs(variant.plan) / makespan / variant.workers;
          rows.push({ ...variant, run, makespan, utilisation });
          tell(`${variant.plan.name} ${variant.how}: ${(makespan / variant.bound).toFixed(3)}`);
        }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  } finally {
    await project.app.close();
  }
  tellMakespans(rows, counts);
  return rows.flatMap(({ how, run }) => (how === "dag" ? [run] : []));
}

function tellMakespans(rows, counts) {
  const of = (workers, how) => rows.filter((row) => row.workers === workers && row.how === how);
  table(
    "workers | runs | over the bound: mean | median | most | decisions alone: mean | most | over these: mean | most | utilisation where the graph allows | batches / dag | waves / dag",
    counts.map((workers) => {
      const dag = of(workers, "dag");
      const ratios = dag.map(({ makespan, bound }) => makespan / bound);
      const decisions = dag.map(({ decided, bound }) => decided / bound);
      const besides = dag.map(({ makespan, decided }) => makespan / decided);
      const busy = dag.filter(({ allowed }) => allowed >= 0.9);
      const beside = (how) => {
        const pairs = of(workers, how).map(({ name, makespan }) => {
          const same = dag.find((row) => row.name === name);
          return makespan / same.makespan;
        });
        return pairs.length > 0 ? `${mean(pairs).toFixed(2)} (${pairs.length})` : "–";
      };
      return [
        workers,
        dag.length,
        mean(ratios).toFixed(3),
        quantile(ratios, 0.5).toFixed(3),
        Math.max(...ratios).toFixed(3),
        mean(decisions).toFixed(3),
        Math.max(...decisions).toFixed(3),
        mean(besides).toFixed(3),
        Math.max(...besides).toFixed(3),
        `${mean(busy.map(({ utilisation }) => utilisation)).toFixed(2)} (${busy.length})`,
        beside("batched"),
        beside("waves"),
      ];
    }),
  );
  const worst = rows
    .filter(({ how, workers }) => how === "dag" && workers > 1)
    .toSorted((a, b) => b.makespan / b.bound - a.makespan / a.bound)
    .slice(0, 5);
  const cases = worst.map(
    ({ name, workers, makespan, decided, bound }) =>
      `${name}, ${workers} workers: ${(makespan / bound).toFixed(3)} (decisions alone ${(decided / bound).toFixed(3)})`,
  );
  process.stdout.write(`Worst at 3 and 8: ${cases.join("; ")}.\n`);
}
