import { lstat, mkdir, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { onDisk } from "./disk-error.ts";

/** What a process left that was killed goes once nothing can take that long. */
const STALE_MS = 24 * 3_600_000;

/** Use a new folder in `root`, which is made if missing: gone afterwards, as real path. `kind` tells those of one use from others. */
export async function inOwnFolder<T>(
  { root, kind }: { readonly root: string; readonly kind: string },
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await onDisk(root, undefined, async () => {
    await mkdir(root, { recursive: true, mode: 0o700 });
    const real = await realpath(root);
    await removeStale(real, kind);
    return mkdtemp(path.join(real, `${kind}-`));
  });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function removeStale(root: string, kind: string): Promise<void> {
  const ours = (await readdir(root)).filter((name) => /^\w{6}$/.test(name.slice(kind.length + 1)));
  for (const name of ours.filter((each) => each.startsWith(`${kind}-`))) {
    const about = await lstat(path.join(root, name)).catch(() => undefined);
    if (about?.isDirectory() && about.mtimeMs < Date.now() - STALE_MS)
      await rm(path.join(root, name), { recursive: true, force: true });
  }
}
