/** A planning stage on the real engine, disk and database, with agents that only take time: what the benches run. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stopEmbeddedPostgres } from "../dist/adapters/postgres/stop-embedded-postgres.js";
import { createArtifacts } from "../dist/adapters/artifacts/artifacts.js";
import { createAuditLog } from "../dist/adapters/artifacts/audit-log.js";
import { createProjectFiles } from "../dist/adapters/artifacts/project-files.js";
import { openEngine } from "../dist/bootstrap/open-engine.js";
import { PLANNING } from "../dist/stage/built-in/planning.js";
import { goodAnswer } from "./good-answer.mjs";

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

export const SPEC = `# Feature Specification: Pocket money\n\n## Requirements\n\n- **FR-001**: System MUST add 5 euros on Sunday\n\n## Success Criteria\n\n- **SC-001**: 100 % arrive on Sunday\n`;

/** @param {{ agentMs: number, home?: string, folder?: string, onCall?: (role: string) => void, onEnd?: (role: string) => void }} options */
export async function openStageEngine({ agentMs, home, folder, onCall, onEnd }) {
  const work = folder ?? mkdtempSync(path.join(tmpdir(), "wavegate-bench-"));
  // As root the database runs as another account, which must be able to pass through.
  chmodSync(work, 0o755);
  const env = { ...process.env, WAVEGATE_HOME: home ?? path.join(work, "home") };
  const stateFolder = path.join(work, "project/.wavegate");
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
      onCall?.(request.role);
      if (agentMs > 0)
        await sleep(agentMs, undefined, { signal: request.signal }).catch(() => undefined);
      onEnd?.(request.role);
      const value = goodAnswer(request.role);
      return { ok: true, value: { value, usage, outputBytes: 0 } };
    },
  };
  const artifacts = createArtifacts({ stateFolder, redact: (text) => text });
  const files = createProjectFiles({ root: path.join(work, "project") });
  opened.register({
    agents: new Map([["builtin", agent]]),
    artifacts,
    files,
    audit: createAuditLog({ file: path.join(stateFolder, "audit.jsonl"), anchor: opened.anchor }),
    clock: { now: () => Date.now() },
    redact: (text) => text,
  });
  const { digest } = await artifacts.put("spec.md", SPEC);
  const input = {
    stage: {
      ...PLANNING,
      concurrency: 4,
      roles: PLANNING.roles.map((role) => ({ ...role, concurrency: 64 })),
    },
    feature: "Pocket money",
    subject: { path: "spec.md", digest, content: SPEC },
    extras: {},
    facts: [],
    root: path.join(work, "project"),
    target: "",
    agentLimit: null,
  };
  return {
    engine: opened.engine,
    folder: work,
    env,
    start: (runId, where = "here") =>
      opened.engine.start({
        runId,
        workflow: "run-stage",
        subject: "spec.md",
        input,
        where,
      }),
    close: () => opened.close(),
    async remove() {
      await stopEmbeddedPostgres({ env, force: true });
      rmSync(work, { recursive: true, force: true });
    },
  };
}

/** @param {readonly number[]} values @param {number} p 0 to 1 */
export function percentile(values, p) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export const machine = `${process.platform} ${process.arch}, Node ${process.versions.node}`;
