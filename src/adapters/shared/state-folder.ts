import { chmod, lstat, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { isMissing, onDisk } from "./disk-error.ts";
import { syncFolder, TEMPORARY_NAME, writeAtomic } from "./write-atomic.ts";

const PRIVATE_FOLDER = 0o700;
/** Permission bits of every file in the state folder (RELIABILITY I-63). */
export const PRIVATE_FILE = 0o600;

/** Make the state folder if missing: for its owner only, and ignored by git without touching the user's files. */
export async function ensureStateFolder(folder: string): Promise<void> {
  await onDisk(folder, undefined, async () => {
    await mkdir(path.dirname(folder), { recursive: true });
    if (await ensureFolder(folder)) await chmod(folder, PRIVATE_FOLDER);
    const ignore = path.join(folder, ".gitignore");
    const there = await lstat(ignore).catch((cause: unknown) => {
      if (isMissing(cause)) return undefined;
      throw cause;
    });
    if (!there) await writeAtomic(ignore, Buffer.from("*\n"), { mode: PRIVATE_FILE });
  });
}

/** Make a folder below one that exists, step by step. No step may be a symbolic link: it could lead anywhere. */
export async function ensureFolderIn(base: string, segments: readonly string[]): Promise<string> {
  let folder = base;
  for (const segment of segments) {
    folder = path.join(folder, segment);
    const step = folder;
    await onDisk(step, undefined, () => ensureFolder(step));
  }
  return folder;
}

/** Age at which a temporary file is one that a killed process left behind, in milliseconds. Writing one takes moments. */
const LEFT_BEHIND_MS = 3_600_000;

/** The folder for temporary files of the state folder. */
export const temporaryFolder = (stateFolder: string): Promise<string> =>
  ensureFolderIn(stateFolder, ["tmp"]);

/** Remove what killed processes left behind. What can't be removed stays. */
export async function removeLeftBehind(stateFolder: string): Promise<void> {
  for (const folder of [stateFolder, path.join(stateFolder, "tmp")])
    for (const name of await readdir(folder).catch(() => [])) {
      const file = path.join(folder, name);
      const about = TEMPORARY_NAME.test(name) && (await lstat(file).catch(() => undefined));
      if (about && Date.now() - about.mtimeMs > LEFT_BEHIND_MS)
        await rm(file, { force: true }).catch(() => {});
    }
}

/** True when the folder had been there before. */
async function ensureFolder(folder: string): Promise<boolean> {
  const made = await mkdir(folder, { mode: PRIVATE_FOLDER }).then(
    () => true,
    (cause: unknown) => {
      if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return false;
      throw cause;
    },
  );
  if (made) {
    await syncFolder(path.dirname(folder));
    return false;
  }
  if ((await lstat(folder)).isDirectory()) return true;
  throw new WavegateError("PROJECT_NOT_WRITABLE", `${folder} is not a folder of its own.`, {
    hint: "Remove the file or symbolic link that stands in its place.",
  });
}
