/**
 * Set everything up and plan the shipped example: no key, no server, no configuration. Works in a copy of the example,
 * `demo/`, so that approving writes nothing into the example itself. What was approved there stays: planning again
 * shows at the gate what would change.
 */
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { run } from "./run.mjs";

const root = path.resolve(import.meta.dirname, "..");
const demo = path.join(root, "demo");
const main = path.join(root, "dist/cli/main.js");

if (!existsSync(path.join(root, "node_modules/.package-lock.json")))
  run("install", "npm", ["ci", "--no-audit", "--no-fund"], { cwd: root });
run("build", process.execPath, ["scripts/build.mjs"], { cwd: root });

if (!existsSync(demo)) cpSync(path.join(root, "examples/tool-library"), demo, { recursive: true });

const WAITING = 4;
const { code } = run(
  "wavegate plan specs/001-lend-tools",
  process.execPath,
  [main, "plan", "specs/001-lend-tools"],
  {
    cwd: demo,
    allow: [0, WAITING],
  },
);
if (code === WAITING)
  process.stdout.write(
    `\nThe run waits for you. In the folder demo/, \`npx wavegate\` is this build.\n`,
  );
