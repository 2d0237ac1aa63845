import type { Json } from "../../core/json.ts";
import type { Footing } from "./footing.ts";
import type { Outcome } from "./outcome.ts";

/** How often a child is looked for that another process ended. Children of this process say so themselves. */
const LOOK_FOR_CHILD_MS = 1_000;

/** How the children of a run ended, as far as one execution of it knows. */
export class Children {
  readonly #footing: Footing;
  readonly #ended = new Map<string, Outcome>();
  readonly #waiting = new Set<() => void>();

  constructor(footing: Footing) {
    this.#footing = footing;
  }

  over(name: string, outcome: Outcome): void {
    this.#ended.set(name, outcome);
    for (const wake of this.#waiting) wake();
  }

  /** Start them all at once. Called in a workflow, in order: that is their place in its journal. */
  async start(
    calls: readonly {
      readonly child: string;
      readonly spawned: string | undefined;
      readonly workflow: string;
      readonly input: Json;
    }[],
  ): Promise<void> {
    const { shop, lease, guarded } = this.#footing;
    const { project } = shop.store;
    const started = calls.map(({ spawned, ...call }) =>
      guarded(() =>
        shop.runtime.startChild({
          project,
          runId: lease.runId,
          ...call,
          ...(spawned !== undefined && { spawned }),
        }),
      ),
    );
    await Promise.all(started);
  }

  /** How these ended, once they all have. */
  async outcomes(names: readonly string[]): Promise<Outcome[]> {
    const { shop, lease, signal } = this.#footing;
    // In a first execution all children are executed here; in a later one they can have ended before.
    for (let look = lease.epoch > 1; !signal.aborted; look = true) {
      const missing = names.filter((name) => !this.#ended.has(name));
      if (missing.length === 0) break;
      if (look) {
        const { project } = shop.store;
        for (const [name, outcome] of await shop.runtime.outcomes(project, lease.runId, missing))
          this.#ended.set(name, outcome);
      }
      if (missing.some((name) => !this.#ended.has(name))) await this.#any();
    }
    return names.flatMap((name) => this.#ended.get(name) ?? []);
  }

  #any(): Promise<void> {
    const { signal } = this.#footing;
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, LOOK_FOR_CHILD_MS);
      signal.addEventListener("abort", wake, { once: true });
      this.#waiting.add(wake);
    });
  }
}
