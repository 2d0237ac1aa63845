/**
 * Planning stages over two workers against a provider that takes two calls at once and answers 429 to the others: how much
 * gets done at fixed numbers of calls at once, and when the refusals set it. Medians of several runs.
 *
 * `node bench/concurrency.mjs [runs] [stages] [call ms]`
 */
import { machine, percentile } from "./stage-engine.mjs";
import { planAgainst } from "./narrow-provider.mjs";

const RUNS = Number(process.argv[2] ?? 3);
const STAGES = Number(process.argv[3] ?? 8);
const CALL_MS = Number(process.argv[4] ?? 300);
const ROOM = 2;

const row = (...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
process.stdout.write(`${machine}\n\n${STAGES} stages, calls of ${CALL_MS} ms, ${ROOM} at once\n\n`);
row(
  "calls at once",
  "calls a second, median",
  "of the most possible",
  "429s, median",
  "stages failed",
);
row("---", "---:", "---:", "---:", "---:");

// Every setting once, then every one again: what else the machine does in a while falls on all of them.
const settings = [1, 2, 4, 8, undefined];
const results = new Map(settings.map((fixed) => [fixed, []]));
for (let run = 0; run < RUNS; run++)
  for (const fixed of settings) {
    const measured = await planAgainst({ room: ROOM, callMs: CALL_MS, stages: STAGES, fixed });
    results.get(fixed).push(measured);
  }
for (const [fixed, measured] of results) {
  const rates = measured.map(({ served, seconds }) => served / seconds);
  const rate = percentile(rates, 0.5);
  const failed = measured.flatMap(({ statuses }) => statuses.filter((status) => status !== "gate"));
  row(
    fixed ?? "as many as it takes",
    rate.toFixed(2),
    `${((rate * CALL_MS) / 10 / ROOM).toFixed(0)} %`,
    percentile(
      measured.map(({ refused }) => refused),
      0.5,
    ),
    failed.length,
  );
}
