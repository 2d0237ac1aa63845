import { watch, type FSWatcher } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import type { FileWatch } from "../../ports/file-watch.ts";

/** How often files are looked at: the system may tell nothing, as on network drives. */
const LOOK_MS = 1_000;
/** Editors make several changes of one saving. */
const CALM_MS = 30;

/**
 * Tells of changes by what the system tells of the folders, so that a file that is replaced or made later counts, too; and by
 * looking at the files once a second.
 *
 * @param root absolute path of the project
 */
export function createFileWatch({ root }: { readonly root: string }): FileWatch {
  return {
    async *changes(paths, signal) {
      const files = paths.map((file) => path.resolve(root, file));
      let seen = await looksOf(files);
      const told = createBell();
      const watchers = watchFolders(
        [...new Set(files.map((file) => path.dirname(file)))],
        told.ring,
      );
      const timer = setInterval(told.ring, LOOK_MS);
      signal.addEventListener("abort", told.ring, { once: true });
      try {
        for (;;) {
          await told.rung();
          if (signal.aborted) return;
          const now = await looksOf(files);
          if (now === seen) continue;
          seen = await settled(files, now);
          yield;
        }
      } finally {
        clearInterval(timer);
        signal.removeEventListener("abort", told.ring);
        for (const watcher of watchers) watcher.close();
      }
    },
  };
}

/** What tells one state of the files from another. */
async function looksOf(files: readonly string[]): Promise<string> {
  const looks = await Promise.all(
    files.map(async (file) => {
      const about = await stat(file, { bigint: true }).catch(() => undefined);
      return about ? `${about.ino} ${about.size} ${about.mtimeNs}` : "none";
    }),
  );
  return looks.join("\n");
}

async function settled(files: readonly string[], first: string): Promise<string> {
  let before = first;
  for (let tries = 0; tries < 10; tries++) {
    await new Promise((resolve) => setTimeout(resolve, CALM_MS));
    const now = await looksOf(files);
    if (now === before) break;
    before = now;
  }
  return before;
}

/** Those that can be watched; the others are looked at. */
const watchFolders = (folders: readonly string[], ring: () => void): readonly FSWatcher[] =>
  folders.flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, ring);
      watcher.on("error", () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });

/** Rung any number of times before it is listened to, it rings once. */
function createBell() {
  let pending = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      pending = true;
      wake?.();
    },
    async rung() {
      if (!pending) await new Promise<void>((resolve) => (wake = resolve));
      pending = false;
      wake = undefined;
    },
  };
}
