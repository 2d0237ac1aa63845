/**
 * Real coding agents through a whole planning stage, offline: Claude Code, Codex, Gemini CLI, Qwen Code and opencode from npm, headless and
 * over the Agent Client Protocol, in a network namespace without routes and with an empty home, against our scripted model
 * server. `node scripts/test-agents.mjs [--usual] [--only NAMES] [--report FILE] [--keep]`. `--usual` is the part that CI runs.
 * Where it cannot be done it says so once, names what is missing, and ends with 0.
 */
import { existsSync, chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CASES, EDITS, MIXED, PLANS } from "./agents/cases.mjs";
import { cacheFolder, install, PROGRAMS } from "./agents/install-programs.mjs";
import { namespaceProblem, runInside } from "./agents/namespace.mjs";
import { run } from "./run.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const args = process.argv.slice(2);
const valueOf = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);

const only = valueOf("--only")?.split(",");
const all = [...CASES, ...EDITS, ...PLANS, MIXED];
const unknown = only?.filter((name) => !all.some((each) => each.name === name)) ?? [];
if (unknown.length > 0) {
  process.stderr.write(
    `There is no case ${unknown.join(", ")}: ${all.map(({ name }) => name).join(", ")}\n`,
  );
  process.exit(2);
}
const chosen = all.filter(({ name, usual }) =>
  only ? only.includes(name) : usual || !args.includes("--usual"),
);

const homes = mkdtempSync(path.join(tmpdir(), "wavegate-agents-"));
// PostgreSQL, which does not run as root, must find its folder.
chmodSync(homes, 0o755);

const skipped = (why) => {
  process.stdout.write(`SKIPPED test:agents: ${why}\n`);
  return 0;
};

async function main() {
  const missing = namespaceProblem(homes);
  if (missing !== undefined) return skipped(`no network namespace can be made here (${missing})`);
  const cache = cacheFolder();
  const wanted = PROGRAMS.filter(({ name }) =>
    chosen.some(({ programs }) => programs.includes(name)),
  );
  for (const program of wanted) {
    const failed = await install(program, cache);
    if (failed !== undefined)
      return skipped(`${program.package}@${program.version} cannot be installed (${failed})`);
  }
  if (!existsSync(path.join(ROOT, "dist/cli/main.js")))
    run("build", process.execPath, [path.join(ROOT, "scripts/build.mjs")]);
  const report = valueOf("--report");
  const options = {
    cache,
    cases: chosen.map(({ name }) => name),
    ...(report && { report: path.resolve(report) }),
  };
  const command = [
    process.execPath,
    path.join(ROOT, "scripts/agents/run-cases.mjs"),
    JSON.stringify(options),
  ];
  return runInside(homes, command, { PATH: process.env.PATH, LANG: "C.UTF-8" });
}

process.exitCode = await main().finally(() => {
  if (args.includes("--keep")) process.stdout.write(`homes are kept in ${homes}\n`);
  else rmSync(homes, { recursive: true, force: true });
});
