/** The built command line with a home of its own. */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const MAIN = path.resolve(import.meta.dirname, "../../dist/cli/main.js");
const HOMES = "/mnt";

/** A home with nothing in it, and a project. */
export function homeless(name) {
  const home = path.join(HOMES, name);
  const cwd = path.join(home, "project");
  mkdirSync(path.join(cwd, ".specify"), { recursive: true });
  return { home, cwd, env: {}, bins: [] };
}

/** Starts it; `lines` has what it printed as JSON so far, `saw` waits for one of them. */
export function startWavegate({ home, cwd, env, bins, args }) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: {
      PATH: [...bins, path.dirname(process.execPath), "/usr/bin", "/bin"].join(path.delimiter),
      HOME: home,
      LANG: "C.UTF-8",
      TERM: "dumb",
      WAVEGATE_HOME: path.join(HOMES, "wavegate"),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines = [];
  let [rest, stdout, stderr] = ["", "", ""];
  const look = new Set();
  child.stderr.on("data", (chunk) => (stderr += chunk));
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    const parts = `${rest}${chunk}`.split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line)));
    for (const each of look) each();
  });
  const done = new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, lines, stdout, stderr }));
  });
  /** The first line of which `wanted` holds; undefined when it ends before. */
  const saw = (wanted) =>
    new Promise((resolve) => {
      const check = () => {
        const found = lines.find(wanted);
        if (found) resolve(found);
      };
      look.add(check);
      void done.then(() => resolve(undefined));
      check();
    });
  return { child, done, saw };
}

export const wavegate = (options) => startWavegate(options).done;

/** Processes with this home: agents, and what they started. */
export function processesOf(home) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const env = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim();
        return env.includes(`HOME=${home}`) && command !== "" ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}
