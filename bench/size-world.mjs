/** A plan of any size, and a world in which carrying it out takes no time: what `execution-size.mjs` runs. */
import { createHash } from "node:crypto";
import { createMarkPlans, createTakePlans } from "../dist/app/execution/take-plans.js";
import { createWriteFindings } from "../dist/app/execution/write-task-findings.js";
import { createMemoryFiles } from "../dist/testing/memory-files.js";
import { createMemoryPlanFiles } from "../dist/testing/memory-plan-files.js";

export const FILE = "docs/plans/size.md";
const clock = { now: () => Date.now() };
const sha = (text) => createHash("sha256").update(text).digest("hex");

function planText(size) {
  const lines = ["# Implementation Plan: Size", ""];
  for (let at = 0; at < size; at++) {
    const [phase, task] = [Math.floor(at / 50) + 1, (at % 50) + 1];
    if (task === 1) lines.push(`## Phase ${phase}: Part ${phase}`, "");
    const waits = task > 5 ? ` (depends: ${phase}.${task - 5})` : "";
    lines.push(`- [ ] ${phase}.${task} Write ${at}${waits} [10m]`);
    lines.push(`  - Creates: src/${phase}/file-${at}.txt`);
    if (task % 3 === 0) lines.push(`  - Modifies: src/${phase}/shared.txt`);
    if (task === 50) lines.push("");
  }
  return `${lines.join("\n")}\n`;
}

const usage = { inputTokens: 100, outputTokens: 10, costUsd: 0.01 };
const agent = {
  name: "coder",
  provider: "bench",
  run: async ({ role }) => ({
    ok: true,
    value: {
      value: { task_report: { summary: `did ${role}`, issues: [], deviations: [], notes: [] } },
      usage,
      outputBytes: 10,
    },
  }),
  describe: async () => ({
    name: "coder",
    kind: "command",
    summary: "",
    availability: { available: true, version: "1" },
    worksFrom: "inputs",
    sandbox: { mode: "preferred", by: undefined, missing: undefined },
  }),
};

const base = sha("base").slice(0, 40);
const landing = {
  begin: async ({ runId, base: at }) => ({
    ok: true,
    value: [{ name: `refs/heads/wavegate/${runId}`, at, lags: null }],
  }),
  gather: async ({ head, items }) => {
    let now = head;
    const outcomes = items.map(({ task, work }) => {
      now = sha(now + work).slice(0, 40);
      return { kind: "merged", task, commit: now, changes: [] };
    });
    return { ok: true, value: { head: now, outcomes } };
  },
  advance: async ({ to, branches }) => ({
    ok: true,
    value: branches.map((branch) => ({ ...branch, at: to })),
  }),
  keepPoint: async ({ name }) => ({ ok: true, value: { ref: `refs/wavegate/${name}` } }),
};

const workspaces = {
  open: async (request) => {
    const folder = `/clones/${request.task}-${request.attempt}`;
    const ports = { ports: [], env: {}, readable: [], objects: "/objects" };
    return { ok: true, value: { ...request, id: folder, folder, project: folder, ...ports } };
  },
  check: async (workspace) => ({ ok: true, value: workspace }),
  begin: async (workspace) => ({ ok: true, value: workspace }),
  collect: async ({ task, attempt, base: from }) => {
    const [phase, number] = task.split(".").map(Number);
    const path = `src/${phase}/file-${(phase - 1) * 50 + number - 1}.txt`;
    const changes = [{ path, before: null, after: "100644", size: 10 }];
    const commit = sha(`${task} ${attempt}`).slice(0, 40);
    const ref = `refs/wavegate/${task}/${attempt}`;
    const more = { agentCommit: null, nested: [], tampered: [] };
    return { ok: true, value: { ref, commit, base: from, changes, ...more } };
  },
  discard: async () => ({ kind: "discarded", rescue: null }),
};

/** @param {{ size: number, workers: number }} wishes */
export function worldOf({ size, workers }) {
  const disk = new Map([[FILE, planText(size)]]);
  const files = createMemoryFiles();
  const takes = {
    planFiles: createMemoryPlanFiles(disk),
    projectPaths: { list: async () => [...disk.keys()] },
    artifacts: files.artifacts,
    clock,
    digestOf: files.digest,
  };
  const ports = {
    ...files,
    agents: new Map([["coder", agent]]),
    clock,
    costs: () => ({ free: false, price: null, reportsCost: true, requestBytes: 0, requests: 1 }),
    providerLimit: () => null,
    redact: (text) => text,
    workspaces,
    landing,
    verifier: { run: () => Promise.reject(new Error("nothing is checked")) },
    workWatch: { watch: () => () => {} },
    endLeftovers: async () => {},
    takePlans: createTakePlans(takes),
    markPlans: createMarkPlans(takes),
    writeFindings: createWriteFindings(takes),
    notices: { tell: async () => ({ outcome: "off" }) },
  };
  return { disk, ports, input: inputOf(workers) };
}

const inputOf = (workers) => ({
  plans: [{ name: "size", file: FILE }],
  pattern: "dag",
  failures: "no-new",
  limits: { workers },
  attempts: { retries: 2, initialMs: 1, maxMs: 2 },
  agent: "coder",
  verifier: "coder",
  inferred: false,
  gates: [],
  base,
  branch: "refs/heads/wavegate/run-1",
  target: null,
  test: null,
  taskTimeoutMs: 60_000,
  stallMs: 60_000,
  checkTimeoutMs: 60_000,
  protect: [],
  agentLimit: null,
  maxMemoryBytes: null,
  caps: [],
});
