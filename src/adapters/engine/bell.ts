import { createHash, randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { Json } from "../../core/json.ts";
import { WavegateError } from "../../core/error.ts";
import { connectionSettings } from "./database.ts";

/** What a notification says: something about `topic` changed; look. A progress carries itself, it is stored nowhere. */
export interface Ring {
  readonly topic: string;
  readonly body?: Json;
  /** The bell that has rung already where this was said. */
  readonly from?: string;
}

/** Changes of one run (its state, waits and events), and what concerns all workers of a project. */
export const runTopic = (runId: string): string => `run ${runId}`;
/** What the run receives: whoever executes it looks. */
export const inboxTopic = (runId: string): string => `inbox ${runId}`;
export const OFFERS = "offers";
export const SLOTS = "slots";
export const PROGRESS = "progress";

/** Where a project's processes hear each other. */
export const channelOf = (project: string): string =>
  `wavegate_${createHash("sha256").update(project).digest("hex").slice(0, 24)}`;

/**
 * Wakes those who wait for a change in the database, within milliseconds by NOTIFY, and by looking now and then
 * because a notification can be lost. The database is the truth; a ring only says to look.
 */
export class Bell {
  readonly id: string = randomUUID();
  readonly #databaseUrl: string;
  readonly #channel: string;
  readonly #lookEveryMs: number;
  readonly #listeners = new Map<string, Set<(body: Json | undefined) => void>>();
  readonly #closed = new AbortController();
  #client: Client | undefined;
  #connecting: Promise<void> | undefined;

  constructor(databaseUrl: string, channel: string, lookEveryMs: number) {
    setMaxListeners(0, this.#closed.signal);
    this.#databaseUrl = databaseUrl;
    this.#channel = channel;
    this.#lookEveryMs = lookEveryMs;
  }

  /** Resolves once notifications are heard. Keeps listening, over restarts of the server, until `close`. */
  ready(): Promise<void> {
    this.#connecting ??= this.#connect();
    return this.#connecting;
  }

  on(topic: string, listener: (body: Json | undefined) => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(topic);
    };
  }

  /** Within this process, without the database. */
  ring({ topic, body }: Ring): void {
    for (const listener of Array.from(this.#listeners.get(topic) ?? [])) listener(body);
  }

  /** The first thing `look` finds, now or after a ring; undefined once the signal aborts. */
  async until<T>(
    topic: string,
    look: () => Promise<T | undefined>,
    signal: AbortSignal,
  ): Promise<T | undefined> {
    // Not one signal of both: what is bound to one that lives as long as the process would never be let go of.
    const stops = [signal, this.#closed.signal];
    const isOver = (): boolean => stops.some(({ aborted }) => aborted);
    let rung = false;
    let wake: (() => void) | undefined;
    const ring = (): void => {
      rung = true;
      wake?.();
    };
    const off = this.on(topic, ring);
    for (const stop of stops) stop.addEventListener("abort", ring);
    try {
      // Not waited for: all are rung once it is so, and who stops while the server is away waits for nothing.
      void this.ready();
      while (!isOver()) {
        rung = false;
        const found = await look().catch(passing);
        if (found !== undefined) return found;
        if (rung || isOver()) continue;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, this.#lookEveryMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    } finally {
      off();
      for (const stop of stops) stop.removeEventListener("abort", ring);
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    for (let pause = 50; !this.#closed.signal.aborted; pause = Math.min(pause * 2, 2_000)) {
      const client = new Client({
        ...connectionSettings(this.#databaseUrl),
        query_timeout: 5_000,
      });
      client.on("error", () => {});
      try {
        await client.connect();
        await client.query(`listen ${this.#channel}`);
        return this.#listen(client);
      } catch {
        await client.end().catch(() => {});
        await delay(pause, undefined, { signal: this.#closed.signal }).catch(() => {});
      }
    }
  }

  #listen(client: Client): void {
    this.#client = client;
    client.on("notification", ({ payload }) => {
      const ring = parse(payload);
      if (ring && ring.from !== this.id) this.ring(ring);
    });
    client.once("end", () => {
      if (!this.#closed.signal.aborted) this.#connecting = this.#connect();
    });
    if (this.#closed.signal.aborted) void client.end().catch(() => {});
    // What was said while nobody listened is not said again: all look.
    for (const topic of Array.from(this.#listeners.keys()))
      if (topic !== PROGRESS) this.ring({ topic });
  }
}

/** A server that is away is worth another look later; anything else is a mistake of ours. */
function passing(error: unknown): undefined {
  if (error instanceof WavegateError && error.code === "DATABASE_UNAVAILABLE") return undefined;
  throw error;
}

function parse(payload: string | undefined): Ring | undefined {
  try {
    return JSON.parse(payload ?? "");
  } catch {
    return undefined;
  }
}
