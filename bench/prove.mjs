/**
 * How many schedules are proved to be the shortest: `node bench/prove.mjs [SET] [--budget n] [--seconds n] [--step n] [--alone]`. PSPLIB
 * instances (default j30) from the folder in WAVEGATE_PSPLIB; without it there is nothing to do. Search, then proof; with --alone MiniZinc gets no schedule
 * and no bound but the longest path. Times are by the clock. MiniZinc is loaded while the search runs; with --alone there is none, and loading counts. Every schedule is checked by `check-schedule`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { miniZinc } from "../dist/adapters/solver/minizinc.js";
import { readPsplib } from "../dist/schedule/formats/read-psplib.js";
import { faultsOf } from "../dist/schedule/solver/check-schedule.js";
import { longestPaths } from "../dist/schedule/solver/paths.js";
import { makeProblem } from "../dist/schedule/solver/problem.js";
import { raiseBound } from "../dist/schedule/solver/raise-bound.js";
import { createSearch } from "../dist/schedule/solver/search.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    budget: { type: "string", default: "50000" },
    seconds: { type: "string", default: "30" },
    step: { type: "string", default: "1" },
    alone: { type: "boolean", default: false },
  },
});
const folder = process.env["WAVEGATE_PSPLIB"] ?? "";
if (!existsSync(path.join(folder, "best-known.json"))) {
  process.stdout.write(
    "Skipped: set WAVEGATE_PSPLIB to a folder with j30, j60, j120 and best-known.json.\n",
  );
  process.exit(0);
}
const known = JSON.parse(readFileSync(path.join(folder, "best-known.json"), "utf8"));
const set = positionals[0] ?? "j30";
const files = readdirSync(path.join(folder, set))
  .filter((name) => name.endsWith(".sm"))
  .toSorted()
  .filter((_, index) => index % Number(values.step) === 0);

/** All, one after the other: what is known without a search. */
function sequence(problem) {
  const { order, length } = longestPaths(problem);
  const starts = new Int32Array(problem.size);
  let makespan = 0;
  for (const node of order) {
    starts[node] = makespan;
    makespan += problem.durations[node];
  }
  return { starts, makespan, bound: length, late: 0 };
}

function searched(problem, index) {
  const budget = Number(values.budget);
  const search = createSearch(problem, { seed: 100_000 + index, budget });
  search.advance(budget);
  return search.best();
}

/** Milliseconds in which makespans are refuted by trying before MiniZinc is asked. */
const TRYING = 300;
const sum = { best: 0, bound: 0, tried: 0, proved: 0, second: 0, searching: 0, proving: 0, gap: 0 };
for (const [index, name] of files.entries()) {
  const { parts } = readPsplib(name, readFileSync(path.join(folder, set, name), "utf8"));
  const problem = makeProblem(parts);
  miniZinc.prepare();
  let begun = performance.now();
  const first = values.alone ? sequence(problem) : searched(problem, index);
  sum.searching += performance.now() - begun;
  begun = performance.now();
  const raised = values.alone
    ? first.bound
    : raiseBound(problem, first, () => performance.now() - begun > TRYING);
  const milliseconds = Number(values.seconds) * 1000 - (performance.now() - begun);
  const proof =
    raised === first.makespan
      ? { ...first, state: "optimal" }
      : await miniZinc.prove({ parts, known: { ...first, bound: raised }, milliseconds });
  const took = performance.now() - begun;
  if (proof.state === "unavailable") throw new Error(`${name}: ${proof.reason}`);
  const { ub, lb } = known[name.slice(0, -3)];
  const faults = faultsOf(problem, proof.starts);
  const bound = proof.state === "optimal" ? proof.makespan : proof.bound;
  if (faults.length > 0 || proof.makespan < lb || bound > ub)
    throw new Error(`${name}: ${faults[0] ?? `${bound} to ${proof.makespan}`}`);
  sum.best += proof.makespan <= ub ? 1 : 0;
  sum.bound += first.bound === first.makespan ? 1 : 0;
  sum.tried += raised === first.makespan ? 1 : 0;
  sum.proved += proof.state === "optimal" ? 1 : 0;
  sum.second += proof.state === "optimal" && took <= 1000 ? 1 : 0;
  sum.proving += took;
  sum.gap += proof.makespan / bound - 1;
}
const seconds = (milliseconds) => (milliseconds / 1000).toFixed(0);
process.stdout.write(
  `| set | instances | begins with | best known reached | proved by the bound | and by trying | proved within 1 s | proved within ${values.seconds} s | gap | search s | proof s | load |\n|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n`,
);
process.stdout.write(
  `| ${set} | ${files.length} | ${values.alone ? "nothing" : `${values.budget} schedules`} | ${sum.best} | ${sum.bound} | ${sum.tried} | ${sum.second} | ${sum.proved} | ${((100 * sum.gap) / files.length).toFixed(2)} % | ${seconds(sum.searching)} | ${seconds(sum.proving)} | ${loadavg()[0].toFixed(1)} |\n`,
);
