import {
  NO_PACE,
  paceAfter,
  paceAt,
  slowedBy,
  type Pace,
  type Slowed,
  type Verdict,
} from "../../core/pace.ts";
import type { PacedPool } from "../../ports/engine.ts";

interface PacedPlace {
  leave(): void;
  tell(verdict: Verdict): Slowed | undefined;
  readonly heldBack: boolean;
}

interface Pool {
  pace: Pace;
  running: number;
  /** Who waits, first come first. */
  readonly queue: (() => void)[];
}

/** Pools whose limit follows what their calls tell, shared by engines of one store. */
export class MemoryPaces {
  readonly #now: () => number;
  readonly #pools = new Map<string, Pool>();

  constructor(now: () => number) {
    this.#now = now;
  }

  async opened(name: string, signal: AbortSignal): Promise<void> {
    const pool = this.#pool(name);
    while (this.#closedMs(pool) > 0) await this.#turn(pool, signal);
    signal.throwIfAborted();
  }

  async take({ pool: name, limit }: PacedPool, signal: AbortSignal): Promise<PacedPlace> {
    const pool = this.#pool(name);
    const isFree = () =>
      this.#closedMs(pool) === 0 &&
      pool.running < Math.min(this.#pace(pool).allowed ?? Infinity, limit ?? Infinity);
    while (!isFree()) await this.#turn(pool, signal);
    signal.throwIfAborted();
    pool.running += 1;
    const { epoch, allowed } = this.#pace(pool);
    return {
      heldBack: allowed !== null,
      leave: () => {
        pool.running -= 1;
        this.#look(pool);
      },
      tell: (verdict) => {
        const now = this.#now();
        const { pace: before, running } = pool;
        pool.pace = paceAfter(before, { verdict, epoch, running, limit, now });
        this.#look(pool);
        return slowedBy(before, pool.pace, now);
      },
    };
  }

  #pool(name: string): Pool {
    const pool = this.#pools.get(name) ?? { pace: NO_PACE, running: 0, queue: [] };
    this.#pools.set(name, pool);
    return pool;
  }

  #pace(pool: Pool): Pace {
    return paceAt(pool.pace, this.#now());
  }

  #closedMs(pool: Pool): number {
    return Math.max(0, this.#pace(pool).closedUntil - this.#now());
  }

  /** Until something changed, the gate is open by the clock, or the signal aborts. */
  #turn(pool: Pool, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const closedMs = this.#closedMs(pool);
      const timer = closedMs > 0 ? setTimeout(() => go(), closedMs) : undefined;
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", stop);
        const at = pool.queue.indexOf(go);
        if (at >= 0) pool.queue.splice(at, 1);
      };
      const stop = () => {
        end();
        reject(signal.reason instanceof Error ? signal.reason : new Error("stopped"));
      };
      const go = () => {
        end();
        resolve();
      };
      if (signal.aborted) return stop();
      signal.addEventListener("abort", stop, { once: true });
      pool.queue.push(go);
    });
  }

  /** All who wait look again, in the order they came. */
  #look(pool: Pool): void {
    for (const go of Array.from(pool.queue)) go();
  }
}
