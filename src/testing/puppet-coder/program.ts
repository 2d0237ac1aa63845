/**
 * A coding agent that does what a script says, task by task; `puppet-coder.ts` says what stands in a script and starts it. Types here come
 * from defaults and inference alone, which makes this file JavaScript, too, so that Node 20 can run it from source.
 */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const valueOf = (name = "") =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? "";

/** The first argument after `--`, which Node keeps to itself where the program is no file. */
const scriptFile = path.resolve(process.argv[Math.max(0, process.argv.indexOf("--")) + 1] ?? "");
const task = process.env["WAVEGATE_ROLE"] ?? "";
let answer = JSON.parse("null");

const readPrompt = async () => {
  const chunks = [Buffer.alloc(0)];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
};

/** Which attempt this is, by what the prompt says of those before. */
const attemptIn = (prompt = "") => {
  const before = [...prompt.matchAll(/Attempt (\d{1,6}) was not taken/g)].map(([, n]) => Number(n));
  return Math.max(0, ...before) + 1;
};

const say = (text = "") => process.stdout.write(`${text}\n`);

/** One line in the file of `--log`, for whoever counts and times; lines of several puppets never mix. */
const note = (event = "", attempt = 1) => {
  const born = Math.round(performance.timeOrigin);
  const line = { task, attempt, event, pid: process.pid, at: Date.now(), born };
  if (valueOf("log") !== "") fs.appendFileSync(valueOf("log"), `${JSON.stringify(line)}\n`);
};

const put = (file = "", text = "") => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

/** The file with one part of it replaced; a part that is not there once ends the puppet, as it would fail anybody. */
const swap = (file = "", find = "", text = "") => {
  const before = fs.readFileSync(file, "utf8");
  if (before.split(find).length !== 2)
    throw new Error(`puppet: ${file} does not have this once: ${find}`);
  fs.writeFileSync(
    file,
    before.replace(find, () => text),
  );
};

const git = (args = [""]) => {
  const own = ["-c", "user.name=puppet", "-c", "user.email=puppet@example.invalid"];
  const { status, stderr } = spawnSync("git", [...own, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr.trim().split("\n").at(-1) ?? ""}`);
};

const commit = (message = "work of a puppet") => {
  git(["add", "-A"]);
  git(["commit", "-q", "--allow-empty", "--no-verify", "-m", message]);
};

/** The git folder of the user, which a clone names for its objects. */
const usersGit = () => path.dirname(fs.readFileSync(".git/objects/info/alternates", "utf8").trim());

const inside = () => fs.readdirSync(".").filter((name) => name !== ".git");

/** Whatever runs git in this folder with its configuration starts a program of ours. */
const layTraps = (witness = "") => {
  const trap = path.resolve(".git/trap.sh");
  put(trap, `#!/bin/sh\necho "$0 $*" >> '${witness}'\ncat\n`);
  fs.chmodSync(trap, 0o755);
  for (const hook of ["pre-commit", "post-checkout", "post-index-change", "reference-transaction"])
    fs.copyFileSync(trap, path.join(".git/hooks", hook));
  git(["config", "core.hooksPath", path.resolve(".git/hooks")]);
  git(["config", "core.fsmonitor", trap]);
  git(["config", "filter.trap.clean", trap]);
  put(".git/info/attributes", "* filter=trap\n");
};

/** An own repository inside, with a commit; `linked`: and the clone's index says that it is a submodule. */
const nest = (name = "", linked = false) => {
  put(`${name}/inner.txt`, "inner\n");
  git(["-C", name, "init", "-q"]);
  git(["-C", name, "add", "."]);
  git(["-C", name, "commit", "-qm", "inner"]);
  if (linked) git(["add", name]);
};

/** A process of its own session that goes on writing. */
const leaveDaemon = () => {
  const program = `process.on("SIGTERM",()=>{});setInterval(()=>require("fs").appendFileSync("late.txt","late\\n"),50)`;
  spawn(process.execPath, ["-e", program], { detached: true, stdio: "ignore" }).unref();
};

const tickPlans = () => {
  for (const name of fs.readdirSync("docs/plans")) {
    const file = path.join("docs/plans", name);
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replaceAll("- [ ]", "- [x]"));
  }
};

/** What agents do that they must not, by name; `given` is the step. */
const faults = new Map(
  Object.entries({
    commit: () => commit(),
    "commit-elsewhere": () => {
      git(["checkout", "-q", "-b", "elsewhere"]);
      commit("work on another branch");
    },
    "rewrite-git": () => {
      fs.rmSync(".git", { recursive: true });
      git(["init", "-q"]);
      commit("a history of its own");
    },
    "remove-git": () => fs.rmSync(".git", { recursive: true }),
    traps: (given = JSON.parse("{}")) => layTraps(given.witness),
    push: () => {
      commit("pushed");
      git(["push", "-q", "--force", usersGit(), "HEAD:refs/heads/main", "HEAD:refs/heads/puppet"]);
    },
    "change-project": () => {
      put(path.join(usersGit(), "../puppet-was-here.txt"), "x");
      fs.appendFileSync(path.join(usersGit(), "config"), "\n[puppet]\n\twas = here\n");
    },
    "write-outside": (given = JSON.parse("{}")) => put(given.path, "x"),
    "delete-all": () => {
      for (const name of inside()) fs.rmSync(name, { recursive: true });
    },
    "tick-plans": tickPlans,
    nest: () => nest("nested"),
    submodule: () => nest("module", true),
    "link-out": () => {
      fs.symlinkSync("/etc/passwd", "passwd");
      fs.symlinkSync("../../..", "above");
    },
    "many-files": (given = JSON.parse("{}")) => {
      for (let at = 0; at < given.count; at += 1) put(`many/${at % 100}/${at}.txt`, `${at}\n`);
    },
    "big-file": (given = JSON.parse("{}")) => {
      put("big.bin");
      fs.truncateSync("big.bin", given.bytes);
    },
    daemon: leaveDaemon,
    "ignore-end": () => process.on("SIGTERM", () => {}),
  }),
);

/** A fault that the system refuses, as in a sandbox, is told, and the work goes on. */
const misbehave = (given = JSON.parse("{}")) => {
  const fault = faults.get(given.fault);
  if (fault === undefined) throw new Error(`puppet: unknown fault ${given.fault}`);
  try {
    fault(given);
    say(`puppet: ${given.fault} was done`);
  } catch (error) {
    say(`puppet: ${given.fault} was held: ${error instanceof Error ? error.message : ""}`);
  }
};

const runProgram = (command = [""], anyway = false) => {
  const [program = "", ...args] = command;
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (error) throw error;
  if (status !== 0 && !anyway) process.exit(status ?? 1);
};

const steps = new Map(
  Object.entries({
    write: (step = JSON.parse("{}")) => put(step.write, step.text),
    append: (step = JSON.parse("{}")) => fs.appendFileSync(step.append, step.text),
    replace: (step = JSON.parse("{}")) => swap(step.replace, step.find, step.text),
    after: (step = JSON.parse("{}")) => swap(step.after, step.find, `${step.find}${step.text}`),
    delete: (step = JSON.parse("{}")) => fs.rmSync(step.delete, { recursive: true }),
    move: (step = JSON.parse("{}")) => fs.renameSync(step.move, step.to),
    link: (step = JSON.parse("{}")) => fs.symlinkSync(step.to, step.link),
    executable: (step = JSON.parse("{}")) => fs.chmodSync(step.executable, 0o755),
    tree: (step = JSON.parse("{}")) =>
      fs.cpSync(path.resolve(scriptFile, "..", step.tree), ".", { recursive: true }),
    run: (step = JSON.parse("{}")) => runProgram(step.run, step.anyway),
    print: (step = JSON.parse("{}")) => say(step.print),
    report: (step = JSON.parse("{}")) => (answer = { task_report: step.report }),
    answer: (step = JSON.parse("{}")) => (answer = step.answer),
    wait: (step = JSON.parse("{}")) => wait(step.wait),
    exit: (step = JSON.parse("{}")) => process.exit(step.exit),
    kill: (step = JSON.parse("{}")) => process.kill(process.pid, step.kill),
    hang: () => wait(2 ** 31 - 1),
    fault: misbehave,
  }),
);

/** What the script has for this task and attempt; undefined where it has nothing. */
const partFor = (script = JSON.parse("{}"), attempt = 1) => {
  const parts = new Map(Object.entries(script.tasks ?? {}));
  const part = JSON.parse(JSON.stringify(parts.get(task) ?? script.otherwise ?? null));
  return Array.isArray(part) ? part : (part?.attempts?.[attempt - 1] ?? part?.attempts?.at(-1));
};

process.stdout.on("error", () => {});
const attempt = attemptIn(await readPrompt());
note("started", attempt);
const part = partFor(JSON.parse(fs.readFileSync(scriptFile, "utf8")), attempt);
if (part === undefined) {
  process.stderr.write(`puppet: the script has no part for task ${task}\n`);
  process.exit(3);
}
for (const step of part) {
  const name = Object.keys(step)[0] ?? "";
  const act = steps.get(name);
  if (act === undefined) throw new Error(`puppet: unknown step ${name}`);
  await act(step);
}
note("ended", attempt);
if (answer !== null) say(JSON.stringify(answer));
