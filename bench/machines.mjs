/**
 * What it costs that commits are kept for other machines: `node bench/machines.mjs [--tasks 200] [--files 500] [--batch 1] [--memory]`. One clone commits, each task a file of its
 * own on the head before, and keeps each result and each head; another one then gets the last head at once, and each result. The database is the embedded server,
 * or that of WAVEGATE_DATABASE_URL; with `--memory` there is none, so that what git takes is told apart.
 */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { createCommitStore } from "../dist/adapters/commits/create-commit-store.js";
import { createSharedStore } from "../dist/adapters/engine/shared-store.js";
import { connectDatabase, createDatabase } from "../dist/bootstrap/open-database.js";
import { createMemorySharedStore } from "../dist/testing/memory-shared-store.js";

const { values } = parseArgs({
  options: {
    tasks: { type: "string", default: "200" },
    files: { type: "string", default: "500" },
    batch: { type: "string", default: "1" },
    memory: { type: "boolean", default: false },
  },
});
const [TASKS, FILES, BATCH] = [values.tasks, values.files, values.batch].map(Number);

const folder = mkdtempSync(path.join(tmpdir(), "wavegate-bench-machines-"));
// As root the database runs as another account, which must be able to pass through.
chmodSync(folder, 0o755);
const one = path.join(folder, "one");
const gitIn = (project, args, more = {}) =>
  execFileSync("git", ["-C", project, "-c", "user.name=u", "-c", "user.email=u@l", ...args], {
    encoding: "utf8",
    ...more,
  }).trim();

function makeRepository() {
  mkdirSync(path.join(one, "src"), { recursive: true });
  gitIn(folder, ["init", "-q", "-b", "main", one]);
  for (let file = 0; file < FILES; file++)
    writeFileSync(path.join(one, "src", `${file}.txt`), `line ${file}\n`.repeat(40));
  gitIn(one, ["add", "-A"]);
  gitIn(one, ["commit", "-q", "-m", "first"]);
  gitIn(folder, ["clone", "-q", "--no-local", one, path.join(folder, "two")]);
  return gitIn(one, ["rev-parse", "HEAD"]);
}

/** A commit with one file changed. */
function commitOn(parent, task) {
  const input = `done by ${task}: ${randomUUID()}\n`.repeat(40);
  const blob = gitIn(one, ["hash-object", "-w", "--stdin"], { input });
  const env = { ...process.env, GIT_INDEX_FILE: path.join(folder, "index") };
  gitIn(one, ["read-tree", parent], { env });
  gitIn(one, ["update-index", "--cacheinfo", `100644,${blob},src/${task % FILES}.txt`], { env });
  const tree = gitIn(one, ["write-tree"], { env });
  return gitIn(one, ["commit-tree", tree, "-p", parent, "-m", `task ${task}`]);
}

async function timed(times, action) {
  const start = performance.now();
  await action();
  times.push(performance.now() - start);
}

const at = (times, share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
const told = (times) => `${at(times, 0.5).toFixed(1)} / ${at(times, 0.95).toFixed(1)} ms`;

const env = { ...process.env, WAVEGATE_HOME: path.join(folder, "home") };
/** Two connections, and how much is kept. */
async function openStores() {
  if (values.memory) {
    const store = createMemorySharedStore();
    const sizes = () => [...store.commits.values()].map(({ bytes }) => bytes);
    return { stores: [store, store], sizes: async () => sizes(), close: async () => {} };
  }
  const database = await connectDatabase({ env });
  const shared = { databaseUrl: database.url, project: randomUUID() };
  const stores = [createSharedStore(shared), createSharedStore(shared)];
  const sizes = async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const kept = "select size from wavegate.commits where project = $1";
    const { rows } = await client.query(kept, [shared.project]);
    for (const table of ["contents", "commits"])
      await client.query(`delete from wavegate.${table} where project = $1`, [shared.project]);
    await client.end();
    return rows.map(({ size }) => Number(size));
  };
  const close = async () => {
    for (const store of stores) await store.close();
    await database.close();
    await createDatabase({ env }).stop({ force: true });
  };
  return { stores, sizes, close };
}

const { stores, sizes, close } = await openStores();
const storeOf = (name, index) =>
  createCommitStore({
    project: path.join(folder, name),
    root: path.join(folder, `${name}-state`),
    store: async () => stores[index],
    remote: null,
    maxBytes: 2 ** 28,
  });
try {
  const base = makeRepository();
  const [here, there] = [storeOf("one", 0), storeOf("two", 1)];
  const times = { result: [], head: [], have: [], last: [], each: [] };
  const results = [];
  let head = base;
  let next = base;
  for (let task = 0; task < TASKS; task++) {
    const work = commitOn(head, task);
    results.push(work);
    await timed(times.have, () => here.get(work));
    await timed(times.result, () =>
      here.put({ runId: "r", commit: work, base: head, kind: "result" }),
    );
    next = commitOn(next, task);
    if ((task + 1) % BATCH > 0) continue;
    await timed(times.head, () => here.put({ runId: "r", commit: next, base: head, kind: "head" }));
    head = next;
  }
  await timed(times.last, () => there.get(head));
  for (const work of results) await timed(times.each, () => there.get(work));
  const kept = await sizes();
  const bytes = kept.reduce((sum, each) => sum + each, 0);
  console.log(`${TASKS} tasks, ${FILES} files, ${BATCH} to a batch; p50 / p95`);
  console.log(`keep a result: ${told(times.result)}`);
  console.log(`keep a head: ${told(times.head)}`);
  console.log(`see that a commit is here: ${told(times.have)}`);
  console.log(`get the last head, elsewhere: ${told(times.last)}`);
  console.log(`get a result, elsewhere: ${told(times.each)}`);
  console.log(`${kept.length} bundles, ${(bytes / TASKS / 1024).toFixed(1)} KiB for each task`);
} finally {
  await close();
  rmSync(folder, { recursive: true, force: true });
}
