/**
 * Runs inside the namespace: whole planning stages by the built command line and real agents, against our scripted model
 * server. `node run-cases.mjs '{"cache":…,"cases":[…]}'`; a line for each case on standard output, the report as JSON in `report`.
 */
import { writeFileSync } from "node:fs";
import { CASES, EDITS, MIXED, PLANS } from "./cases.mjs";
import { runEdits } from "./edits-case.mjs";
import { startNameServer } from "./names-asked.mjs";
import { runPlan } from "./plan-case.mjs";
import { runCase, runMixed } from "./stage-case.mjs";
import { homeless, wavegate } from "./wavegate-in.mjs";

const options = JSON.parse(process.argv[2] ?? "{}");
const names = await startNameServer();
const results = [];
const say = (line) => process.stdout.write(`${line}\n`);

const within = { cache: options.cache, names, say };
await wavegate({ ...homeless("db"), args: ["db", "start"] });
try {
  for (const [all, runOne] of [
    [CASES, runCase],
    [EDITS, runEdits],
    [PLANS, runPlan],
    [[MIXED], runMixed],
  ])
    for (const each of all.filter(({ name }) => options.cases.includes(name)))
      results.push(await runOne(each, within));
} finally {
  await wavegate({ ...homeless("db"), args: ["db", "stop"] });
  await names.close();
}
if (options.report) writeFileSync(options.report, `${JSON.stringify(results, undefined, 2)}\n`);
process.exit(results.every(({ problems }) => problems.length === 0) ? 0 : 1);
