/**
 * What telemetry costs: `wavegate plan` on the shipped example with the built-in agents, server up, every agent asked
 * anew: with telemetry off, with a receiver on loopback that takes everything, and with an address where nobody listens. In
 * turn, so that other work on the machine meets all alike. And `wavegate --help` with it off and on. Argument: times each (15).
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { machine, percentile } from "./stage-engine.mjs";

const TIMES = Number(process.argv[2] ?? 15);
const WAITING = 4;
const root = path.resolve(import.meta.dirname, "..");
const main = path.join(root, "dist/cli/main.js");
const folder = mkdtempSync(path.join(tmpdir(), "wavegate-telemetry-"));
chmodSync(folder, 0o755);
const project = path.join(folder, "project");
cpSync(path.join(root, "examples/tool-library"), project, { recursive: true });
const received = path.join(folder, "received");
const fixture = path.join(root, "test/fixtures/telemetry/otlp-receiver.mjs");
const receiver = spawn(process.execPath, [fixture, received], {
  stdio: ["ignore", "pipe", "inherit"],
});
const port = await new Promise((resolve) => {
  receiver.stdout.once("data", (chunk) => resolve(chunk.toString().trim()));
});

const ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
const WAYS = {
  off: {},
  "on, receiver on loopback": { [ENDPOINT]: `http://127.0.0.1:${port}` },
  "on, nobody listens": { [ENDPOINT]: "http://127.0.0.1:9" },
};

/** How long a process took, in milliseconds. */
function time(args, { env: more = {}, code = 0 } = {}) {
  const env = { ...process.env, WAVEGATE_HOME: path.join(folder, "home"), ...more };
  delete env["WAVEGATE_DATABASE_URL"];
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], { cwd: project, env });
  const took = performance.now() - started;
  if (status !== code) throw new Error(`${args.join(" ")} ended with ${status}: ${String(stderr)}`);
  return took;
}

const plan = (env) => time(["plan", "specs/001-lend-tools", "--refresh"], { env, code: WAITING });
const times = Object.fromEntries(Object.keys(WAYS).map((way) => [way, { plan: [], help: [] }]));
plan({});
for (let index = 0; index < TIMES; index++)
  for (const [way, env] of Object.entries(WAYS)) {
    times[way].plan.push(plan(env));
    times[way].help.push(time(["--help"], { env }));
  }
time(["db", "stop"]);
receiver.kill();
const requests = readFileSync(received, "utf8").trimEnd().split("\n").length;
rmSync(folder, { recursive: true, force: true });

const row = (...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
process.stdout.write(
  `${machine}, load ${loadavg()[0].toFixed(1)}, ${requests} requests received\n\n`,
);
row("telemetry", "times", "plan p50 ms", "p95 ms", "more than off, p50", "--help p50 ms");
row("---", "---:", "---:", "---:", "---:", "---:");
const off = percentile(times.off.plan, 0.5);
for (const [way, { plan: plans, help }] of Object.entries(times)) {
  const p50 = percentile(plans, 0.5);
  const figures = [p50, percentile(plans, 0.95), p50 - off, percentile(help, 0.5)];
  row(way, plans.length, ...figures.map((value) => value.toFixed(0)));
}
