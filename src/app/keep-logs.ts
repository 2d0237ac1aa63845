import type { AppPorts } from "./app-ports.ts";

/** Brings `log.jsonl` of run folders up to date with the events recorded (ST-19). */
export interface LogKeeper {
  /** Write what happens to the log, as it happens, until closed. */
  follow(runId: string): void;
  /** Write what has happened so far. */
  catchUp(runId: string): Promise<void>;
  close(): Promise<void>;
}

/** Events in the database are the truth; the file is the copy that people read, and is made whole whenever looked at. */
export function keepLogs(ports: AppPorts): LogKeeper {
  const stop = new AbortController();
  const following = new Map<string, Promise<void>>();

  const copy = async (runId: string, signal?: AbortSignal) => {
    const engine = await ports.engine();
    for await (const event of engine.events(runId, 0, signal))
      await ports.artifacts.appendLog(event);
  };
  return {
    follow(runId) {
      if (following.has(runId)) return;
      // A log that cannot be written must not end the run; it is written again when someone looks.
      following.set(
        runId,
        copy(runId, stop.signal).catch(() => undefined),
      );
    },
    catchUp: (runId) => copy(runId),
    async close() {
      stop.abort();
      await Promise.all(following.values());
    },
  };
}
