/** A made-up repository with plans, and what the puppet does for their tasks: what benches of the executor run. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const main = path.resolve(import.meta.dirname, "../dist/testing/puppet-coder/program.js");

/**
 * Make the repository in a folder that is not there yet: `plans` plans of `tasks` tasks each. Every task makes a file of its own and puts
 * a line into it that no other puts anywhere; every third extends a file that others of its plan extend, too. `durationMs` says how long
 * the puppet waits, by plan and task from 0; it notes in the file `log` when it begins and ends.
 * @param {string} folder
 * @param {{ plans: number, tasks: number, workers: number, durationMs: (plan: number, task: number) => number, test?: string, log?: string, sandbox?: boolean, retries?: number }} wishes
 * @returns names of the plans' files, relative to the folder
 */
export function makePlanRepository(folder, wishes) {
  const { plans, tasks, durationMs } = wishes;
  mkdirSync(path.join(folder, "docs/plans"), { recursive: true });
  const script = { tasks: {} };
  const files = [];
  for (let plan = 0; plan < plans; plan++) {
    const name = `part-${plan}`;
    const lines = [
      `# Implementation Plan: Part ${plan}`,
      "",
      `## Phase ${plan + 1}: All of it`,
      "",
    ];
    for (let task = 0; task < tasks; task++) {
      const id = `${plan + 1}.${task + 1}`;
      const own = ownFile(plan, task);
      const shares = isShared(task);
      // A tree: each waits for the one at half its number.
      const waits = task < 2 ? "" : ` (depends: ${plan + 1}.${Math.floor(task / 2) + 1})`;
      lines.push(`- [ ] ${id} Write ${name} ${task}${waits} [10m]`, `  - Creates: ${own}`);
      if (shares) lines.push(`  - Modifies: ${sharedFile(plan)}`);
      const line = lineOf(plan, task);
      const steps = [
        { print: `At work on ${id}.` },
        { wait: durationMs(plan, task) },
        { append: own, text: line },
        ...(shares ? [{ append: sharedFile(plan), text: line }] : []),
        { report: { summary: `Wrote ${name} ${task}.` } },
      ];
      // Carried out alone, and together with others.
      script.tasks[id] = steps;
      script.tasks[`${name}:${id}`] = steps;
    }
    const file = `docs/plans/${name}.md`;
    files.push(file);
    writeFileSync(path.join(folder, file), `${lines.join("\n")}\n`);
    mkdirSync(path.join(folder, "src", name), { recursive: true });
    writeFileSync(path.join(folder, sharedFile(plan)), "");
  }
  const scriptFile = path.join(path.dirname(folder), `${path.basename(folder)}-script.json`);
  writeFileSync(scriptFile, JSON.stringify(script));
  const config = configOf(scriptFile, wishes);
  writeFileSync(path.join(folder, "wavegate.config.yaml"), JSON.stringify(config, null, 2));
  gitIn(folder, "init", "-q", "-b", "main");
  gitIn(folder, "add", "-A");
  const who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.invalid"];
  gitIn(folder, ...who, "commit", "-qm", "Everything");
  return files;
}

function configOf(scriptFile, { workers, test, log, sandbox, retries }) {
  const words = [process.execPath, main, "--", scriptFile, ...(log ? [`--log=${log}`] : [])];
  return {
    agents: { puppet: { command: words, summary: "Carries out plans by a script" } },
    execution: {
      agent: "puppet",
      workers,
      test: test ?? "none",
      ...(retries !== undefined && { retries }),
    },
    ...(sandbox === false && { sandbox: { mode: "off" } }),
    ...(sandbox && log && { sandbox: { write: [path.dirname(log)] } }),
  };
}

const ownFile = (plan, task) => `src/part-${plan}/task-${task}.txt`;
const sharedFile = (plan) => `src/part-${plan}/shared.txt`;
const lineOf = (plan, task) => `part-${plan} ${task}\n`;
const isShared = (task) => task % 3 === 2;

/** By file, the lines that it has when all tasks of a plan are done, each once. */
export function linesOf(plan, tasks) {
  const all = Array.from({ length: tasks }, (_, task) => task);
  const own = all.map((task) => [ownFile(plan, task), [lineOf(plan, task)]]);
  const shared = all.filter(isShared).map((task) => lineOf(plan, task));
  return new Map([...own, [sharedFile(plan), shared]]);
}

/** What git says, in a folder. */
export const gitIn = (folder, ...args) =>
  execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
