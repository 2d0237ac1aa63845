/**
 * What a person waits for: `wavegate plan` on the shipped example, the first run ever (no database yet) and with the
 * server up, and `wavegate --help`, each in turn with a bare `node -e 0`. Arguments: cold runs (5), warm runs (15).
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { machine, percentile } from "./stage-engine.mjs";

const COLD = Number(process.argv[2] ?? 5);
const WARM = Number(process.argv[3] ?? 15);
const WAITING = 4;
const root = path.resolve(import.meta.dirname, "..");
const main = path.join(root, "dist/cli/main.js");
const folder = mkdtempSync(path.join(tmpdir(), "wavegate-plan-"));
// As root the database runs as another account, which must be able to pass through.
chmodSync(folder, 0o755);
const project = path.join(folder, "project");
cpSync(path.join(root, "examples/tool-library"), project, { recursive: true });

/** How long a process took, in milliseconds. */
function time(args, { home = "", code = 0 } = {}) {
  const env = { ...process.env, WAVEGATE_HOME: path.join(folder, home) };
  delete env["WAVEGATE_DATABASE_URL"];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: project, env });
  const took = performance.now() - started;
  if (status !== code) throw new Error(`${args.join(" ")} ended with ${status}: ${String(stderr)}`);
  return took;
}

const plan = (home) => time([main, "plan", "specs/001-lend-tools"], { home, code: WAITING });
const bare = () => time(["-e", "0"]);
const times = { help: [], cold: [], warm: [], bare: [] };

bare();
time([main, "--help"]);
for (let index = 0; index < WARM; index++) {
  times.bare.push(bare());
  times.help.push(time([main, "--help"]));
}
for (let index = 0; index < COLD; index++) {
  const home = `cold-${index}`;
  times.cold.push(plan(home));
  if (index < COLD - 1) time([main, "db", "stop"], { home });
}
const home = `cold-${COLD - 1}`;
for (let index = 0; index < WARM; index++) times.warm.push(plan(home));
time([main, "db", "stop"], { home });
rmSync(folder, { recursive: true, force: true });

const row = (...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
process.stdout.write(`${machine}, load ${loadavg()[0].toFixed(1)}\n\n`);
row("what", "times", "p50 ms", "p95 ms", "over bare node, ms", "ratio to it");
row("---", "---:", "---:", "---:", "---:", "---:");
const limit = percentile(times.bare, 0.5);
const names = {
  bare: "node -e 0",
  help: "wavegate --help",
  cold: "wavegate plan, first run ever",
  warm: "wavegate plan, server up",
};
for (const [key, name] of Object.entries(names)) {
  const p50 = percentile(times[key], 0.5);
  const p95 = percentile(times[key], 0.95);
  const figures = [p50, p95, p50 - limit].map((value) => value.toFixed(0));
  row(name, times[key].length, ...figures, (p50 / limit).toFixed(1));
}
