import { Turnstile } from "./turnstile.ts";

/** Turnstiles by name, each as long as somebody is inside or waits: names may be many, and seldom come again. */
export class Turnstiles {
  readonly #all = new Map<string, { readonly turnstile: Turnstile; users: number }>();

  /** As `Turnstile.enter`; who calls first is first in the queue of that name. */
  async enter(name: string, limit: number, signal: AbortSignal): Promise<() => void> {
    const queue = this.#all.get(name) ?? { turnstile: new Turnstile(), users: 0 };
    this.#all.set(name, queue);
    queue.users += 1;
    const leave = (): void => {
      queue.users -= 1;
      if (queue.users === 0) this.#all.delete(name);
    };
    try {
      const pass = await queue.turnstile.enter(limit, signal);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        pass();
        leave();
      };
    } catch (error) {
      leave();
      throw error;
    }
  }
}
