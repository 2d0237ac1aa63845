import { createHash } from "node:crypto";
import { WavegateError } from "../core/error.ts";
import type { RecordedEvent } from "../core/event.ts";
import { err, ok } from "../core/result.ts";
import type { Artifacts, ProjectFiles } from "../ports/artifacts.ts";
import type { AuditEntry, AuditLog } from "../ports/audit.ts";
import { createMemoryLedgers, type MemoryLedgers } from "./memory-ledgers.ts";
import { createMemoryCache, type MemoryCache } from "./memory-cache.ts";

/** Everything that would be on disk, for tests to look at and to change behind a stage's back. */
export interface MemoryFiles {
  readonly artifacts: Artifacts;
  readonly files: ProjectFiles;
  readonly audit: AuditLog;
  /** Path → content: the project's files, and the runs' under `/state/runs/`. */
  readonly disk: Map<string, string>;
  readonly auditEntries: AuditEntry[];
  readonly logged: RecordedEvent[];
  readonly cache: MemoryCache;
  readonly ledgers: MemoryLedgers;
  readonly digest: (text: string) => string;
  /** A project without git. */
  readonly revision: () => Promise<undefined>;
}

const digestOf = (content: string) => createHash("sha256").update(content).digest("hex");

const withoutGit = async () => undefined;

const inRun = (runId: string, path: string) => `/state/runs/${runId}/${path}`;

/** The ports for artifacts, project files, audit and cache without disk and database, for fast tests. */
export function createMemoryFiles(): MemoryFiles {
  const disk = new Map<string, string>();
  const auditEntries: AuditEntry[] = [];
  const logged: RecordedEvent[] = [];
  const artifacts = artifactsOn(disk, logged);
  const files = filesOn(disk);
  const audit: AuditLog = {
    async append(entry) {
      if (!auditEntries.some(({ id }) => id === entry.id)) auditEntries.push(entry);
    },
    entries: async () => auditEntries,
    verify: async () =>
      ok({ entries: auditEntries.length, head: "", unanchored: 0, anchored: true }),
  };
  const cache = createMemoryCache();
  const ledgers = createMemoryLedgers();
  return {
    artifacts,
    files,
    audit,
    disk,
    auditEntries,
    logged,
    cache,
    ledgers,
    digest: digestOf,
    revision: withoutGit,
  };
}

function artifactsOn(disk: Map<string, string>, logged: RecordedEvent[]): Artifacts {
  const objects = new Map<string, string>();
  return {
    async put(name, content) {
      const digest = digestOf(content);
      objects.set(digest, content);
      return { name, digest, bytes: Buffer.byteLength(content) };
    },
    async get(digest) {
      const content = objects.get(digest);
      if (content !== undefined && digestOf(content) === digest) return ok(content);
      return err(
        new WavegateError("ARTIFACT_CORRUPT", `Artifact ${digest} is not what it was.`, {
          hint: "Start a new run.",
        }),
      );
    },
    async writeRunFile(runId, path, content) {
      disk.set(inRun(runId, path), content);
      return inRun(runId, path);
    },
    runFolder: async (runId, path) => inRun(runId, path),
    async appendLog(event) {
      if (!logged.some(({ runId, seq }) => runId === event.runId && seq === event.seq))
        logged.push(event);
    },
  };
}

const filesOn = (disk: Map<string, string>): ProjectFiles => ({
  async read(path) {
    const content = disk.get(path);
    return content === undefined ? undefined : { content, digest: digestOf(content) };
  },
  async write(path, content, expected) {
    const now = disk.get(path);
    if (now === content) return ok(undefined);
    if ((now === undefined ? undefined : digestOf(now)) !== expected)
      return err(
        new WavegateError("ARTIFACT_WOULD_OVERWRITE", `${path} changed.`, { hint: "Look again." }),
      );
    disk.set(path, content);
    return ok(undefined);
  },
});
