/** Logs of the chaos bench added up: `node bench/chaos-table.mjs LOG…` prints the table of all that is in them. */
import { readFileSync } from "node:fs";

const quantile = (values, part) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

const spread = (values, unit = 1000) =>
  values.length === 0
    ? "–"
    : `${[0.5, 0.95, 1].map((part) => (quantile(values, part) / unit).toFixed(1)).join(" / ")} s (${values.length})`;

const ADDED = [
  "tasks",
  "attempts",
  "workers killed",
  "of these before they were ready",
  "agents killed",
  "database killed",
  "takeovers",
  "tasks taken by another worker",
  "of these after its worker died",
  "held runs resumed",
  "lost commits",
  "doubled tasks",
  "stuck runs",
  "changed user trees",
  "plans not ticked",
  "tasks not landed",
  "processes left",
  "clones left",
  "git locks left",
];

/** The table as Markdown. */
export function tableOf(lines) {
  const judged = lines.filter(({ what }) => what === "judged");
  const sum = (of) => judged.reduce((total, line) => total + of(line), 0);
  const all = (name) => judged.flatMap((line) => line.times[name]);
  const begun = lines.filter(({ what }) => what === "begun").length;
  const runs = (which) => sum((line) => (which(line) ? line.runs : 0));
  const rows = [
    ["runs", runs(() => true)],
    ["of these attached", runs(({ attached }) => attached)],
    ["with kills of the database", runs(({ database }) => database)],
    ["with agents outside of a sandbox", runs(({ sandbox }) => !sandbox)],
    ["hit by at least one takeover", sum(({ figures }) => figures["runs taken over"])],
    ["projects", judged.length],
    ["projects begun and not judged", begun - judged.length],
    ...ADDED.map((name) => [name, sum(({ figures }) => figures[name] ?? 0)]),
    ["problems", sum(({ problems }) => problems.length)],
    ["minutes", Math.round(sum(({ figures }) => figures.seconds) / 60)],
    ["takeover after a kill, p50 / p95 / worst", spread(all("takeover"))],
    ["the same, from when its worker was up", spread(all("takeoverByReady"))],
    ["the same, where the database was not killed", spread(calmTakeovers(judged))],
    ["attached: the next process has it after a kill", spread(all("resumed"))],
    ["database away, p50 / p95 / worst", spread(all("away"))],
    ["load", loads(judged)],
  ];
  return rows.map(([name, value]) => `| ${name} | ${value} |`).join("\n");
}

const calmTakeovers = (judged) =>
  judged.flatMap(({ database, times }) => (database ? [] : times.takeoverByReady));

const loads = (judged) => {
  const all = judged.map(({ load }) => load);
  return all.length === 0
    ? "–"
    : `${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)}`;
};

if (import.meta.filename === process.argv[1]) {
  const lines = process.argv
    .slice(2)
    .flatMap((file) => readFileSync(file, "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line));
  process.stdout.write(`${tableOf(lines)}\n`);
  for (const { seed, number, problems = [] } of lines)
    for (const problem of problems) process.stdout.write(`\n${seed}/${number}: ${problem}`);
}
