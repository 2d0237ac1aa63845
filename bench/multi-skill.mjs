/**
 * How near to the best known makespans the search for schedules of people with skills comes:
 * `node bench/multi-skill.mjs [mspsp] [imopse] [large] [--budget N…] [--seconds N] [--step N] [--seed N] [--each]`.
 * Reads the folders mspsp (with best-known.json) and imopse in the one that WAVEGATE_MULTI_SKILL names; without it only `large` is there to do,
 * 10^5 activities made here. MSPSP: mean deviation from the best known makespan over instances whose optimum is said to be proved; an instance
 * where a checked schedule is shorter than that is named, and left out of the mean. iMOPSE: makespans beside our bound. `--seconds` ends the
 * search of an instance by the clock. Every schedule is checked by `check-crew-schedule`, which shares no code with the search.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { readImopse } from "../dist/schedule/formats/read-imopse.js";
import { readMspsp } from "../dist/schedule/formats/read-mspsp.js";
import { crewFaultsOf } from "../dist/schedule/solver/crew/check-crew-schedule.js";
import { crewPartFaults } from "../dist/schedule/solver/crew/crew-part-faults.js";
import { makeCrewProblem } from "../dist/schedule/solver/crew/crew-problem.js";
import { createCrewSearch } from "../dist/schedule/solver/crew/crew-search.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    budget: { type: "string", multiple: true, default: ["5000", "50000"] },
    seconds: { type: "string" },
    step: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    each: { type: "boolean", default: false },
  },
});
const print = (line) => process.stdout.write(`${line}\n`);
const folder = process.env["WAVEGATE_MULTI_SKILL"] ?? "";
const seconds = Number(values.seconds ?? Infinity);
const budgets = values.seconds ? [Infinity] : values.budget.map(Number);
const percent = (value) => `${(100 * value).toFixed(3)} %`;

function filesOf(set, ending) {
  return readdirSync(path.join(folder, set))
    .filter((name) => name.endsWith(ending))
    .toSorted()
    .filter((_, index) => index % Number(values.step) === 0);
}

/** A checked schedule of a file. */
function solve({ parts, diagnostics }, name, { budget, seed }) {
  if (diagnostics.length > 0) throw new Error(`${name}: ${diagnostics[0].message}`);
  const until = performance.now() + 1000 * seconds;
  const search = createCrewSearch(makeCrewProblem(parts), { seed, budget });
  while (search.advance(values.seconds ? 100 : budget) && performance.now() < until);
  const found = search.best();
  const [fault] = crewFaultsOf(parts, found);
  if (fault) throw new Error(`${name}: ${fault}`);
  if (found.bound > found.makespan) throw new Error(`${name}: bound ${found.bound}`);
  return found;
}

function measure(set, ending, read, told) {
  for (const budget of budgets) {
    const rows = [];
    const begun = process.cpuUsage().user;
    for (const [index, name] of filesOf(set, ending).entries()) {
      const text = readFileSync(path.join(folder, set, name), "utf8");
      const seed = Number(values.seed) * 100_000 + index;
      rows.push({ name, ...solve(read(name, text), name, { budget, seed }) });
    }
    const spent = (process.cpuUsage().user - begun) / 1e6;
    const made = rows.reduce((sum, { schedules }) => sum + schedules, 0);
    const limit = values.seconds ? `${seconds} s` : budget.toLocaleString("en");
    told(rows, `${rows.length} | ${limit}`, Math.round(made / spent).toLocaleString("en"));
  }
}

const mean = (rows, value) => rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
const deviationFrom = (known) => (row) => row.makespan / known[row.name].makespan - 1;
const gap = ({ makespan, bound }) => makespan / bound - 1;

function mspsp() {
  const known = JSON.parse(readFileSync(path.join(folder, "mspsp", "best-known.json"), "utf8"));
  const away = deviationFrom(known);
  print(
    "| instances | schedules | with a proved optimum | from it | reached | from the best known, others | proved by the bound | gap to the bound, all | schedules/s |",
  );
  print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
  measure("mspsp", ".dzn", readMspsp, (rows, head, speed) => {
    const below = rows.filter(
      (row) => known[row.name].optimal && row.makespan < known[row.name].makespan,
    );
    const sound = rows.filter((row) => !below.includes(row));
    const proved = sound.filter((row) => known[row.name].optimal);
    const open = sound.filter((row) => !known[row.name].optimal);
    const wrong = proved.find((row) => row.bound > known[row.name].makespan);
    if (wrong) throw new Error(`${wrong.name}: bound ${wrong.bound}`);
    const reached = proved.filter((row) => away(row) === 0).length;
    const ours = rows.filter((row) => row.makespan === row.bound).length;
    print(
      `| ${head} | ${proved.length} | ${percent(mean(proved, away))} | ${reached} | ${percent(mean(open, away))} | ${ours} | ${percent(mean(rows, gap))} | ${speed} |`,
    );
    for (const row of below)
      print(
        `${row.name}: ${row.makespan}, checked, where ${known[row.name].makespan} is said to be optimal; our bound is ${row.bound}.`,
      );
    if (values.each)
      for (const row of rows)
        print(
          `${row.name} ${row.bound} ${row.makespan} ${known[row.name].makespan}${known[row.name].optimal ? " proved" : ""}`,
        );
  });
}

function imopse() {
  print(
    "| instances | schedules | sum of makespans | gap to the bound | proved by the bound | schedules/s |",
  );
  print("|---:|---:|---:|---:|---:|---:|");
  measure("imopse", ".def", readImopse, (rows, head, speed) => {
    const sum = rows.reduce((all, { makespan }) => all + makespan, 0).toLocaleString("en");
    const ours = rows.filter(({ makespan, bound }) => makespan === bound).length;
    print(`| ${head} | ${sum} | ${percent(mean(rows, gap))} | ${ours} | ${speed} |`);
    if (values.each)
      for (const { name, makespan, bound } of rows)
        print(
          `| ${name.slice(0, -4)} | ${makespan} | ${bound} | ${percent(gap({ makespan, bound }))} |`,
        );
  });
}

/** Activities of three skills, in chains or free, one in two needing two people; weekends off, if wanted. */
function largeParts(size, people, { chained, weekends }) {
  const weeks = weekends ? Math.ceil((4 * size) / people / 5) : 0;
  const off = Array.from({ length: weeks }, (_, week) => ({
    from: 7 * week + 5,
    to: 7 * week + 7,
  }));
  return {
    activities: Array.from({ length: size }, (_, node) => {
      const first = { pool: node % 3, count: 1 };
      const needs = node % 2 === 0 ? [first] : [first, { pool: (node + 1) % 3, count: 1 }];
      return { options: [{ work: 1 + ((node * 7) % 5), needs }] };
    }),
    arcs: chained
      ? Array.from({ length: size - 200 }, (_, node) => ({ from: node, to: node + 200 }))
      : [],
    capacities: [],
    absences: Array.from({ length: people }, () => off),
    pools: [0, 1, 2].map((skill) =>
      Array.from({ length: people }, (_, person) => person)
        .filter((person) => person % 3 === skill || person % 5 === 0)
        .map((person) => ({ person })),
    ),
  };
}

function large() {
  print(
    "| activities | people | | seconds to the end | first schedule after | schedules | gap to the bound |",
  );
  print("|---:|---:|---|---:|---:|---:|---:|");
  for (const [chained, weekends] of [
    [true, false],
    [false, false],
    [true, true],
  ]) {
    const [size, people, budget] = [100_000, 100, 3];
    const parts = largeParts(size, people, { chained, weekends });
    const begun = performance.now();
    if (crewPartFaults(parts).length > 0) throw new Error("no problem");
    const search = createCrewSearch(makeCrewProblem(parts), { seed: 1, budget });
    search.advance(1);
    const first = performance.now() - begun;
    while (search.advance(1));
    const found = search.best();
    const all = performance.now() - begun;
    const [fault] = crewFaultsOf(parts, found);
    if (fault) throw new Error(fault);
    const shape = `${chained ? "chains" : "free"}${weekends ? ", weekends off" : ""}`;
    print(
      `| ${size.toLocaleString("en")} | ${people} | ${shape} | ${(all / 1000).toFixed(1)} | ${(first / 1000).toFixed(1)} | ${found.schedules.toFixed(0)} | ${percent(gap(found))} |`,
    );
  }
}

const wanted = positionals.length > 0 ? positionals : ["mspsp", "imopse", "large"];
for (const [set, run] of Object.entries({ mspsp, imopse, large })) {
  if (!wanted.includes(set)) continue;
  if (set !== "large" && !existsSync(path.join(folder, set)))
    print(`Skipped ${set}: set WAVEGATE_MULTI_SKILL to a folder with mspsp and imopse.`);
  else run();
  print("");
}
