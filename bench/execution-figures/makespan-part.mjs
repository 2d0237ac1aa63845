import { seededRandom } from "../../dist/core/random.js";
import { drawnDurations } from "../../dist/schedule/drawn-durations.js";
import { sampleGraphs } from "../sample-graphs.mjs";
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

/**
 * Makespans against the lower bound, and against batches and waves of the same tasks. Gives the runs of `dag`, for whoever looks at
 * what they are made of.
 */
export async function makespans(bench, { graphs, compared, seconds, workers: counts, tell }) {
  const rows = [];
  for (const [seed, sample] of someGraphs(graphs).entries()) {
    const variants = counts.flatMap((workers) => {
      const name = `${sample.name.replaceAll(" ", "-")}-${workers}`;
      const plan = graphPlan(sample, { name, workers, seconds, seed });
      const dag = { plan, workers, how: "dag", wish: { workers } };
      if (workers === 1 || seed >= compared) return [dag];
      const batched = { ...plan, name: `${name}-batched` };
      return [
        dag,
        { plan: batched, workers, how: "batched", wish: { workers, pattern: "batched" } },
        { plan: inWaves(plan, `${name}-waves`), workers, how: "waves", wish: { workers } },
      ];
    });
    const project = await bench.project({ plans: variants.map(({ plan }) => plan) });
    try {
      for (const [index, { plan, workers, how, wish }] of variants.entries()) {
        const run = await project.run(index, wish);
        const bound = boundMs(variants.find((each) => each.workers === workers).plan, workers);
        const makespan = makespanMs(run);
        const utilisation = workMs(plan) / makespan / workers;
        const allowed = workMs(plan) / bound / workers;
        rows.push({ name: sample.name, workers, how, run, makespan, bound, utilisation, allowed });
        tell(`${plan.name} ${how}: ${(makespan / bound).toFixed(3)}`);
      }
    } finally {
      await project.app.close();
    }
  }
  tellMakespans(rows, counts);
  return rows.flatMap(({ how, run }) => (how === "dag" ? [run] : []));
}

function tellMakespans(rows, counts) {
  const of = (workers, how) => rows.filter((row) => row.workers === workers && row.how === how);
  table(
    "workers | runs | over the bound: mean | median | most | utilisation where the graph allows | batches / dag | waves / dag",
    counts.map((workers) => {
      const dag = of(workers, "dag");
      const ratios = dag.map(({ makespan, bound }) => makespan / bound);
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
    ({ name, workers, makespan, bound }) =>
      `${name}, ${workers} workers: ${(makespan / bound).toFixed(3)}`,
  );
  process.stdout.write(`Worst at 3 and 8: ${cases.join("; ")}.\n`);
}
