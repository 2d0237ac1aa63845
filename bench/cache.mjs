/**
 * What the cache of answers saves: `wavegate plan` on the shipped example, the first time, again, and after changes, with
 * the built-in agent and with a program whose every answer takes a second. Argument: times of the second run (5).
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { goodAnswer, SMALL_SPEC } from "../dist/testing/small-planning.js";
import { machine, percentile, ROLES } from "./stage-engine.mjs";

const AGAIN = Number(process.argv[2] ?? 5);
const WAITING = 4;
const root = path.resolve(import.meta.dirname, "..");
const main = path.join(root, "dist/cli/main.js");
const folder = mkdtempSync(path.join(tmpdir(), "wavegate-cache-"));
// As root the database runs as another account, which must be able to pass through.
chmodSync(folder, 0o755);
const project = path.join(folder, "project");
cpSync(path.join(root, "examples/tool-library"), project, { recursive: true });
const env = { ...process.env, WAVEGATE_HOME: path.join(folder, "home") };
delete env["WAVEGATE_DATABASE_URL"];

const config = path.join(project, "wavegate.config.yaml");
const answers = Object.fromEntries(ROLES.map((role) => [role, goodAnswer({ role })]));
writeFileSync(
  path.join(folder, "slow.mjs"),
  `const role = process.env.WAVEGATE_ROLE;
if (role) await new Promise((resolve) => setTimeout(resolve, 1_000));
console.log(role ? JSON.stringify(${JSON.stringify(answers)}[role]) : "1.0");
`,
);
const agents = `agents:\n  slow: { command: [node, ${JSON.stringify(path.join(folder, "slow.mjs"))}] }\n`;
const withAgents = (more = "") => writeFileSync(config, `${agents}${more}`);

function wavegate(args, code) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: project,
    env,
    encoding: "utf8",
  });
  const ms = performance.now() - started;
  if (status !== code) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return { ms, stdout };
}

/** The example for the analysts; for a program whose answers are fixed the spec that they fit. */
const SPECS = { builtin: "specs/001-lend-tools", slow: "specs/small" };
mkdirSync(path.join(project, SPECS.slow));
writeFileSync(path.join(project, SPECS.slow, "spec.md"), SMALL_SPEC);

/** Plan, and which roles were asked. */
function plan(agent, ...flags) {
  const { ms, stdout } = wavegate(["plan", SPECS[agent], "--agent", agent, ...flags], WAITING);
  const [, run] = /wavegate approve (\S+)/.exec(stdout) ?? [];
  const { calls } = JSON.parse(wavegate(["show", run, "--json"], 0).stdout);
  const asked = calls.filter(({ cache }) => cache?.outcome !== "hit").map(({ role }) => role);
  return { ms, total: calls.length, asked };
}

const row = (...cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
process.stdout.write(`${machine}, load ${loadavg()[0].toFixed(1)}\n\n`);
row("agent", "run", "wall", "calls asked / all", "which");
row("---", "---", "---:", "---:", "---");
const report = (agent, what, { ms, total, asked }) =>
  row(
    agent,
    what,
    `${(ms / 1_000).toFixed(2)} s`,
    `${asked.length} / ${total}`,
    asked.length === total ? "all" : asked.join(", ") || "–",
  );

withAgents();
wavegate(["db", "start"], 0);
for (const agent of ["builtin", "slow"]) {
  const spec = path.join(project, SPECS[agent], "spec.md");
  const original = readFileSync(spec, "utf8");
  plan(agent, "--refresh");
  report(agent, "everything asked (--refresh)", plan(agent, "--refresh"));
  const again = Array.from({ length: AGAIN }, () => plan(agent));
  const ms = percentile(
    again.map((one) => one.ms),
    0.5,
  );
  const asked = again.flatMap((one) => one.asked);
  report(agent, `the same again, p50 of ${AGAIN}`, { ...again[0], ms, asked });
  const requirement = /^- \*\*FR-001\*\*: .*$/m.exec(original)?.[0] ?? "";
  writeFileSync(spec, original.replace(requirement, `${requirement} Always.`));
  report(agent, "one requirement changed", plan(agent));
  writeFileSync(spec, original);
  report(agent, "changed back", plan(agent));
  withAgents('stages: { planning: { roles: { risk: { prompt: "Assess the risks." } } } }\n');
  report(agent, "prompt of one role changed", plan(agent));
  withAgents();
}
wavegate(["db", "stop"], 0);
rmSync(folder, { recursive: true, force: true });
