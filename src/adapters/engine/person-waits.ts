import type { Json } from "../../core/json.ts";
import type { WaitRequest } from "../../ports/engine.ts";
import { runTopic } from "./bell.ts";
import type { Ending } from "./ending.ts";
import type { Footing } from "./footing.ts";
import type { SharedSeat } from "./shared-seat.ts";
import { closeWait, findAnswer, openWait } from "./waits.ts";

/** Waits of one execution for answers of people. The run's place is free meanwhile. */
export class PersonWaits {
  readonly #footing: Footing;
  readonly #seat: SharedSeat;

  constructor(footing: Footing, seat: SharedSeat) {
    this.#footing = footing;
    this.#seat = seat;
  }

  /** The answer. Throws when the run ended the child that waits; once the execution has stopped, what it gives means nothing. */
  async answer(request: WaitRequest, ending: Ending | undefined): Promise<Json> {
    const { shop, lease, runId, signal } = this.#footing;
    const { store, bell } = shop;
    const look = () => findAnswer(store, runId, request.name, signal);
    const early = await look();
    if (early) return early.value;
    if (!ending?.ended) {
      await openWait(store, lease, request, signal);
      this.#seat.give();
      const answer = await bell.until(runTopic(runId), look, ending?.signal ?? signal);
      if (signal.aborted) return null;
      await this.#seat.takeBack(signal);
      if (answer) return answer.value;
    }
    // It may be shown by an execution before this one.
    await closeWait(store, lease, request.name, signal);
    throw new Error(`${request.name} is not waited for any more: the run ended this child`);
  }
}
