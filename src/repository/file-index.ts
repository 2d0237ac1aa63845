import { baseName } from "./kind-of-file.ts";
import type { NamedFile, RepositoryFile } from "./model.ts";

/** Files that projects keep out of their list on purpose; that they are not listed says nothing. */
const UNLISTED =
  /(?:^|\/)(?:\.env[^/]*|node_modules|dist|build|out|coverage|target|\.next|tmp)(?:\/|$)/;

/**
 * Tells whether a file that somebody names is there: by its path, by the end of one (people leave out the leading folders),
 * or as a folder.
 */
export function fileIndex(
  files: readonly RepositoryFile[],
  complete: boolean,
): (path: string) => NamedFile["exists"] {
  const paths = new Set(files.map(({ path }) => path));
  const byName = new Map<string, string[]>();
  for (const { path } of files) {
    const name = baseName(path);
    const same = byName.get(name);
    if (same) same.push(path);
    else byName.set(name, [path]);
  }
  return (path) => {
    if (paths.has(path)) return true;
    const same = byName.get(baseName(path)) ?? [];
    if (same.some((other) => other.endsWith(`/${path}`))) return true;
    if (!complete || UNLISTED.test(path)) return null;
    return false;
  };
}
