/**
 * Bad input and faults under which plans are carried out, each in a real run of the built program: what comes of it, what it says, and whether
 * anything of the user's was changed, lost or done twice. Needs `npm run build`, Linux, and root for what mounts a small disk;
 * `node bench/plan-faults.mjs [--one-by-one] [beginnings of faults]`. Ends with 1 where an outcome is another one.
 */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { AGENT_ROWS } from "./plan-faults/agent-rows.mjs";
import { EDIT_ROWS } from "./plan-faults/edit-rows.mjs";
import { MACHINE_ROWS } from "./plan-faults/machine-rows.mjs";
import { REPOSITORY_ROWS } from "./plan-faults/repository-rows.mjs";
import { createWorlds } from "./plan-faults/worlds.mjs";

const given = process.argv.slice(2);
const AT_ONCE = given.includes("--one-by-one") ? 1 : 3;
const wanted = given.filter((word) => word !== "--one-by-one");
const all = [...AGENT_ROWS, ...EDIT_ROWS, ...REPOSITORY_ROWS, ...MACHINE_ROWS];
const rows =
  wanted.length === 0
    ? all
    : wanted.flatMap((beginning) => all.filter(({ fault }) => fault.startsWith(beginning)));
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-faults-")));
chmodSync(folder, 0o755);
const worlds = createWorlds(folder);
const open = new Set();
const stop = () => stopEmbeddedPostgres({ env: worlds.env, force: true });
process.on("SIGINT", async () => {
  for (const world of open) await world.close();
  await stop();
  process.exit(130);
});
let failed = 0;
console.log(
  `load ${loadavg()[0].toFixed(1)}\n\n| fault | what is done | what comes of it | time |`,
);
console.log("|---|---|---|---:|");
async function tryOut({ fault, what, run }) {
  const began = performance.now();
  const world = worlds.open(fault);
  open.add(world);
  let outcome = "";
  const problems = [];
  try {
    outcome = await run(world);
    problems.push(...world.problems());
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`| \`${fault}\` | ${what} | ${outcome} | ${seconds} s |`);
  for (const problem of problems) console.log(`  FAILED: ${problem}`);
  failed += problems.length;
  await world.close();
  open.delete(world);
}
const queue = rows.values();
const lane = async () => {
  for (const row of queue) await tryOut(row);
};
await Promise.all(Array.from({ length: AT_ONCE }, lane));
await stop();
if (failed === 0) rmSync(folder, { recursive: true, force: true });
else console.log(`\nLeft to be looked at: ${folder}`);
process.exitCode = failed === 0 ? 0 : 1;
