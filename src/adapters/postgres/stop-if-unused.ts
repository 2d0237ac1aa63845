import type * as childProcess from "node:child_process";
import type * as files from "node:fs/promises";
import type * as postgres from "pg";

/** `require`, for functions that are handed to another process as source text. */
export interface Load {
  (id: "node:fs/promises"): typeof files;
  (id: "node:child_process"): typeof childProcess;
  /** Path of the module `pg`. */
  (id: string): typeof postgres;
}

export interface StopRequest {
  /** The server to stop, and no other. */
  readonly pid: number;
  readonly data: string;
  readonly stoppingMark: string;
  /** Stop it even while clients are connected. */
  readonly force: boolean;
  readonly onlyCount: boolean;
}

/**
 * Tell the server to stop if it has no client but us and its watcher.
 *
 * No client is cut off by a stop it could not know of: we put up the mark, then count; a client connects, then looks for
 * the mark. Whichever comes first, either we see the client or it sees the mark, and waits for the next server.
 *
 * Handed to another process as source text: it must use nothing from outside but its parameters.
 */
export async function stopIfUnused(
  load: Load,
  client: postgres.ClientBase,
  request: StopRequest,
): Promise<{ readonly clients: number; readonly stopped: boolean }> {
  const fs = load("node:fs/promises");
  const count = async () => {
    const { rows } = await client.query<{ clients: number }>(
      "select count(*)::int as clients from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() and application_name <> 'wavegate-idle-watch'",
    );
    return rows[0]?.clients ?? 0;
  };
  const before = await count();
  if (request.onlyCount || (before > 0 && !request.force))
    return { clients: before, stopped: false };
  // On a full disk there is no mark, but stopping must still be possible.
  await fs.writeFile(request.stoppingMark, String(process.pid)).catch(() => undefined);
  try {
    const clients = await count();
    if (clients > 0 && !request.force) return { clients, stopped: false };
    // Fast shutdown: open transactions are rolled back, everything committed is written.
    if (process.platform === "win32") {
      const { execFileSync } = load("node:child_process");
      const options = await fs.readFile(`${request.data}/postmaster.opts`, "utf8");
      const ctl = options.replace(/postgres(?:\.exe)?"? [^]*$/, "pg_ctl.exe").replace(/^"/, "");
      execFileSync(ctl, ["stop", "-W", "-m", "fast", "-D", request.data], { stdio: "ignore" });
    } else process.kill(request.pid, "SIGINT");
    for (let waited = 0; waited < 60_000; waited += 25) {
      const text = await fs.readFile(`${request.data}/postmaster.pid`, "utf8").catch(() => "");
      if (Number(text.split("\n")[0]) !== request.pid) break;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return { clients, stopped: true };
  } finally {
    await fs.rm(request.stoppingMark, { force: true });
  }
}
