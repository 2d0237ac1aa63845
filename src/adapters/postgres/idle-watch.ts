import { spawn } from "node:child_process";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { ServerFolder } from "./folders.ts";
import { exists, kill, readOptional } from "./postmaster.ts";
import { programEnv } from "./run-program.ts";
import { stopIfUnused } from "./stop-if-unused.ts";
import {
  connectToWatch,
  pauseOrLost,
  watchUntilIdle,
  type WatchConfig,
  type WatchParts,
} from "./watch-until-idle.ts";

/**
 * See that a process watches this server and stops it when it is idle, whoever started the server. The watcher outlives
 * us and holds nothing of ours: not the folder we are in, not our terminal. Should it be killed, the next call starts another.
 */
export async function ensureIdleWatch(
  folder: ServerFolder,
  pid: number,
  idleMs: number,
): Promise<void> {
  if (await isWatched(folder, pid)) return;
  const watcher = spawnWatcher({
    pid,
    data: folder.data,
    stoppingMark: folder.stoppingMark,
    passwordFile: folder.passwordFile,
    pg: createRequire(import.meta.url).resolve("pg"),
    title: "wavegate-idle-watch",
    idleMs,
    pollMs: Math.max(50, Math.min(5_000, idleMs / 4)),
    force: false,
    onlyCount: false,
  });
  if (watcher === undefined) return;
  const making = `${folder.watchFile}.${process.pid}`;
  try {
    await writeFile(making, `${watcher}\n${await identityOf(watcher)}\n${pid}\n`);
    await rename(making, folder.watchFile);
  } catch {
    // On a full disk: better no watcher than one more with each call. The next call tries again.
    kill(watcher, "SIGKILL");
    await rm(making, { force: true });
  }
}

async function isWatched(folder: ServerFolder, pid: number): Promise<boolean> {
  const [watcher, identity, server] = ((await readOptional(folder.watchFile)) ?? "").split("\n");
  return (
    Number(server) === pid &&
    identity !== "none" &&
    identity === (await identityOf(Number(watcher)))
  );
}

/** Its program goes through stdin: as an argument it would fill process lists, and as a file it could be changed. */
function spawnWatcher(config: WatchConfig): number | undefined {
  const parts: WatchParts = { connect: connectToWatch, pause: pauseOrLost, stop: stopIfUnused };
  const sources = Object.entries(parts).map(([name, part]) => `${name}: ${String(part)}`);
  const child = spawn(process.execPath, ["--max-old-space-size=64", "--input-type=commonjs", "-"], {
    cwd: path.parse(config.data).root,
    env: programEnv(),
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.stdin.end(
    `(${String(watchUntilIdle)})(require, ${JSON.stringify(config)}, { ${sources.join(", ")} }).finally(() => process.exit())`,
  );
  child.unref();
  return child.pid;
}

/** What tells a process from a later one of the same number: its start time, where the system says it. */
async function identityOf(pid: number): Promise<string> {
  if (!(pid > 0) || !exists(pid)) return "none";
  if (process.platform !== "linux") return "alive";
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" ? "none" : (fields[18] ?? "none");
}
