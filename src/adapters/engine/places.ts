import { Turnstile } from "../../core/turnstile.ts";
import type { Limit } from "../../ports/engine.ts";
import type { Slots } from "./slots.ts";

export type Leave = () => Promise<void>;

/** The places that attempts of one execution hold: in pools of their run, and in those all workers share. */
export class Places {
  readonly #slots: Slots;
  readonly #workerId: string;
  readonly #signal: AbortSignal;
  readonly #stopped: Promise<void>;
  readonly #pools = new Map<string, Turnstile>();

  constructor(slots: Slots, workerId: string, signal: AbortSignal) {
    this.#slots = slots;
    this.#workerId = workerId;
    this.#signal = signal;
    this.#stopped = new Promise((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
  }

  /**
   * A place for each limit. It queues once `before` has resolved, and calls `pass` as soon as it does, so that who was
   * called first is first in the queue. Rejects when the execution stops.
   */
  async enter(
    limits: readonly Limit[],
    before: Promise<void>,
    pass: () => void,
  ): Promise<readonly Leave[]> {
    const [first, ...others] = inOrder(limits);
    if (!first) return [];
    await Promise.race([before, this.#stopped]);
    const entering = this.#enter(first);
    pass();
    const leave = [await entering];
    try {
      for (const limit of others) leave.push(await this.#enter(limit));
      return leave;
    } catch (error) {
      await Promise.all(leave.map((go) => go()));
      throw error;
    }
  }

  async #enter({ pool, limit, scope }: Limit): Promise<Leave> {
    if (scope === "everywhere") return this.#slots.take(pool, limit, this.#workerId, this.#signal);
    const turnstile = this.#pools.get(pool) ?? new Turnstile();
    this.#pools.set(pool, turnstile);
    const leave = await turnstile.enter(limit, this.#signal);
    return async () => leave();
  }
}

/** Places of one's own run first: a place all share is not held while waiting for another. */
const inOrder = (limits: readonly Limit[]): readonly Limit[] =>
  limits.toSorted((a, b) => b.scope.localeCompare(a.scope) || a.pool.localeCompare(b.pool));
