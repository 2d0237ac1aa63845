import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ClientBase } from "pg";
import type { ServerFolder } from "./folders.ts";
import { exists, readOptional } from "./postmaster.ts";
import { programEnv } from "./run-program.ts";
import { stopIfUnused, type Load, type StopRequest } from "./stop-if-unused.ts";

const WATCH_NAME = "wavegate-idle-watch";

interface WatchConfig extends StopRequest {
  readonly title: string;
  readonly pg: string;
  readonly passwordFile: string;
  readonly idleMs: number;
  readonly pollMs: number;
}

/**
 * Wait until the server has had no client for `idleMs`, then stop it; end when it is gone.
 *
 * Runs in a process of its own, which gets this function as source text (see `ensureIdleWatch`): it must use nothing from
 * outside but its parameters. Idle time is counted in polls, so that a machine that slept does not look idle.
 */
async function watchUntilIdle(
  load: Load,
  config: WatchConfig,
  stop: typeof stopIfUnused,
): Promise<void> {
  const { Client } = load(config.pg);
  const fs = load("node:fs/promises");
  process.title = config.title;
  const pause = (ms: number, client?: ClientBase) =>
    new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        client?.off("end", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      client?.once("end", done);
    });
  const connect = async () => {
    const text = await fs.readFile(`${config.data}/postmaster.pid`, "utf8").catch(() => "");
    const lines = text.split("\n");
    if (Number(lines[0]) !== config.pid) return undefined;
    const client = new Client({
      host: lines[4]?.trim() || "127.0.0.1",
      port: Number(lines[3]),
      user: "wavegate",
      database: "wavegate",
      password: (await fs.readFile(config.passwordFile, "utf8")).trim(),
      application_name: config.title,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  };
  let failures = 0;
  let idleMs = 0;
  while (failures < 5) {
    try {
      const client = await connect();
      if (client === undefined) return;
      try {
        for (;;) {
          const unused = idleMs >= config.idleMs;
          const { clients, stopped } = await stop(load, client, { ...config, onlyCount: !unused });
          if (stopped) return;
          failures = 0;
          await pause(config.pollMs, client);
          idleMs = clients === 0 ? idleMs + config.pollMs : 0;
        }
      } finally {
        await client.end().catch(() => undefined);
      }
    } catch {
      // The server restarts after a crash, or is gone: `connect` finds out.
      failures += 1;
      await pause(1_000);
    }
  }
}

/** See that a process watches this server, whoever started it. The watcher outlives us and holds nothing of ours. */
export async function ensureIdleWatch(folder: ServerFolder, pid: number, idleMs: number) {
  const [watcher, identity, server] = ((await readOptional(folder.watchFile)) ?? "").split("\n");
  if (Number(server) === pid && watcher && identity === (await identityOf(Number(watcher)))) return;
  const config: WatchConfig = {
    pid,
    data: folder.data,
    stoppingMark: folder.stoppingMark,
    passwordFile: folder.passwordFile,
    pg: createRequire(import.meta.url).resolve("pg"),
    title: WATCH_NAME,
    idleMs,
    pollMs: Math.max(50, Math.min(15_000, idleMs / 4)),
    force: false,
    onlyCount: false,
  };
  const source = `(${String(watchUntilIdle)})(require, ${JSON.stringify(config)}, ${String(stopIfUnused)})`;
  const child = spawn(process.execPath, ["--max-old-space-size=64", "--input-type=commonjs", "-"], {
    cwd: path.parse(folder.root).root,
    env: programEnv(),
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  child.stdin.end(source);
  child.unref();
  if (child.pid === undefined) return;
  const making = `${folder.watchFile}.${process.pid}`;
  await writeFile(making, `${child.pid}\n${await identityOf(child.pid)}\n${pid}\n`);
  await rename(making, folder.watchFile);
}

/** What tells a process from a later one of the same number: its start time, where the system says it. */
async function identityOf(pid: number): Promise<string> {
  if (!exists(pid)) return "none";
  if (process.platform !== "linux") return "alive";
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")")).split(" ")[20] ?? "none";
}
