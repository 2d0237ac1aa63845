interface Waiting {
  readonly limit: number;
  readonly enter: () => void;
}

/**
 * Lets callers in one after another, in the order they came, as long as fewer than their `limit` are inside. It knows
 * one process only.
 */
export class Turnstile {
  #inside = 0;
  readonly #waiting: Waiting[] = [];

  /** Resolves with what lets the next one in; rejects with the signal's reason if that aborts first. */
  enter(limit: number, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(toError(signal.reason));
      const leaveQueue = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(toError(signal.reason));
        this.#admit();
      };
      const waiting = {
        limit,
        enter: () => {
          signal.removeEventListener("abort", leaveQueue);
          resolve(this.#leaver());
        },
      };
      signal.addEventListener("abort", leaveQueue, { once: true });
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  #leaver(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inside -= 1;
      this.#admit();
    };
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next && this.#inside < next.limit; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#inside += 1;
      next.enter();
    }
  }
}

const toError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error(String(reason));
