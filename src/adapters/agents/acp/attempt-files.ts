import { constants } from "node:fs";
import { mkdir, open, realpath } from "node:fs/promises";
import path from "node:path";

/** Where an attempt may read and write through the client. */
export interface AttemptFolders {
  /** The project: for reading. With a clone the project's folder in it. */
  readonly project: string;
  /** For reading and writing, but not what git keeps there. */
  readonly clone?: string | undefined;
  /** A folder of the attempt's own, made when first written to: for reading and writing. */
  readonly own: string;
}

/** Longest file that is read or written for an agent, in bytes. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Why a file is not touched, for the agent. */
export class FileRefusal extends Error {}

/** Whether what the path leads to, links followed, lies in the project, the clone or the attempt's own folder. */
export const mayRead = async (folders: AttemptFolders, file: string): Promise<boolean> =>
  (await liesIn(folders.clone ?? folders.project, folders.project, file)) ||
  liesIn(folders.own, folders.project, file);

/** Whether it lies in the attempt's own folder, or in the clone. */
export const mayWrite = async (folders: AttemptFolders, file: string): Promise<boolean> =>
  (await liesIn(folders.own, folders.project, file)) ||
  (folders.clone !== undefined &&
    (await liesIn(folders.clone, folders.project, file)) &&
    !(await liesIn(path.join(folders.clone, ".git"), folders.project, file)));

async function liesIn(folder: string, cwd: string, file: string): Promise<boolean> {
  if (file.includes("\0")) return false;
  const [real, root] = await Promise.all([
    whereItLeads(path.resolve(cwd, file)),
    whereItLeads(folder),
  ]);
  return real === root || real.startsWith(root.endsWith(path.sep) ? root : root + path.sep);
}

/** The real place of a path of which the end may not exist yet. A link to nothing leads out of everything. */
async function whereItLeads(file: string): Promise<string> {
  const missing: string[] = [];
  for (let at = file; ; at = path.dirname(at)) {
    try {
      return path.join(await realpath(at), ...missing);
    } catch (error) {
      const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
      if (!gone || (await isLink(at)) || path.dirname(at) === at) return path.sep;
      missing.unshift(path.basename(at));
    }
  }
}

async function isLink(file: string): Promise<boolean> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    await handle.close();
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ELOOP";
  }
}

/** A file as text, or `limit` lines of it from line `line` on, which counts from 1. Throws `FileRefusal`. */
export async function readForAgent(
  folders: AttemptFolders,
  { path: file, line, limit }: { path: string; line?: number | null; limit?: number | null },
): Promise<string> {
  if (!(await mayRead(folders, file)))
    throw new FileRefusal("only files of the project and of the attempt's folder can be read");
  const handle = await open(
    path.resolve(folders.project, file),
    constants.O_RDONLY | constants.O_NONBLOCK,
  ).catch(() => undefined);
  // Gemini CLI and Qwen Code know by this word that they may make a new file.
  if (handle === undefined)
    throw new FileRefusal("ENOENT: there is no such file, or it cannot be read");
  try {
    const found = await handle.stat();
    if (!found.isFile()) throw new FileRefusal("it is no regular file");
    if (found.size > MAX_FILE_BYTES)
      throw new FileRefusal(`it has ${found.size} bytes, more than ${MAX_FILE_BYTES}`);
    const text = await handle.readFile("utf8");
    if (!line && !limit) return text;
    const start = Math.max(0, (line ?? 1) - 1);
    return text
      .split("\n")
      .slice(start, limit ? start + limit : undefined)
      .join("\n");
  } finally {
    await handle.close();
  }
}

/** Write a file in the attempt's own folder, or in the clone. Throws `FileRefusal`. */
export async function writeForAgent(
  folders: AttemptFolders,
  { path: file, content }: { readonly path: string; readonly content: string },
): Promise<void> {
  if (!(await mayWrite(folders, file)))
    throw new FileRefusal(`only files in ${folders.clone ?? folders.own} can be written`);
  if (content.length > MAX_FILE_BYTES)
    throw new FileRefusal(`the text is longer than ${MAX_FILE_BYTES}`);
  const target = path.resolve(folders.project, file);
  await mkdir(path.dirname(target), { recursive: true });
  // Looked at again: a folder on the way may have become a link since.
  if (!(await mayWrite(folders, file)))
    throw new FileRefusal(`only files in ${folders.clone ?? folders.own} can be written`);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
  const handle = await open(target, flags, 0o600).catch(() => undefined);
  if (handle === undefined) throw new FileRefusal("it cannot be written");
  try {
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
}
