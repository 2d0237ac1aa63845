import { Turnstiles } from "../../core/turnstiles.ts";
import type { Slowed, Verdict } from "../../core/pace.ts";
import type { Limit, PacedPool } from "../../ports/engine.ts";
import type { Paces } from "./paces.ts";
import { thisProcess } from "./process-identity.ts";
import type { Slots } from "./slots.ts";

type Leave = () => Promise<void>;

/** The places of one attempt. */
export interface Held {
  readonly leave: readonly Leave[];
  /** How the call in the paced pool went. */
  readonly tell: (verdict: Verdict) => Promise<Slowed | undefined>;
  /** Whether calls in the paced pool were held back when it got its place. */
  readonly heldBack: boolean;
}

/** What an attempt needs a place in. */
export interface Wanted {
  readonly limits: readonly Limit[];
  readonly paced?: PacedPool | undefined;
  /** Who wants them gives up when it aborts. */
  readonly signal: AbortSignal;
}

const UNPACED = { tell: () => Promise.resolve(undefined), heldBack: false };
export const NO_PLACES: Held = { leave: [], ...UNPACED };

/** The places that attempts of one execution hold: in pools of their run, and in those all workers share. */
export class Places {
  readonly #slots: Slots;
  readonly #paces: Paces;
  readonly #workerId: string;
  readonly #pools = new Turnstiles();

  constructor(shared: { readonly slots: Slots; readonly paces: Paces }, workerId: string) {
    this.#slots = shared.slots;
    this.#paces = shared.paces;
    this.#workerId = workerId;
  }

  /**
   * A place for each limit, then one in the paced pool. It queues once `before` has resolved, and calls `pass` as soon as
   * it does, so that who was called first is first in the queue. While the paced pool is closed no place is held: others
   * may be for another provider. Rejects when the signal aborts.
   */
  async enter(
    { limits, paced, signal }: Wanted,
    before: Promise<void>,
    pass: () => void,
  ): Promise<Held> {
    const [first, ...others] = inOrder(limits);
    if (!first && !paced) return NO_PLACES;
    await beforeAbort(before, signal);
    if (paced) await this.#paces.opened(paced.pool, signal);
    const entering = first && this.#enter(first, signal);
    pass();
    const leave = entering ? [await entering] : [];
    try {
      for (const limit of others) leave.push(await this.#enter(limit, signal));
      if (!paced) return { leave, ...UNPACED };
      const place = await this.#paces.take(paced, this.#workerId, signal);
      return {
        leave: [...leave, () => place.leave()],
        tell: (verdict) => place.tell(verdict),
        heldBack: place.heldBack,
      };
    } catch (error) {
      await Promise.all(leave.map((go) => go()));
      throw error;
    }
  }

  async #enter({ pool, limit, scope }: Limit, signal: AbortSignal): Promise<Leave> {
    if (scope !== "run") {
      const shared = scope === "everywhere" ? pool : `${pool} on ${thisProcess().machine}`;
      return this.#slots.take(shared, limit, this.#workerId, signal);
    }
    const leave = await this.#pools.enter(pool, limit, signal);
    return async () => leave();
  }
}

/** Resolves with `turn`, or as soon as the signal aborts. */
async function beforeAbort(turn: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const done = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true, signal: done.signal });
  });
  await Promise.race([turn, stopped]);
  done.abort();
}

/** Places of one's own run first, then of the machine: a place all share is not held while waiting for another. */
const inOrder = (limits: readonly Limit[]): readonly Limit[] =>
  limits.toSorted((a, b) => b.scope.localeCompare(a.scope) || a.pool.localeCompare(b.pool));
