import { constants } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import path from "node:path";

/** A file as it is on disk: its size, its bytes where they were wanted, or why it is left out. */
export type ReadFile =
  | { readonly bytes: number; readonly content: Buffer | undefined }
  | { readonly leftOut: string };

/**
 * Reads regular files of a project without ever leaving it: links are not followed, neither at the end of a path nor on
 * the way.
 *
 * @param root the project's real path
 */
export function projectFileReader(
  root: string,
): (relative: string, maxBytes: number) => Promise<ReadFile> {
  const folders = new Map<string, Promise<boolean>>();
  const staysInside = (folder: string): Promise<boolean> => {
    const known = folders.get(folder);
    if (known) return known;
    const asked = realpath(path.join(root, folder)).then(
      (real) => real === path.join(root, folder),
      () => false,
    );
    folders.set(folder, asked);
    return asked;
  };
  return async (relative, maxBytes) => {
    const folder = path.posix.dirname(relative);
    if (relative.startsWith("/") || relative.split("/").includes(".."))
      return { leftOut: "outside the project" };
    const absolute = path.join(root, relative);
    try {
      const about = await lstat(absolute);
      if (about.isSymbolicLink() || !(await staysInside(folder))) return { leftOut: "a link" };
      if (!about.isFile()) return { leftOut: "not a regular file" };
      if (about.size > maxBytes) return { bytes: about.size, content: undefined };
      return await readRegular(absolute, maxBytes);
    } catch (error) {
      return { leftOut: reasonOf(error) };
    }
  };
}

async function readRegular(absolute: string, maxBytes: number): Promise<ReadFile> {
  const file = await open(
    absolute,
    constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW,
  );
  try {
    const about = await file.stat();
    if (!about.isFile()) return { leftOut: "not a regular file" };
    if (about.size > maxBytes) return { bytes: about.size, content: undefined };
    const content = await file.readFile();
    return { bytes: content.length, content };
  } finally {
    await file.close();
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT" || code === "ENOTDIR") return "deleted";
  if (code === "EACCES" || code === "EPERM") return "not readable";
  return code === "ELOOP" ? "a link" : "not readable";
}
