/** One project of the chaos bench: runs begun, killed about, waited for and judged. */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openApp } from "../dist/index.js";
import { killAgents, killDatabase, Killed, Notes } from "./chaos-kills.mjs";
import { keepAttached, keepWorkers, resumeHeld } from "./chaos-processes.mjs";
import { judgeProject, snapshotOf } from "./chaos-verdict.mjs";
import { makePlanRepository } from "./plan-repository.mjs";

/** Killed about for so long; then runs that are still at work are let finish. */
const CHAOS_MS = 180_000;
/** Nobody kills anything, and nothing is recorded of the run for so long: it is stuck. */
const STUCK_MS = 120_000;
const LOOK_MS = 700;

/** @returns figures, problems, and what is only for looking into things */
export async function carryOutProject(about) {
  const { root, runs, tasks, random, env, home } = about;
  const began = Date.now();
  mkdirSync(root);
  const notes = new Notes(path.join(path.dirname(root), `notes-${about.number}`));
  const plans = makePlanRepository(root, {
    plans: runs,
    tasks,
    workers: 3,
    durationMs: () => Math.round(50 + random() * 450),
    log: notes.file,
    sandbox: about.sandbox,
    // A task that was killed three times has failed: how often that happens is no question here.
    retries: 6,
  });
  const scene = { ...about, plans, notes, killed: new Killed(), began };
  const before = snapshotOf(root, plans);
  const app = watching(root, env);
  const over = new AbortController();
  const calm = new AbortController();
  if (about.calm) calm.abort();
  const world = { ...scene, ...app, over: over.signal, calm: calm.signal };
  const ids = about.attached ? await keepAttached(world) : await startDetached(world);
  const chaos = [
    ...(about.attached ? [] : [keepWorkers(world)]),
    killAgents(world),
    ...(about.database ? [killDatabase(world, home)] : []),
  ];
  const ended = await untilEnded(world, ids, calm);
  over.abort();
  await Promise.all(chaos);
  await Promise.all(world.killed.waitedFor);
  const verdict = await judgeProject({ ...world, app: app.app(), ids: ids(), ended, before });
  await app.app().close();
  verdict.figures.seconds = Math.round((Date.now() - began) / 1000);
  return verdict;
}

/** What the bench looks on with. Who looks before there is a run has a project of its own, so it is opened by the first look after that. */
function watching(root, env) {
  let opened;
  const app = () => (opened ??= openApp({ cwd: root, env }));
  const isThere = () => existsSync(path.join(root, ".wavegate/project.json"));
  const runs = async () =>
    isThere()
      ? app()
          .runs()
          .catch(() => [])
      : [];
  return { app, runs };
}

async function startDetached({ app, plans }) {
  const ids = new Map();
  for (const plan of plans) {
    const { runId } = await app().executions.start({ plans: [plan], detach: true });
    ids.set(plan, runId);
  }
  return () => ids;
}

/** Records of runs by their ids, as they stood at last. */
async function untilEnded(world, ids, calm) {
  const { plans, killed, began } = world;
  const last = new Map();
  let moved = Date.now();
  for (;;) {
    for (const { record } of await world.runs()) {
      killed.owned(record.owner);
      if (last.get(record.runId)?.updatedAt !== record.updatedAt) moved = Date.now();
      last.set(record.runId, record);
      if (record.status === "failed" && record.wait) resumeHeld(world, record);
    }
    const open = [...ids().values()].filter((id) => !isOver(last.get(id)));
    if (ids().size === plans.length && open.length === 0) return last;
    if (!calm.signal.aborted && Date.now() - began > CHAOS_MS) {
      calm.abort();
      moved = Date.now();
    }
    if (calm.signal.aborted && Date.now() - moved > STUCK_MS) return last;
    await sleep(LOOK_MS);
  }
}

const isOver = (record) =>
  record !== undefined &&
  (record.status === "completed" ||
    record.status === "canceled" ||
    (record.status === "failed" && !record.wait));
