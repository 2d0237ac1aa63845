/**
 * Everything that must hold, from a clean checkout: install, quick checks, build, the tests against real PostgreSQL,
 * processes and files, the packed package in an empty folder on every Node it supports, and real coding agents offline.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installBubblewrap } from "./install-bubblewrap.mjs";
import { beside, run, tool } from "./run.mjs";
import { tryPackage } from "./try-package.mjs";

const work = mkdtempSync(path.join(tmpdir(), "wavegate-verify-"));
const report = path.join(work, "tests.json");
const output = (name) => path.join(work, `${name}.txt`);
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

installBubblewrap();
run("install", "npm", ["ci", "--no-audit", "--no-fund"]);
const types = beside("types", "node_modules/.bin/tsc", ["-p", "tsconfig.json"], output("types"));
tool("lint", "oxlint", "--type-aware", "src", "test", "bench");
tool("format", "oxfmt", "--check", ".");
tool("unused", "knip");
await types();
run("build", process.execPath, ["scripts/build.mjs"]);
tool("package contents", "publint", "--strict");
tool(
  "tests",
  "vitest",
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
);
const agents = beside(
  "real agents, offline",
  process.execPath,
  ["scripts/test-agents.mjs", "--usual"],
  output("agents"),
);
tryPackage(work);
await agents();

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
  readFileSync(report, "utf8"),
);
process.stdout.write(
  `\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`,
);
