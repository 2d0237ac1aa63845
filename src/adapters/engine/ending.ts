import { setMaxListeners } from "node:events";

/** Whether a spawned child is to come to its end: because the run ended it, or because its execution is over. */
export class Ending {
  /** The spawned child; children of it have the same ending. */
  readonly name: string;
  readonly #over = new AbortController();
  readonly #execution: AbortSignal;
  #ended = false;
  readonly #stop = () => this.#over.abort(this.#execution.reason);

  constructor(name: string, execution: AbortSignal) {
    this.name = name;
    this.#execution = execution;
    // Every effect in flight listens, however many there are.
    setMaxListeners(0, this.#over.signal);
    if (execution.aborted) this.#stop();
    else execution.addEventListener("abort", this.#stop, { once: true });
  }

  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Whether the run ended the child. */
  get ended(): boolean {
    return this.#ended;
  }

  end(): void {
    this.#ended = true;
    this.#over.abort(new Error(`the run ended ${this.name}`));
  }

  /** The child has come to its end. */
  release(): void {
    this.#execution.removeEventListener("abort", this.#stop);
  }
}
