/** What the chaos bench kills, when, and what it knows of it afterwards. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The server is killed so long after it was up (again): the only kill that goes by the clock. */
const DATABASE_MS = [5_000, 10_000];
/** An agent is killed each time that puppets began or ended so many tasks, a moment later. */
const AGENT_NOTES = [3, 9];
const AGENT_MS = [0, 400];
const LOOK_MS = 100;

export const between = (random, [from, to]) => from + random() * (to - from);

/** What puppets wrote down: a line when one begins, and one when it ends. How many there are is how far the project is. */
export class Notes {
  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.file = path.join(folder, "log");
  }

  get count() {
    if (!existsSync(this.file)) return 0;
    if (this.size !== statSync(this.file).size) {
      const text = readFileSync(this.file, "utf8");
      this.size = text.length;
      this.lines = text.split("\n").length - 1;
    }
    return this.lines;
  }

  /** Resolves once there are so many more, or false when the signal aborts. */
  async more(count, signal) {
    const until = this.count + count;
    while (!signal.aborted && this.count < until) await sleep(LOOK_MS);
    return !signal.aborted;
  }
}

/** Who was killed when. */
export class Killed {
  workers = 0;
  starting = 0;
  agents = 0;
  database = 0;
  resumes = 0;
  /** By process: when it was killed; when it was ready; by worker's id its process. */
  at = new Map();
  ready = new Map();
  pids = new Map();
  /** How long the server was away each time, in milliseconds. */
  away = [];
  /** Processes that ended by themselves with a failure. */
  exits = [];
  /** Runs that are being resumed, and processes that do it. */
  resumed = new Map();
  waitedFor = [];

  owned(owner) {
    if (owner) this.pids.set(owner.workerId, owner.pid);
  }

  worker(pid) {
    this.workers += 1;
    if (!this.ready.has(pid)) this.starting += 1;
    this.at.set(pid, Date.now());
  }
}

export const kill = (pid) => {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch {
    return false;
  }
};

/** Ids of the processes of this project's agents, and of what wraps them. */
export function agentsIn(root) {
  const found = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (words.includes(`${root}-script.json`)) found.push(Number(pid));
    } catch {
      // It has ended.
    }
  }
  return found;
}

/** Sleeps, or less when a signal aborts. */
export const pause = (ms, ...signals) =>
  sleep(ms, undefined, { signal: AbortSignal.any(signals) }).catch(() => {});

export async function killAgents({ root, notes, random, killed, over, calm }) {
  const quiet = AbortSignal.any([over, calm]);
  while (await notes.more(Math.round(between(random, AGENT_NOTES)), quiet)) {
    await pause(between(random, AGENT_MS), quiet);
    const agents = agentsIn(root);
    const agent = agents[Math.floor(random() * agents.length)];
    if (!quiet.aborted && agent && kill(agent)) killed.agents += 1;
  }
}

/** The server that takes connections; its file has its number, and `ready` where it does. */
function serverIn(home) {
  for (const name of existsSync(home) ? readdirSync(home) : []) {
    const lines = textOf(path.join(home, name, "data/postmaster.pid")).split("\n");
    if (lines[7]?.trim() === "ready") return Number(lines[0]);
  }
  return undefined;
}

/** A server that comes up or goes down takes it away at any moment. */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** The server's own process; it takes its others along. */
export async function killDatabase({ random, killed, over, calm }, home) {
  const quiet = AbortSignal.any([over, calm]);
  let gone;
  let since = 0;
  while (!quiet.aborted) {
    const pid = serverIn(home);
    if (pid === undefined || pid === gone) {
      await pause(50, over);
      continue;
    }
    if (since > 0) killed.away.push(Date.now() - since);
    since = 0;
    await pause(between(random, DATABASE_MS), quiet);
    if (quiet.aborted || !kill(pid)) continue;
    killed.database += 1;
    gone = pid;
    since = Date.now();
  }
}
