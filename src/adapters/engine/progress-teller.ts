import type { Progress } from "../../core/event.ts";
import { PROGRESS, type Bell } from "./bell.ts";
import type { Store } from "./store.ts";

/** A role's line is told at most this often; what is said in between is not told. */
const THROTTLE_MS = 250;

/** Passes on signs of life: at once within the process, now and then to the others. Nothing is stored. */
export class ProgressTeller {
  readonly #store: Store;
  readonly #bell: Bell;
  readonly #told = new Map<string, number>();

  constructor(store: Store, bell: Bell) {
    this.#store = store;
    this.#bell = bell;
  }

  tell(progress: Progress): void {
    const body = { ...progress, line: Array.from(progress.line).slice(0, 200).join("") };
    this.#bell.ring({ topic: PROGRESS, body });
    const about = `${progress.runId} ${progress.stage} ${progress.role}`;
    const now = performance.now();
    if (now - (this.#told.get(about) ?? -Infinity) < THROTTLE_MS) return;
    // Last, so that the first are those that were told of longest ago.
    this.#told.delete(about);
    this.#told.set(about, now);
    for (const [other, at] of this.#told) {
      if (now - at < THROTTLE_MS) break;
      this.#told.delete(other);
    }
    const payload = JSON.stringify({ topic: PROGRESS, body, from: this.#bell.id });
    if (Buffer.byteLength(payload) > 7_000) return;
    // A sign of life that gets lost is no loss.
    void this.#store.database
      .rows("select pg_notify($1, $2)", [this.#store.channel, payload])
      .catch(() => {});
  }
}
