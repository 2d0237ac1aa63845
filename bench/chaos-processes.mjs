/** The processes that execute runs in the chaos bench: workers, and commands that carry out one run each. All are killed, and begun anew. */
import { spawn } from "node:child_process";
import path from "node:path";
import { between, pause } from "./chaos-kills.mjs";

const main = path.resolve("dist/cli/main.js");
const WORKERS = 2;
/** One in four is killed within this time of its start, wherever it is then: setup, claim, takeover. */
const START_MS = [50, 4_000];
const STARTING = 0.25;
/** The others once puppets began or ended so many tasks since they are ready, and a moment later. */
const LIFE_NOTES = [3, 14];
const MOMENT_MS = [0, 1_500];

/** A process of Wavegate's, killed when its time has come, unless it ends before; how it ended. */
async function life(world, args, ready) {
  const { root, env, random, killed, over, calm } = world;
  const stdio = ["ignore", "pipe", "pipe"];
  const child = spawn(process.execPath, [main, ...args], { cwd: root, env, stdio });
  let said = "";
  const hear = (chunk) => {
    if (said.length < 2_000) said += String(chunk);
    if (ready.test(said) && !killed.ready.has(child.pid)) killed.ready.set(child.pid, Date.now());
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const gone = new AbortController();
  const exited = new Promise((resolve) => {
    child.on("exit", (code, signal) => {
      gone.abort();
      resolve({ code, signal, said });
    });
  });
  // Drawn whatever becomes of it, so that the same seed draws the same for those that come after.
  const starting = random() < STARTING;
  const [startMs, notes] = [between(random, START_MS), Math.round(between(random, LIFE_NOTES))];
  const momentMs = between(random, MOMENT_MS);
  const quiet = AbortSignal.any([over, calm, gone.signal]);
  void (async () => {
    if (starting) await pause(startMs, quiet);
    else {
      while (!killed.ready.has(child.pid) && !quiet.aborted) await pause(50, quiet);
      if (await world.notes.more(notes, quiet)) await pause(momentMs, quiet);
    }
    if (!quiet.aborted && child.kill("SIGKILL")) killed.worker(child.pid);
  })();
  const end = () => child.kill("SIGTERM");
  over.addEventListener("abort", end);
  const ended = await exited;
  over.removeEventListener("abort", end);
  if (ended.code !== 0 && ended.signal === null && !over.aborted)
    killed.exits.push(`${args.join(" ")}: ${ended.code}: ${ended.said.slice(-1_500)}`);
  return ended;
}

/** Workers of a project, begun anew when they are killed, until it is over. */
export async function keepWorkers(world) {
  const one = async () => {
    while (!world.over.aborted) await life(world, ["worker"], /Working for/);
  };
  await Promise.all(Array.from({ length: WORKERS }, one));
}

/** A run that is held because a task failed for good goes on by a person's word: by a command, which is killed as others are. */
export function resumeHeld(world, { runId, wait }) {
  const { killed } = world;
  if (world.attached || killed.resumed.get(runId) === wait.name) return;
  killed.resumed.set(runId, wait.name);
  killed.resumes += 1;
  const resume = ["resume", runId, "--json"];
  const again = () => void killed.resumed.delete(runId);
  killed.waitedFor.push(life(world, resume, /"seq"/).then(again));
}

/** A command for each plan, until its run has ended. Gives the ids of the runs by their plans, as they become known. */
export async function keepAttached(world) {
  const { plans, killed, over } = world;
  const ids = new Map();
  const look = async (plan) => {
    for (const { record } of await world.runs())
      if (record.subject === plan) {
        ids.set(plan, record.runId);
        return record;
      }
    return undefined;
  };
  const one = async (plan) => {
    while (!over.aborted) {
      const record = await look(plan);
      if (record && ["completed", "canceled"].includes(record.status)) return;
      if (record?.wait) killed.resumes += 1;
      const args = record ? ["resume", record.runId] : ["run", plan];
      const { signal } = await life(world, [...args, "--json"], /"seq"/);
      if (signal === null) await pause(500, over);
    }
  };
  killed.waitedFor.push(...plans.map(one));
  return () => ids;
}
