/** A planning stage on the real engine, disk and database, with agents that only take time: what the benches run. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { createArtifacts } from "../dist/adapters/artifacts/artifacts.js";
import { createAuditLog } from "../dist/adapters/artifacts/audit-log.js";
import { digestOf } from "../dist/adapters/shared/digest.js";
import { createProjectFiles } from "../dist/adapters/artifacts/project-files.js";
import { openEngine } from "../dist/bootstrap/open-engine.js";
import { PLANNING } from "../dist/stage/built-in/planning.js";
import { goodAnswer, SMALL_SPEC } from "../dist/testing/small-planning.js";

const usage = { inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** Seven roles, in the order a stage asks them: four at once, then three. */
export const ROLES = [
  "requirements",
  "architecture",
  "risk",
  "estimation",
  "reviewer",
  "synthesizer",
  "qa",
];

/**
 * `onCall` and `onEnd` are told when an agent begins, and when it ends and was not cut short: with the name of the call,
 * unique in its run, and the run.
 * @param {{ agentMs: number, home?: string, folder?: string, onCall?: (call: string, runId: string) => void, onEnd?: (call: string, runId: string) => void }} options
 */
export async function openStageEngine({ agentMs, home, folder, onCall, onEnd }) {
  const work = folder ?? mkdtempSync(path.join(tmpdir(), "wavegate-bench-"));
  // As root the database runs as another account, which must be able to pass through.
  chmodSync(work, 0o755);
  const env = { ...process.env, WAVEGATE_HOME: home ?? path.join(work, "home") };
  const root = path.join(work, "project");
  const stateFolder = path.join(root, ".wavegate");
  writeSpec(root);
  const opened = await openEngine({ env, project: "bench" });
  const agent = {
    name: "builtin",
    describe: async () => ({
      name: "builtin",
      kind: "builtin",
      summary: "",
      availability: { available: true, version: "1" },
    }),
    async run(request) {
      const call = path.basename(request.outputFolder);
      onCall?.(call, request.runId);
      if (agentMs > 0)
        await sleep(agentMs, undefined, { signal: request.signal }).catch(() => undefined);
      if (!request.signal.aborted) onEnd?.(call, request.runId);
      return { ok: true, value: { value: goodAnswer(request), usage, outputBytes: 0 } };
    },
  };
  const artifacts = createArtifacts({ stateFolder, redact: (text) => text });
  const files = createProjectFiles({ root });
  const audit = createAuditLog({
    file: path.join(stateFolder, "audit.jsonl"),
    anchor: opened.anchor,
  });
  opened.register({
    agents: new Map([["builtin", agent]]),
    artifacts,
    files,
    audit,
    clock: { now: () => Date.now() },
    redact: (text) => text,
    cache: opened.cache,
    digest: digestOf,
    revision: async () => undefined,
    takeDown: async ({ runId, stage, scope, agentLimit, refresh }) => ({
      input: {
        stage,
        scope,
        holds: [{ ...subject, boxes: false }],
        feature: "Pocket money",
        subject: { ...subject, content: SMALL_SPEC },
        // Each asks what no other did: no answer comes from the cache.
        extras: { "run.md": runId },
        skipped: [],
        facts: [],
        root,
        // Each run writes where no other does.
        target: runId,
        agentLimit,
        refresh,
      },
      events: [],
    }),
  });
  const { digest } = await artifacts.put("spec.md", SMALL_SPEC);
  const subject = { path: "spec.md", digest };
  const stage = {
    ...PLANNING,
    concurrency: 4,
    roles: PLANNING.roles.map((role) => ({ ...role, concurrency: 64 })),
  };
  return {
    engine: opened.engine,
    audit,
    root,
    folder: work,
    env,
    start: (runId, where = "here") =>
      opened.engine.start({
        runId,
        workflow: "run-stage",
        subject: "spec.md",
        input: { subject, stages: [stage], work: null, agentLimit: null, refresh: false },
        where,
      }),
    close: () => opened.close(),
    async remove() {
      await stopEmbeddedPostgres({ env, force: true });
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** Once, and whole from the start: other processes may read it. */
function writeSpec(root) {
  const file = path.join(root, "spec.md");
  if (existsSync(file)) return;
  mkdirSync(root, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, SMALL_SPEC);
  renameSync(`${file}.${process.pid}`, file);
}

/** @param {readonly number[]} values @param {number} p 0 to 1 */
export function percentile(values, p) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export const machine = `${process.platform} ${process.arch}, Node ${process.versions.node}`;
