import type { LedgerChange, Ledgers } from "../ports/ledgers.ts";
import { EMPTY_LEDGER, type Ledger } from "../stage/budget/ledger.ts";

/** Ledgers without a database. `kept` is for tests to look at. */
export interface MemoryLedgers extends Ledgers {
  readonly kept: Map<string, Ledger>;
}

export function createMemoryLedgers(): MemoryLedgers {
  const kept = new Map<string, Ledger>();
  const watchers = new Set<() => void>();
  const attempt = <T>(runId: string, change: (ledger: Ledger) => LedgerChange<T>) => {
    const ledger = kept.get(runId) ?? EMPTY_LEDGER;
    const made = change(structuredClone(ledger));
    if (made === "wait") return undefined;
    kept.set(runId, structuredClone(made.ledger));
    for (const watcher of Array.from(watchers)) watcher();
    return { value: made.value };
  };
  return {
    kept,
    read: async (runId) => structuredClone(kept.get(runId) ?? EMPTY_LEDGER),
    async change(runId, change, signal) {
      for (;;) {
        signal.throwIfAborted();
        const made = attempt(runId, change);
        if (made) return made.value;
        await changed(watchers, signal);
      }
    },
  };
}

/** Resolves at the next change, or when the signal aborts. */
const changed = (watchers: Set<() => void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wake = () => {
      watchers.delete(wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    watchers.add(wake);
    signal.addEventListener("abort", wake, { once: true });
  });
