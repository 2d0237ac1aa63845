/**
 * Everything that must hold, from a clean checkout: install, quick checks, build, the tests against real PostgreSQL,
 * processes and files, the packed package in an empty folder on every Node it supports, and real coding agents offline.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installBubblewrap } from "./install-bubblewrap.mjs";
import { run, tool } from "./run.mjs";
import { tryPackage } from "./try-package.mjs";

const work = mkdtempSync(path.join(tmpdir(), "wavegate-verify-"));
const report = path.join(work, "tests.json");
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

installBubblewrap();
run("install", "npm", ["ci", "--no-audit", "--no-fund"]);
tool("types", "tsc", "-p", "tsconfig.json");
tool("lint", "oxlint", "--type-aware", "src", "test", "bench");
tool("format", "oxfmt", "--check", ".");
tool("unused", "knip");
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
tryPackage(work);
run("real agents, offline", process.execPath, ["scripts/test-agents.mjs", "--usual"]);

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
  readFileSync(report, "utf8"),
);
process.stdout.write(
  `\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`,
);
