/**
 * What landing in batches is worth: `node bench/landing.mjs [--results 32] [--test-ms 500] [--files 500] [--bad 0,1,2,4]`. A real repository, real clones, real
 * commands: `results` tasks that each changed a file of their own wait for landing at once, none, one, two or four of them bad. Once they land as
 * one batch (`workflows/land-batch.ts`), once one after the other, each merged and tested by itself, as a queue without batches does.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { createRedactor } from "../dist/adapters/artifacts/redactor.js";
import { createLanding } from "../dist/adapters/landing/create-landing.js";
import { createVerifier } from "../dist/adapters/verifier/create-verifier.js";
import { createWorkspaces } from "../dist/adapters/workspace/create-workspaces.js";
import { createMemoryEngine } from "../dist/testing/memory-engine.js";
import { createLandBatch } from "../dist/workflows/land-batch.js";

const { values } = parseArgs({
  options: {
    results: { type: "string", default: "32" },
    "test-ms": { type: "string", default: "500" },
    files: { type: "string", default: "500" },
    bad: { type: "string", default: "0,1,2,4" },
  },
});
const RESULTS = Number(values.results);
const TEST_MS = Number(values["test-ms"]);
const FILES = Number(values.files);

const folder = mkdtempSync(path.join(tmpdir(), "wavegate-bench-landing-"));
const project = path.join(folder, "project");
const git = (...args) =>
  execFileSync("git", ["-C", project, "-c", "user.name=u", "-c", "user.email=u@l", ...args], {
    encoding: "utf8",
  }).trim();

function makeRepository() {
  mkdirSync(path.join(project, "src"), { recursive: true });
  execFileSync("git", ["init", "-q", "-b", "main", project]);
  for (let file = 0; file < FILES; file++)
    writeFileSync(path.join(project, "src", `${file}.txt`), `line ${file}\n`.repeat(40));
  writeFileSync(path.join(project, "check.sh"), `sleep ${TEST_MS / 1000}; ! grep -rqx bad src\n`);
  git("add", "-A");
  git("commit", "-q", "-m", "first");
  return git("rev-parse", "HEAD");
}

/** Spread over the batch. */
const isBad = (index, bad) => bad > 0 && index % Math.ceil(RESULTS / bad) === 3;

function makeItems(base, bad) {
  return Array.from({ length: RESULTS }, (_, index) => {
    const blob = execFileSync("git", ["-C", project, "hash-object", "-w", "--stdin"], {
      input: isBad(index, bad) ? "bad\n" : `done by ${index}\n`,
      encoding: "utf8",
    }).trim();
    const env = { ...process.env, GIT_INDEX_FILE: path.join(folder, "index") };
    const inIndex = (...args) =>
      execFileSync("git", ["-C", project, ...args], { env, encoding: "utf8" }).trim();
    inIndex("read-tree", base);
    inIndex("update-index", "--cacheinfo", `100644,${blob},src/${index}.txt`);
    const commit = git("commit-tree", inIndex("write-tree"), "-p", base, "-m", "work");
    return {
      task: String(index),
      title: `Task ${index}`,
      attempt: 1,
      commit,
      base,
      shown: [],
      verified: [],
    };
  });
}

const root = path.join(folder, "state");
const redactor = createRedactor({ env: {} });
const ports = {
  landing: createLanding({ project, root }),
  workspaces: createWorkspaces({ project, root, env: process.env }),
  verifier: createVerifier({ env: process.env, makeFilter: () => redactor.stream() }),
  artifacts: {
    async runFolder(runId, name) {
      const made = path.join(folder, "runs", runId, name);
      mkdirSync(made, { recursive: true });
      return made;
    },
  },
  clock: { now: () => Date.now() },
};

let runs = 0;
/** Lands in batches of a size; gives seconds, runs of the tests, and what landed. */
async function land(base, items, size) {
  const runId = `run-${++runs}`;
  const begun = await ports.landing.begin({ runId, base, target: null });
  if (!begun.ok) throw begun.error;
  let [head, branches] = [base, begun.value];
  let [tests, landed, failed] = [0, 0, 0];
  const startedAt = performance.now();
  for (let at = 0; at < items.length; at += size) {
    const engine = createMemoryEngine();
    engine.register(createLandBatch({ ...ports }));
    const input = {
      batch: at + 1,
      head,
      branches,
      items: items.slice(at, at + size),
      test: { command: "sh check.sh", timeoutMs: 60_000 },
    };
    // The run's own id: its head is kept by it.
    await engine.start({ runId, workflow: "land-batch", subject: "", input, where: "here" });
    const { output, status, error } = await engine.settled(runId);
    if (status !== "completed") throw new Error(error);
    ({ head, branches } = output);
    tests += output.tests;
    landed += output.landed.length;
    failed += output.failed.length;
  }
  return { seconds: (performance.now() - startedAt) / 1000, tests, landed, failed };
}

try {
  const base = makeRepository();
  console.log(`${RESULTS} results, tests of ${TEST_MS} ms, ${FILES} files`);
  console.log("| bad | batch: tests | s | one by one: tests | s | faster |");
  console.log("|---:|---:|---:|---:|---:|---:|");
  for (const bad of values.bad.split(",").map(Number)) {
    const items = makeItems(base, bad);
    const batch = await land(base, items, RESULTS);
    const single = await land(base, items, 1);
    for (const one of [batch, single])
      if (one.landed !== RESULTS - bad || one.failed !== bad) throw new Error(JSON.stringify(one));
    const figures = [batch, single].map(({ tests, seconds }) => `${tests} | ${seconds.toFixed(1)}`);
    const faster = (single.seconds / batch.seconds).toFixed(1);
    console.log(`| ${bad} | ${figures.join(" | ")} | ${faster} × |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
