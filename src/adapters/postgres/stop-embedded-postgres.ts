import { createRequire } from "node:module";
import { WavegateError } from "../../core/error.ts";
import { connectTo } from "./connect.ts";
import { fileFailure } from "./failure.ts";
import { existingFolders, type ServerFolder } from "./folders.ts";
import { isServer, kill, readPidFile } from "./postmaster.ts";
import { readSettings, type EmbeddedOptions } from "./settings.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { stopIfUnused } from "./stop-if-unused.ts";

export type Stopped =
  | { readonly kind: "not-running" }
  | { readonly kind: "stopped" }
  /** Left running: so many clients are connected. */
  | { readonly kind: "in-use"; readonly clients: number };

const STOP_MS = 60_000;

/** Stop the server and wait until it has written everything. `force`: also while others are connected. */
export async function stopEmbeddedPostgres(
  options: EmbeddedOptions & { readonly force?: boolean },
): Promise<Stopped> {
  const { home } = await readSettings(options);
  let outcome: Stopped = { kind: "not-running" };
  for (const folder of await existingFolders(home)) {
    const one = await stopOne(folder, options.force ?? false).catch(async (error: unknown) => {
      throw await fileFailure(error, home);
    });
    if (one.kind !== "not-running") outcome = one;
  }
  return outcome;
}

async function stopOne(folder: ServerFolder, force: boolean): Promise<Stopped> {
  const pidFile = await readPidFile(folder.data);
  if (pidFile === undefined || !(await isServer(pidFile.pid, folder.data)))
    return { kind: "not-running" };
  const { pid } = pidFile;
  const found = await connectTo(folder, "wavegate");
  if (found.kind === "connected") {
    const request = { pid, data: folder.data, stoppingMark: folder.stoppingMark, force };
    const load = createRequire(import.meta.url);
    const { clients, stopped } = await stopIfUnused(load, found.client, {
      ...request,
      onlyCount: false,
    }).finally(() => found.client.end().catch(() => undefined));
    if (!stopped) return { kind: "in-use", clients };
  } else {
    // It takes no clients (starting, recovering, at its limit): a fast shutdown is safe at any time.
    kill(pid, "SIGINT");
  }
  return waitForEnd(folder, pid);
}

async function waitForEnd(folder: ServerFolder, pid: number): Promise<Stopped> {
  for (
    const deadline = performance.now() + STOP_MS;
    performance.now() < deadline;
    await sleep(20)
  ) {
    if (!(await isServer(pid, folder.data))) return { kind: "stopped" };
  }
  throw new WavegateError(
    "DATABASE_UNAVAILABLE",
    `The database server (process ${pid}) did not stop within ${STOP_MS / 1_000} s.`,
    { hint: "Wait, then run wavegate db status; see its log beside the data folder." },
  );
}
