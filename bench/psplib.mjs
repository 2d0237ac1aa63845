/**
 * How near to the best known makespans the search comes on PSPLIB: `node bench/psplib.mjs [SET…] [--budget N] [--step N] [--seed N]`.
 * Reads PSPLIB's j30, j60 and j120 and best-known.json from the folder in WAVEGATE_PSPLIB; without it there is nothing to do. A row of
 * the table for each set and budget: mean deviation from the best known makespan and from the critical path, in per cent; instances that
 * reach the best known one; those whose bound proves their schedule optimal; schedules made per second of CPU time. Every schedule is
 * checked by `check-schedule`, which shares no code with the search.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { readPsplib } from "../dist/schedule/formats/read-psplib.js";
import { faultsOf } from "../dist/schedule/solver/check-schedule.js";
import { makeProblem } from "../dist/schedule/solver/problem.js";
import { createSearch } from "../dist/schedule/solver/search.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    budget: { type: "string", multiple: true, default: ["5000", "50000"] },
    step: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
  },
});
const folder = process.env["WAVEGATE_PSPLIB"] ?? "";
if (!existsSync(path.join(folder, "best-known.json"))) {
  process.stdout.write(
    "Skipped: set WAVEGATE_PSPLIB to a folder with j30, j60, j120 and best-known.json.\n",
  );
  process.exit(0);
}
const known = new Map(
  Object.entries(JSON.parse(readFileSync(path.join(folder, "best-known.json"), "utf8"))),
);

function measure(set, budget) {
  const files = readdirSync(path.join(folder, set))
    .filter((name) => name.endsWith(".sm"))
    .toSorted()
    .filter((_, index) => index % Number(values.step) === 0);
  const sum = { deviation: 0, overPath: 0, reached: 0, proved: 0, schedules: 0 };
  const begun = process.cpuUsage().user;
  for (const [index, name] of files.entries()) {
    const file = path.join(folder, set, name);
    const { parts, diagnostics } = readPsplib(file, readFileSync(file, "utf8"));
    if (diagnostics.length > 0) throw new Error(`${file}: ${diagnostics[0].message}`);
    const problem = makeProblem(parts);
    const search = createSearch(problem, { seed: Number(values.seed) * 100_000 + index, budget });
    search.advance(budget);
    const found = search.best();
    const best = known.get(name.slice(0, -3));
    const faults = faultsOf(problem, found.starts);
    if (faults.length > 0) throw new Error(`${file}: ${faults[0]}`);
    if (found.makespan < best.lb || found.bound > best.ub)
      throw new Error(`${file}: ${found.bound} to ${found.makespan}`);
    sum.deviation += found.makespan / best.ub - 1;
    sum.overPath += found.makespan / best.cp - 1;
    sum.reached += found.makespan <= best.ub ? 1 : 0;
    sum.proved += found.makespan === found.bound ? 1 : 0;
    sum.schedules += found.schedules;
  }
  const seconds = (process.cpuUsage().user - begun) / 1e6;
  const share = (value) => `${((100 * value) / files.length).toFixed(3)} %`;
  return `| ${set} | ${files.length} | ${budget.toLocaleString("en")} | ${share(sum.deviation)} | ${share(sum.overPath)} | ${sum.reached} | ${sum.proved} | ${Math.round(sum.schedules / seconds).toLocaleString("en")} |`;
}

process.stdout.write(
  "| set | instances | schedules | from best known | over critical path | best known reached | proved by the bound | schedules/s |\n|---|---:|---:|---:|---:|---:|---:|---:|\n",
);
for (const set of positionals.length > 0 ? positionals : ["j30", "j60", "j120"])
  for (const budget of values.budget) process.stdout.write(`${measure(set, Number(budget))}\n`);
