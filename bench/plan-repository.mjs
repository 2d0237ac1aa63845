/** A made-up repository with plans, and what the puppet does for their tasks: what benches of the executor run. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const main = path.resolve(import.meta.dirname, "../dist/testing/puppet-coder/program.js");

/**
 * Make the repository in a folder that is not there yet: `plans` plans of `tasks` tasks each. Every task makes a file of its own and puts
 * a line into it that no other puts anywhere; every third extends a file that others of its plan extend, too. `durationMs` says how long
 * the puppet waits, by plan and task from 0.
 * @param {string} folder
 * @param {{ plans: number, tasks: number, workers: number, durationMs: (plan: number, task: number) => number, test?: string }} wishes
 * @returns names of the plans' files, relative to the folder
 */
export function makePlanRepository(folder, { plans, tasks, workers, durationMs, test }) {
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
      const own = `src/${name}/task-${task}.txt`;
      const shares = task % 3 === 2;
      // A tree: each waits for the one at half its number.
      const waits = task < 2 ? "" : ` (depends: ${plan + 1}.${Math.floor(task / 2) + 1})`;
      lines.push(`- [ ] ${id} Write ${name} ${task}${waits} [10m]`, `  - Creates: ${own}`);
      if (shares) lines.push(`  - Modifies: src/${name}/shared.txt`);
      const line = `${name} ${task}\n`;
      const steps = [
        { wait: durationMs(plan, task) },
        { append: own, text: line },
        ...(shares ? [{ append: `src/${name}/shared.txt`, text: line }] : []),
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
    writeFileSync(path.join(folder, "src", name, "shared.txt"), "");
  }
  const scriptFile = path.join(path.dirname(folder), `${path.basename(folder)}-script.json`);
  writeFileSync(scriptFile, JSON.stringify(script));
  const words = [process.execPath, main, "--", scriptFile];
  const config = {
    agents: { puppet: { command: words, summary: "Carries out plans by a script" } },
    execution: { agent: "puppet", workers, test: test ?? "none" },
  };
  writeFileSync(path.join(folder, "wavegate.config.yaml"), JSON.stringify(config, null, 2));
  gitIn(folder, "init", "-q", "-b", "main");
  gitIn(folder, "add", "-A");
  const who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.invalid"];
  gitIn(folder, ...who, "commit", "-qm", "Everything");
  return files;
}

/** What git says, in a folder. */
export const gitIn = (folder, ...args) =>
  execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
