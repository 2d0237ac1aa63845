import { lstat, readdir, readFile, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import type { Change } from "../../integrations/changes.ts";
import { RECORD_FILE } from "../../integrations/install-record.ts";
import type { ProjectFiles } from "../../ports/artifacts.ts";
import type { ProjectTree } from "../../ports/project-tree.ts";
import { digestOf } from "../shared/digest.ts";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { withFileLock } from "../shared/file-lock.ts";
import { lookAt } from "./look-at.ts";
import { ensureFolderIn, ensureStateFolder, PRIVATE_FILE } from "../shared/state-folder.ts";
import { TEMPORARY_NAME, writeAtomic } from "../shared/write-atomic.ts";

const STATE = ".wavegate";
const IGNORE = `${STATE}/.gitignore`;
/** What comes to be with the state folder; outermost first. */
const STATE_PARTS = [STATE, `${STATE}/locks`, IGNORE];

export interface ProjectTreeOptions {
  /** Absolute path of the project. */
  readonly root: string;
  readonly files: ProjectFiles;
}

/** The project's files on disk, for `init`. */
export function createProjectTree({ root, files }: ProjectTreeOptions): ProjectTree {
  const absolute = (file: string) => path.join(root, ...file.split("/"));
  const isThere = (file: string) => lstat(absolute(file)).then(() => true, notThere);

  return {
    async look(paths) {
      const seen = paths.map(async (each) => [each, await lookAt(root, each)] as const);
      return new Map(await Promise.all(seen));
    },

    async change(action) {
      const there = await Promise.all(STATE_PARTS.map(isThere));
      const made = STATE_PARTS.filter((_folder, at) => there[at] === false);
      let leaving: readonly string[] = [];
      try {
        await ensureStateFolder(absolute(STATE));
        const locks = await ensureFolderIn(absolute(STATE), ["locks"]);
        return await withFileLock(path.join(locks, "init"), () =>
          action({
            made,
            keepRecord: (text) => keepRecord(absolute(RECORD_FILE), text),
            make: (change) => makeChange(change, { files, absolute }),
            async prune(folders) {
              const ours = folders.filter((each) => !STATE_PARTS.includes(each));
              for (const each of deepestFirst(ours)) await removeIfEmpty(absolute(each));
            },
            leave: (folders) => (leaving = folders),
          }),
        );
      } catch (cause) {
        // Where not even the record could be written, nothing else was.
        if (!(await isThere(RECORD_FILE).catch(() => true))) leaving = made;
        throw cause;
      } finally {
        await leaveState(
          absolute,
          STATE_PARTS.filter((each) => leaving.includes(each)),
        );
      }
    },
  };
}

const notThere = (cause: unknown): false => {
  if (isMissing(cause)) return false;
  throw cause;
};

const keepRecord = (file: string, text: string | undefined): Promise<void> =>
  text === undefined
    ? onDisk(file, undefined, () => rm(file, { force: true }))
    : writeAtomic(file, Buffer.from(text), { mode: PRIVATE_FILE });

interface Hands {
  readonly files: ProjectFiles;
  readonly absolute: (file: string) => string;
}

async function makeChange(change: Change, { files, absolute }: Hands): Promise<void> {
  if (change.kind === "remove") return removeFile(absolute(change.path), change.expected);
  const expected = change.kind === "update" ? change.expected : undefined;
  const written = await files.write(change.path, change.content, expected);
  if (!written.ok) throw written.error;
}

async function removeFile(file: string, expected: string): Promise<void> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
  if (bytes && digestOf(bytes) !== expected)
    throw new WavegateError("ARTIFACT_WOULD_OVERWRITE", `${file} was changed just now.`, {
      hint: "Run the command again.",
      place: { file },
    });
  await onDisk(file, undefined, () => rm(file, { force: true }));
}

const deepestFirst = (folders: readonly string[]): readonly string[] =>
  folders.toSorted((one, other) => other.split("/").length - one.split("/").length);

/** A folder that holds nothing but what a killed writer left behind counts as empty. One that can't be removed stays. */
async function removeIfEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names?.every((name) => TEMPORARY_NAME.test(name))) return;
  await Promise.all(names.map((name) => rm(path.join(folder, name), { force: true })));
  await rmdir(folder).catch(() => undefined);
}

/** Remove what `init` made of the state folder, if nothing else has come into it. */
async function leaveState(absolute: Hands["absolute"], made: readonly string[]): Promise<void> {
  for (const part of deepestFirst(made)) {
    if (part !== IGNORE) await removeIfEmpty(absolute(part));
    else if ((await readdir(absolute(STATE)).catch(() => [])).length === 1)
      await rm(absolute(part), { force: true }).catch(() => undefined);
  }
}
