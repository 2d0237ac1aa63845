/** A repository with a plan, its puppet and runs of the built program on it; and what must hold of it whatever happened. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { stopEmbeddedPostgres } from "../../dist/adapters/postgres/stop-embedded-postgres.js";
import { gitIn } from "../plan-repository.mjs";

const MAIN = path.resolve(import.meta.dirname, "../../dist/cli/main.js");
const PUPPET = path.resolve(import.meta.dirname, "../../dist/testing/puppet-coder/program.js");
export const PLAN = "docs/plans/work.md";
/** What of the user's files the run itself writes. */
const OF_PLANS = new Set(["/docs/plans", "/docs/plan-outputs", "/.wavegate"]);
const OWN = ["HEAD", "index", "config", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD", "hooks", "info"];

/** One digest of the working tree, index, HEAD, configuration, hooks and refs but ours. */
export function digestOf(project) {
  const hash = createHash("sha256");
  const add = (file, name) => {
    const about = lstatSync(file, { throwIfNoEntry: false });
    if (!about || OF_PLANS.has(name)) return;
    hash.update(`${name}\0${about.mode}\0`);
    if (about.isSymbolicLink()) hash.update(readlinkSync(file));
    else if (about.isFile()) hash.update(readFileSync(file));
    else if (about.isDirectory())
      for (const entry of readdirSync(file).toSorted())
        if (name !== "" || entry !== ".git") add(path.join(file, entry), `${name}/${entry}`);
  };
  add(project, "");
  const gitFolder = path.resolve(project, gitIn(project, "rev-parse", "--git-dir").trim());
  for (const name of OWN) add(path.join(gitFolder, name), `.git/${name}`);
  const refs = gitIn(project, "for-each-ref", "--format=%(refname) %(objectname)").split("\n");
  hash.update(refs.filter((line) => !/^refs\/(?:heads\/)?wavegate\//.test(line)).join("\n"));
  return hash.digest("hex");
}

export const put = (root, files) => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
};

export const commit = (root, message = "more") => {
  gitIn(root, "add", "-A");
  const who = ["-c", "user.name=User", "-c", "user.email=user@example.invalid"];
  gitIn(root, ...who, "commit", "-qm", message);
};

/** A task as `[words of its line, steps of the puppet, lines below]`. */
const planOf = (tasks) =>
  [
    "# Implementation Plan: Work",
    "",
    "## Phase 1: All",
    "",
    ...Object.entries(tasks).flatMap(([key, { words = `Do ${key}`, lines = [] }]) => [
      `- [ ] ${key} ${words} [10m]`,
      ...lines.map((line) => `  - ${line}`),
    ]),
    "",
  ].join("\n");

/** Writes one file of its own. */
export const own = (key, { wait = 200, more = [], words } = {}) => ({
  ...(words && { words }),
  lines: [`Creates: out/${key}.txt`],
  steps: [{ wait }, { append: `out/${key}.txt`, text: `${key}\n` }, ...more],
});

export const tasksOf = (count, options) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`1.${index + 1}`, own(`1.${index + 1}`, options)]),
  );

const processesWith = (text) =>
  readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(text);
    } catch {
      return false;
    }
  });

export function createWorlds(folder) {
  const home = path.join(folder, "home");
  const env = { ...process.env, WAVEGATE_HOME: home, NO_COLOR: "1" };
  return { env, open: (name) => openWorld({ folder, name, env, home }) };
}

function openWorld({ folder, name, env, home }) {
  const root = path.join(folder, name);
  const script = path.join(folder, `${name}-script.json`);
  const found = [];
  const closing = [];
  let before;
  const world = {
    root,
    home,
    script,
    folder,
    /** The project's folder, where it is not the repository's. */
    cwd: root,
    env,
    git: (...args) => gitIn(world.root, ...args).trim(),
    expect: (ok, problem) => void (ok || found.push(problem)),
    onClose: (action) => closing.push(action),
    /** Make the repository; `tasks` by key. */
    make(tasks, { execution = {}, files = {}, config = {} } = {}) {
      const parts = Object.entries(tasks).map(([key, { steps }]) => [key, steps]);
      writeFileSync(script, JSON.stringify({ tasks: Object.fromEntries(parts) }));
      const settings = {
        agents: { puppet: { command: [process.execPath, PUPPET, "--", script] } },
        execution: {
          agent: "puppet",
          workers: 4,
          failures: "continue",
          test: "none",
          ...execution,
        },
        ...config,
      };
      put(root, {
        [PLAN]: planOf(tasks),
        "wavegate.config.yaml": JSON.stringify(settings, null, 2),
        "src/a.txt": "a\n",
        "out/.keep": "",
        ...files,
      });
      gitIn(root, "init", "-q", "-b", "main");
      gitIn(root, "config", "user.name", "User");
      gitIn(root, "config", "user.email", "user@example.invalid");
      commit(root, "base");
      before = digestOf(root);
    },
    /** What the user has from now on must stay as it is. */
    keep: () => void (before = digestOf(world.root)),
    digest: () => digestOf(world.root),
    /** A database and a folder of clones that no other row has. */
    ownHome() {
      world.home = path.join(folder, `${name}-home`);
      world.env = { ...env, WAVEGATE_HOME: world.home };
      closing.push(() => stopEmbeddedPostgres({ env: world.env, force: true }));
    },
    /** Another working tree takes the place of the first. */
    moveTo(other) {
      world.root = other;
      world.cwd = other;
    },
    open: (other) => openWorld({ folder, name: other, env, home }),
    plan: () => readFileSync(path.join(world.root, PLAN), "utf8"),
    start: (args, more = {}) => startProgram(args, { cwd: world.cwd, env: world.env, ...more }),
    run: (args, more = {}) => startProgram(args, { cwd: world.cwd, env: world.env, ...more }).done,
    carryOut: async (...args) => runIn(await world.run(["run", PLAN, "--json", ...args])),
    goOn: async (run, ...args) => runIn(await world.run(["resume", run, "--json", ...args])),
    show: (branch, file) => {
      try {
        return gitIn(world.root, "show", `${branch}:${file}`);
      } catch {
        return undefined;
      }
    },
    /** That every task is done, once, and said to be in the plan. */
    allDone(run, keys, branch = `wavegate/${run}`) {
      for (const key of keys) {
        const text = world.show(branch, `out/${key}.txt`);
        world.expect(text === `${key}\n`, `${key} left ${JSON.stringify(text)}`);
      }
      const trailers = world
        .git("log", "--format=%(trailers:key=Wavegate-Task,valueonly,separator=%x2C)", branch)
        .split("\n")
        .filter((line) => line !== "");
      world.expect(new Set(trailers).size === trailers.length, `landed twice: ${trailers.join()}`);
      world.expect(!world.plan().includes("- [ ]"), `not all is ticked: ${world.plan()}`);
    },
    agents: () => processesWith(script).length,
    problems() {
      if (before !== undefined)
        world.expect(
          digestOf(world.root) === before,
          "the user's tree, index, HEAD or refs changed",
        );
      world.expect(processesWith(script).length === 0, "agents are left");
      return found;
    },
    async close() {
      for (const action of closing.toReversed()) await action();
    },
  };
  mkdirSync(root, { recursive: true });
  return world;
}

function startProgram(args, { cwd, env, under = [] }) {
  const [program, ...words] = [...under, process.execPath, MAIN, ...args];
  const child = spawn(program, words, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (text.stdout += chunk));
  child.stderr.on("data", (chunk) => (text.stderr += chunk));
  const done = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, ...text }));
  });
  const heard = (wanted) =>
    new Promise((resolve, reject) => {
      const look = () => text.stdout.includes(wanted) && resolve();
      child.stdout.on("data", look);
      child.on("close", () => reject(new Error(`ended without ${wanted}: ${text.stderr}`)));
      look();
    });
  return { child, done, heard, text };
}

/** What a run with `--json` was, and how its tasks stood at last. */
export function runIn({ code, signal, stdout, stderr }) {
  const events = stdout
    .split("\n")
    .filter((line) => line.startsWith('{"'))
    .flatMap((line) => JSON.parse(line).event ?? []);
  const [, run = ""] = /"runId":"([^"]+)"/.exec(stdout) ?? [];
  const states = new Map();
  for (const event of events)
    if (event.type === "task-advanced") {
      const why = event.reason?.kind ?? event.question?.kind ?? "";
      states.set(event.task, `${event.status} ${why}`.trim());
    }
  const attempts = events.filter(({ event }) => event === "started").length;
  return { code, signal, stdout, stderr, events, run, states, attempts };
}

/** What of a message a person needs: its code, and what to do. */
export const saidIn = ({ stderr, stdout }) =>
  /(?:error )?([A-Z]+_[A-Z_]+)[^\n]*/.exec(`${stderr}\n${stdout}`)?.[1] ?? "no code";

export const countOf = (states) => {
  const counts = new Map();
  for (const state of states.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
};
