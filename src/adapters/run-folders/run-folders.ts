import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { RunFolders } from "../../ports/run-folders.ts";

/**
 * Run folders on disk, for reading only.
 *
 * @param stateFolder absolute path of the project's `.wavegate`
 */
export function createRunFolders(stateFolder: string): RunFolders {
  const pathOf = (runId: string) => path.join(stateFolder, "runs", path.basename(runId));
  const list: RunFolders["list"] = async (runId) => {
    const folder = pathOf(runId);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async (entry) => {
          const absolute = path.join(entry.parentPath, entry.name);
          const bytes = await stat(absolute).then(
            ({ size }) => size,
            () => 0,
          );
          return { path: path.relative(folder, absolute).split(path.sep).join("/"), bytes };
        }),
    );
    return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  };
  return {
    pathOf,
    list,
    async read(runId, wanted) {
      // Only what the folder lists can be read, so no path leads out of it.
      const known = (await list(runId)).some((file) => file.path === wanted);
      return known ? readFile(path.join(pathOf(runId), wanted), "utf8") : undefined;
    },
  };
}
