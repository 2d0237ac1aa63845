/** A repository with plans made from graphs, what the puppet does for their tasks, and whether all of it arrived. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gitIn } from "../plan-repository.mjs";

const puppet = path.resolve(import.meta.dirname, "../../dist/testing/puppet-coder/program.js");

/** Run over every merged result: no mark of a conflict, no task's file without its line. */
const CHECK = `! grep -rq '^<<<<<<<' src && test -z "$(find src -name 'task-*.txt' -size 0)"\n`;

/**
 * @typedef {{ minutes: number, ms: number, waits: readonly number[], files: readonly number[] }} GraphTask
 *   expected minutes, what the puppet takes, numbers of the tasks that it waits for and of the shared files that it extends
 * @typedef {{ name: string, tasks: readonly GraphTask[], declares?: boolean }} GraphPlan
 *   `declares`: whether tasks say which files they write (default: yes)
 */

/**
 * Make the repository in a folder that is not there yet. Tasks of the plan with index p are `p+1.t+1`. Gives the plans' files, and the file in
 * which the puppet notes when it was at work.
 * @param {string} folder
 * @param {{ plans: readonly GraphPlan[], retries?: number }} wishes
 */
export function makeGraphRepository(folder, { plans, retries = 1 }) {
  const notes = `${folder}-notes`;
  const script = `${folder}-script.json`;
  mkdirSync(notes, { recursive: true });
  mkdirSync(path.join(folder, "docs/plans"), { recursive: true });
  const tasks = {};
  const files = plans.map((plan, number) => {
    for (const [task, { ms, files: shared }] of plan.tasks.entries())
      tasks[`${number + 1}.${task + 1}`] = [
        { wait: Math.round(ms) },
        { write: ownFile(plan, task), text: lineOf(plan, task) },
        ...shared.map((file) => ({ append: sharedFile(plan, file), text: lineOf(plan, task) })),
        { report: { summary: `Wrote ${plan.name} ${task}.` } },
      ];
    mkdirSync(path.join(folder, "src", plan.name), { recursive: true });
    for (const file of new Set(plan.tasks.flatMap((task) => task.files)))
      writeFileSync(path.join(folder, sharedFile(plan, file)), `${plan.name}\n`);
    const file = `docs/plans/${plan.name}.md`;
    writeFileSync(path.join(folder, file), planText(plan, number));
    return file;
  });
  writeFileSync(script, JSON.stringify({ tasks }));
  writeFileSync(path.join(folder, "check.sh"), CHECK);
  const log = path.join(notes, "log");
  const config = {
    agents: {
      puppet: {
        command: [process.execPath, puppet, "--", script, `--log=${log}`],
        summary: "Carries out plans by a script",
      },
    },
    execution: { agent: "puppet", test: "sh check.sh", failures: "continue", retries },
    sandbox: { write: [notes] },
  };
  writeFileSync(path.join(folder, "wavegate.config.yaml"), JSON.stringify(config, null, 2));
  gitIn(folder, "init", "-q", "-b", "main");
  gitIn(folder, "add", "-A");
  const who = ["-c", "user.name=Bench", "-c", "user.email=bench@example.invalid"];
  gitIn(folder, ...who, "commit", "-qm", "Everything");
  return { files, log };
}

const ownFile = ({ name }, task) => `src/${name}/task-${task}.txt`;
const sharedFile = ({ name }, file) => `src/${name}/shared-${file}.txt`;
const lineOf = ({ name }, task) => `${name} ${task}\n`;

function planText(plan, number) {
  const lines = [
    `# Implementation Plan: ${plan.name}`,
    "",
    `## Phase ${number + 1}: All of it`,
    "",
  ];
  for (const [task, { minutes, waits, files }] of plan.tasks.entries()) {
    const depends = waits.map((other) => `${number + 1}.${other + 1}`).join(", ");
    const after = depends === "" ? "" : ` (depends: ${depends})`;
    lines.push(
      `- [ ] ${number + 1}.${task + 1} Do number ${task} of ${plan.name}${after} [${minutes}m]`,
    );
    if (plan.declares === false) continue;
    lines.push(`  - Creates: ${ownFile(plan, task)}`);
    for (const file of files) lines.push(`  - Modifies: ${sharedFile(plan, file)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Throws unless each task landed once with all that it wrote, the tests of what landed pass, and the plan is ticked. */
export function verifyRun(folder, { runId, plan, file }) {
  const branch = `wavegate/${runId}`;
  const copy = mkdtempSync(path.join(tmpdir(), "wavegate-landed-"));
  try {
    gitIn(copy, "clone", "-q", "--shared", "--branch", branch, folder, "landed");
    const landed = path.join(copy, "landed");
    const format = "--format=%(trailers:key=Wavegate-Task,valueonly,separator=%x2C)";
    const named = gitIn(landed, "log", format, "origin/main..HEAD").trim().split("\n");
    if (named.length !== plan.tasks.length || new Set(named).size !== named.length)
      throw new Error(`${runId}: ${named.length} commits for ${plan.tasks.length} tasks`);
    for (const [task, { files }] of plan.tasks.entries()) {
      const line = lineOf(plan, task);
      const own = readFileSync(path.join(landed, ownFile(plan, task)), "utf8");
      if (own !== line) throw new Error(`${runId}: task ${task} left ${JSON.stringify(own)}`);
      for (const shared of files) {
        const text = readFileSync(path.join(landed, sharedFile(plan, shared)), "utf8");
        if (text.split(line).length !== 2)
          throw new Error(`${runId}: task ${task} is not once in shared file ${shared}`);
      }
    }
    execFileSync("sh", ["check.sh"], { cwd: landed });
    if (readFileSync(path.join(folder, file), "utf8").includes("- [ ]"))
      throw new Error(`${runId}: ${file} is not ticked`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
