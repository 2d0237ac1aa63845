import type { Client } from "pg";
import type { Load, stopIfUnused, StopRequest } from "./stop-if-unused.ts";

/*
 * The functions of this file run in a process of their own, which gets them as source text (see `ensureIdleWatch`): they
 * must use nothing from outside but their parameters, and no syntax newer than the oldest Node we run on.
 */

export interface WatchConfig extends StopRequest {
  /** Name of the process, and of its connection. */
  readonly title: string;
  /** Path of the module `pg`. */
  readonly pg: string;
  readonly passwordFile: string;
  readonly idleMs: number;
  readonly pollMs: number;
}

export interface WatchParts {
  readonly connect: typeof connectToWatch;
  readonly pause: typeof pauseOrLost;
  readonly stop: typeof stopIfUnused;
}

/**
 * Wait until the server has had no client for `idleMs`, then stop it; end when it is gone. Idle time is counted in polls,
 * so that a machine that slept does not look idle.
 */
export async function watchUntilIdle(
  load: Load,
  config: WatchConfig,
  parts: WatchParts,
): Promise<void> {
  process.title = config.title;
  let idleMs = 0;
  for (let failures = 0; failures < 25; failures += 1) {
    try {
      const client = await parts.connect(load, config);
      if (client === undefined) return;
      for (;;) {
        const onlyCount = idleMs < config.idleMs;
        const { clients, stopped } = await parts.stop(load, client, { ...config, onlyCount });
        if (stopped) return;
        failures = 0;
        await parts.pause(config.pollMs, client);
        idleMs = clients === 0 ? idleMs + config.pollMs : 0;
      }
    } catch {
      // The server recovers from a crash of a backend, or is gone: `connect` finds out.
      await parts.pause(200, undefined);
    }
  }
}

/** A connection to the watched server; undefined when that server is gone, even if there is a newer one. */
export async function connectToWatch(load: Load, config: WatchConfig): Promise<Client | undefined> {
  const fs = load("node:fs/promises");
  const text = await fs.readFile(`${config.data}/postmaster.pid`, "utf8").catch(() => "");
  const lines = text.split("\n");
  if (Number(lines[0]) !== config.pid) return undefined;
  const client = new (load(config.pg).Client)({
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
}

/** Wait, or as long as the connection lasts. */
export function pauseOrLost(ms: number, client: Client | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      client?.off("end", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    client?.once("end", done);
  });
}
