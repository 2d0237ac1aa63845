import { randomBytes } from "node:crypto";
import { readFile, rename } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { err, ok } from "../../core/result.ts";
import type { Artifacts } from "../../ports/artifacts.ts";
import { digestOf, isDigest } from "../shared/digest.ts";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import { RunLog } from "./run-log.ts";
import { runPath, safeSegment } from "./run-path.ts";
import {
  ensureFolderIn,
  ensureStateFolder,
  PRIVATE_FILE,
  removeLeftBehind,
  temporaryFolder,
} from "../shared/state-folder.ts";
import { writeAtomic } from "../shared/write-atomic.ts";

export interface ArtifactsOptions {
  /** Absolute path of `.wavegate/`; made when first written to. */
  readonly stateFolder: string;
  readonly redact: (text: string) => string;
}

/**
 * The store on disk: `objects/ab/cdef…` by hash, `runs/<run>/…` for people. Run files and logs are redacted here.
 * `put` keeps bytes exactly as given, since a person's decision is bound to their digest: redact before `put`.
 */
export function createArtifacts({ stateFolder, redact }: ArtifactsOptions): Artifacts {
  const logs = new Map<string, RunLog>();
  const { within, write } = writerIn(stateFolder);
  const inRun = (runId: string, segments: readonly string[]) =>
    within("runs", safeSegment(runId), ...segments);

  return {
    async put(name, content) {
      const bytes = Buffer.from(content);
      const digest = digestOf(bytes);
      const folder = await within("objects", digest.slice(0, 2));
      const file = path.join(folder, digest.slice(2));
      if (await isToBeWritten(file, digest)) await write(file, bytes);
      return { name, digest, bytes: bytes.byteLength };
    },

    async get(digest) {
      if (!isDigest(digest)) return err(corrupt(digest, "is not a digest", stateFolder));
      const file = path.join(stateFolder, "objects", digest.slice(0, 2), digest.slice(2));
      const bytes = await readIfThere(file);
      if (!bytes) return err(corrupt(digest, "is missing", file));
      if (digestOf(bytes) !== digest) return err(corrupt(digest, "does not match its hash", file));
      return ok(bytes.toString("utf8"));
    },

    async writeRunFile(runId, name, content) {
      const segments = runPath(name);
      const file = path.join(
        await inRun(runId, segments.slice(0, -1)),
        segments.at(-1) ?? "unnamed",
      );
      await write(file, Buffer.from(redact(content)));
      return file;
    },

    runFolder: (runId, name) => inRun(runId, runPath(name)),

    async appendLog(event) {
      const run = safeSegment(event.runId);
      const file = path.join(await inRun(event.runId, []), "log.jsonl");
      const log = logs.get(run) ?? new RunLog(file);
      logs.set(run, log);
      const line = JSON.stringify(event, (_key, value: unknown) =>
        typeof value === "string" ? redact(value) : value,
      );
      const lock = path.join(stateFolder, "locks", `log-${run}`);
      await withFileLock(lock, () => onDisk(file, undefined, () => log.append(event.seq, line)));
    },
  };
}

/** Folders and files of the state folder, made as they are needed. The first time, what killed processes left is removed. */
function writerIn(stateFolder: string) {
  let cleaned: Promise<void> | undefined;
  return {
    within: async (...segments: readonly string[]) => {
      await ensureStateFolder(stateFolder);
      await (cleaned ??= removeLeftBehind(stateFolder));
      return ensureFolderIn(stateFolder, segments);
    },
    write: async (file: string, bytes: Uint8Array) =>
      writeAtomic(file, bytes, {
        mode: PRIVATE_FILE,
        temporaryFolder: await temporaryFolder(stateFolder),
      }),
  };
}

/** Whether an object is not there, whole. Damaged bytes are set aside. */
async function isToBeWritten(file: string, digest: string): Promise<boolean> {
  const there = await readIfThere(file);
  if (!there) return true;
  if (digestOf(there) === digest) return false;
  const aside = `${file}.corrupt-${randomBytes(4).toString("hex")}`;
  await onDisk(file, undefined, () => rename(file, aside));
  return true;
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw cause;
  }
}

const corrupt = (digest: string, what: string, file: string): WavegateError =>
  new WavegateError("ARTIFACT_CORRUPT", `Artifact ${digest.slice(0, 12)} ${what}: ${file}`, {
    hint: "Restore the file from a backup, or start a new run; the damaged bytes are left as they are.",
    place: { file },
  });
