/**
 * Plans carried out while their workers, agents and the database are killed at random (kill -9), until all runs have ended by themselves.
 * Then every run, commit, file and process is looked at. Projects come one after the other, some runs at once in each; by their number they
 * are with two `wavegate worker` or with a `wavegate run` of its own for each run, which is gone on with by `wavegate resume`; with kills of
 * the database or without; with agents in a sandbox or outside of one (`chaos-project.mjs`). Arguments: `--runs n` (default 12), `--tasks n`
 * of each run (3), `--each n` runs in a project (6), `--seed n`, `--minutes n` after which no project is begun, `--only attached|workers`,
 * `--calm` (nothing is killed), `--log file`: a line for each project, which `chaos-table.mjs` adds up.
 */
import { appendFileSync, chmodSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { seededRandom } from "../dist/core/random.js";
import { carryOutProject } from "./chaos-project.mjs";
import { tableOf } from "./chaos-table.mjs";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "12" },
    tasks: { type: "string", default: "3" },
    each: { type: "string", default: "6" },
    seed: { type: "string", default: "1" },
    minutes: { type: "string", default: "100000" },
    only: { type: "string" },
    log: { type: "string" },
    calm: { type: "boolean", default: false },
  },
});
const [RUNS, TASKS, EACH] = [values.runs, values.tasks, values.each].map(Number);
const seed = Number(values.seed);
const until = Date.now() + Number(values.minutes) * 60_000;
/** Of so many projects one is of attached runs: each of them starts processes of its own. */
const ONE_IN = 6;
const ATTACHED_RUNS = 3;

const folder = mkdtempSync(path.join(tmpdir(), "wavegate-chaos-"));
chmodSync(folder, 0o755);
const home = path.join(folder, "home");
const env = { ...process.env, WAVEGATE_HOME: home, NO_COLOR: "1" };

const lines = [];
const tell = (line) => {
  lines.push(line);
  if (values.log) appendFileSync(values.log, `${JSON.stringify(line)}\n`);
};

const isAttached = (number) =>
  values.only === undefined ? number % ONE_IN === ONE_IN - 1 : values.only === "attached";

let runs = 0;
let problems = 0;
for (let number = 0; runs < RUNS && Date.now() < until; number++) {
  const attached = isAttached(number);
  const count = Math.min(attached ? ATTACHED_RUNS : EACH, RUNS - runs);
  const kind = { attached, database: number % 2 === 0, sandbox: number % 4 < 2 };
  const about = { seed, number, runs: count, tasks: TASKS, calm: values.calm, ...kind };
  const root = path.join(folder, `project-${number}`);
  // What was begun and never judged shows in what is added up.
  tell({ what: "begun", ...about, at: new Date().toISOString() });
  const random = seededRandom(seed * 1_000 + number);
  const verdict = await carryOutProject({ ...about, root, home, env, random });
  tell({ what: "judged", ...about, ...verdict, load: loadavg()[0] });
  runs += count;
  problems += verdict.problems.length;
  for (const problem of verdict.problems) process.stderr.write(`${root}: ${problem}\n`);
  process.stderr.write(`${runs} runs, ${problems} problems, ${verdict.figures.seconds} s\n`);
  if (verdict.problems.length === 0) rmSync(root, { recursive: true, force: true });
}
await stopEmbeddedPostgres({ env, force: true });
process.stdout.write(`${tableOf(lines)}\n`);
if (problems === 0) rmSync(folder, { recursive: true, force: true });
else process.stdout.write(`\nLeft to be looked at: ${folder}\n`);
process.exitCode = problems === 0 ? 0 : 1;
