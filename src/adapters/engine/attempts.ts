import type { Json } from "../../core/json.ts";
import type { Steps } from "../../ports/engine.ts";
import type { Ending } from "./ending.ts";
import type { Footing } from "./footing.ts";
import { NO_PLACES, type Held } from "./places.ts";
import { countStart, takeStartBack } from "./starts.ts";

type Effect = Parameters<Steps["attempt"]>[1];

const nothing = () => {};

/** One begin of an effect, in the places it needs, counted. */
export class Attempts {
  readonly #footing: Footing;
  readonly #claimedAt = Date.now();

  constructor(footing: Footing) {
    this.#footing = footing;
  }

  /** `step` is unique in the run. Throws when the execution has stopped. */
  async begin(
    step: string,
    { enter, ending }: { readonly enter: () => Promise<Held>; readonly ending: Ending | undefined },
    effect: Effect,
  ): Promise<Json> {
    const { shop, lease, runId, signal, stop } = this.#footing;
    const { leave, tell, heldBack } = await enter().catch((error: unknown) => {
      // Ended before its turn: it is not to do anything any more but to say so, and needs no place for that.
      if (ending?.ended && !signal.aborted) return NO_PLACES;
      throw error;
    });
    let atStop: () => void = nothing;
    try {
      const starts = await countStart(shop.store, lease, step, signal);
      if (starts === undefined) stop("another worker has the run");
      else atStop = this.#takeBackAtStop(step);
      if (starts === undefined || signal.aborted) throw new Error("stopped");
      return await effect({
        signal: ending?.signal ?? signal,
        get ended() {
          return ending?.ended ?? false;
        },
        starts,
        claimedAt: this.#claimedAt,
        tellLoad: tell,
        heldBack,
        progress: (progress) => signal.aborted || shop.teller.tell({ runId, ...progress }),
      });
    } finally {
      signal.removeEventListener("abort", atStop);
      // Not waited for: the sooner the value is recorded, the less there is to repeat after a kill.
      for (const go of leave) void go().catch(nothing);
    }
  }

  /** At once and not when the effect has ended: somebody may not wait for that. Returns what to call no longer. */
  #takeBackAtStop(step: string): () => void {
    const { shop, lease, signal, keepBusy } = this.#footing;
    const takeBack = () => keepBusy(takeStartBack(shop.store, lease, step).catch(nothing));
    if (signal.aborted) takeBack();
    else signal.addEventListener("abort", takeBack, { once: true });
    return takeBack;
  }
}
