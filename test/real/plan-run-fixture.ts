/** Runs of plans by the built command-line program, and what they say and leave. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { RunEvent } from "../../src/core/event.ts";
import type { PuppetScript, PuppetStep } from "../../src/testing/puppet-coder/puppet-coder.ts";
import type { createCliHarness } from "./cli-harness.ts";
import { noSandbox } from "./sandbox-fixture.ts";

type Harness = ReturnType<typeof createCliHarness>;

export const gitIn = (cwd: string, ...args: readonly string[]): string =>
  execFileSync("git", args, { cwd, encoding: "utf8" }).trim();

/** What a run printed with `--json`. */
export function eventsIn(stdout: string): readonly RunEvent[] {
  return stdout
    .split("\n")
    .filter((line) => line.startsWith('{"'))
    .flatMap((line) => {
      const { event }: { readonly event?: RunEvent } = JSON.parse(line);
      return event ? [event] : [];
    });
}

/** How each task stood at last, and why. */
export function standing(events: readonly RunEvent[]): ReadonlyMap<string, string> {
  const last = new Map<string, string>();
  for (const event of events)
    if (event.type === "task-advanced") {
      const { task, status, reason, question } = event;
      last.set(task, [status, reason?.kind ?? question?.kind].filter(Boolean).join(" "));
    }
  return last;
}

/** How often each task was begun and brought to its end by the puppet. */
export function countsIn(log: string): ReadonlyMap<string, number> {
  const ended = new Map<string, number>();
  if (!existsSync(log)) return ended;
  for (const line of readFileSync(log, "utf8").trim().split("\n")) {
    const { task, event }: { readonly task: string; readonly event: string } = JSON.parse(line);
    if (event === "ended") ended.set(task, (ended.get(task) ?? 0) + 1);
  }
  return ended;
}

/** A file for the puppet's notes, in a folder that agents may write to although they are in a sandbox. */
export function notesIn({ folder }: Pick<Harness, "folder">, name: string) {
  const notes = path.join(folder, `notes-${name}`);
  mkdirSync(notes, { recursive: true });
  return {
    log: path.join(notes, "log"),
    /** Lines of the configuration. */
    sandbox: ["sandbox:", `  write: [${JSON.stringify(notes)}]`],
    folder: notes,
  };
}

/** A copy of a puppet's folder whose script has no pauses: the script in it. */
export function quickPuppet(script: string, folder: string): string {
  cpSync(path.dirname(script), folder, { recursive: true });
  const { tasks }: { readonly tasks: Readonly<Record<string, readonly PuppetStep[]>> } = JSON.parse(
    readFileSync(script, "utf8"),
  );
  const quick = Object.entries(tasks).map(([task, steps]) => [
    task,
    steps.filter((step) => !("wait" in step)),
  ]);
  const file = path.join(folder, path.basename(script));
  writeFileSync(file, JSON.stringify({ tasks: Object.fromEntries(quick) }));
  return file;
}

/** A repository of so many files with a plan of one task for each part of the script, all of one phase. */
export function hostileProject(
  harness: Harness,
  {
    script,
    files,
    name = "hostile",
    agent = "",
  }: {
    readonly script: PuppetScript;
    readonly files: number;
    readonly name?: string;
    /** More of the agent's definition. */
    readonly agent?: string;
  },
): string {
  const project = path.join(harness.folder, name);
  const put = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  };
  for (let at = 0; at < files; at += 1) put(`src/file-${at}.txt`, `${at}\n`);
  const { log, sandbox } = notesIn(harness, name);
  const scriptFile = path.join(harness.folder, `${name}-script`, "script.json");
  mkdirSync(path.dirname(scriptFile), { recursive: true });
  writeFileSync(scriptFile, JSON.stringify(script));
  const tasks = Object.keys(script.tasks).map(
    (key) => `- [ ] ${key} Do the work of ${key}\n  - Creates: out/${key}.txt`,
  );
  put(
    `docs/plans/${name}.md`,
    `# Implementation Plan: ${name}\n\n## Phase 1: All\n\n${tasks.join("\n")}\n`,
  );
  const puppet = path.join(harness.built, "dist/testing/puppet-coder/program.js");
  const command = [process.execPath, puppet, "--", scriptFile, `--log=${log}`];
  put(
    "wavegate.config.yaml",
    [
      "agents:",
      `  puppet: { command: ${JSON.stringify(command)}${agent} }`,
      "execution: { agent: puppet, workers: 4, failures: continue, retries: 0, test: none, timeout: 8s, stall: 8s }",
      ...(noSandbox === undefined ? sandbox : []),
      "",
    ].join("\n"),
  );
  gitIn(project, "init", "-q", "-b", "main");
  gitIn(project, "add", "-A");
  gitIn(
    project,
    "-c",
    "user.name=U",
    "-c",
    "user.email=u@example.invalid",
    "commit",
    "-qm",
    "base",
  );
  return project;
}

/** Processes of this machine with the text on their command line. */
export const processesWith = (text: string): readonly string[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "latin1").replaceAll("\0", " ");
        return command.includes(text) ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
