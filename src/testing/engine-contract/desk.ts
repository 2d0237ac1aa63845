import type { Json } from "../../core/json.ts";

/** What a worker says when it begins an effect. */
export interface Begun {
  /** The worker's name. */
  readonly worker: string;
  readonly runId: string;
  readonly step: string;
  readonly starts: number;
}

/** An effect in flight, held by the test until it says how it ends. */
export interface Call extends Begun {
  readonly aborted: Promise<void>;
  finish(value: Json): void;
}

interface Entry extends Call {
  taken: boolean;
  open: boolean;
}

interface Watcher {
  readonly look: () => void;
}

/** Longest a test waits for something to happen. */
export const PATIENCE_MS = 30_000;

/** Where all effects of all workers of a test arrive, so that the test decides what happens when. */
export class Desk {
  readonly #calls: Entry[] = [];
  readonly #watchers = new Set<Watcher>();
  readonly #over: string[] = [];
  #most = 0;

  /** Called by the harness. `end` lets the worker's effect end; the result is told when the effect is aborted. */
  begin(begun: Begun, end: (value: Json) => void): () => void {
    let abort: (() => void) | undefined;
    const aborted = new Promise<void>((resolve) => {
      abort = resolve;
    });
    const entry: Entry = {
      ...begun,
      aborted,
      taken: false,
      open: true,
      finish: (value) => {
        entry.open = false;
        end(value);
      },
    };
    this.#calls.push(entry);
    this.#most = Math.max(this.#most, this.open.length);
    this.#changed();
    return () => {
      entry.open = false;
      abort?.();
      this.#changed();
    };
  }

  /** Called by the harness when a worker is told that a run is over. */
  tellOver(worker: string, runId: string): void {
    this.#over.push(`${runId}@${worker}`);
    this.#changed();
  }

  /** Resolves once that worker was told that the run is over. */
  async over(worker: string, runId: string): Promise<void> {
    const told = `${runId}@${worker}`;
    await this.#until(
      () => this.#over.includes(told) || undefined,
      () => `${told} to be over; there were: ${this.#over.join()}`,
    );
  }

  /** The next call of this step that no test has taken. */
  async next(step: string): Promise<Call> {
    const find = () => this.#calls.find((call) => !call.taken && call.step === step);
    const call = await this.#until(
      find,
      () => `a call of ${step}; there were: ${this.begun.join()}`,
    );
    call.taken = true;
    return call;
  }

  /** `step@worker` of every effect begun, in order. */
  get begun(): readonly string[] {
    return this.#calls.map(({ step, worker }) => `${step}@${worker}`);
  }

  timesBegun(step: string): number {
    return this.#calls.filter((call) => call.step === step).length;
  }

  get open(): readonly Call[] {
    return this.#calls.filter((call) => call.open);
  }

  /** Most effects that were ever in flight at once. */
  get most(): number {
    return this.#most;
  }

  /** A worker is gone: its effects are with it. */
  drop(worker: string): void {
    for (const call of this.#calls) if (call.worker === worker) call.open = false;
  }

  openCalls(count: number): Promise<readonly Call[]> {
    return this.#until(
      () => (this.open.length >= count ? this.open : undefined),
      () => `${count} effects in flight; there are ${this.open.length} of ${this.begun.join()}`,
    );
  }

  #changed(): void {
    for (const { look } of Array.from(this.#watchers)) look();
  }

  #until<T>(find: () => T | undefined, what: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const give = setTimeout(() => {
        this.#watchers.delete(watcher);
        reject(new Error(`waited ${PATIENCE_MS} ms for ${what()}`));
      }, PATIENCE_MS);
      const watcher = {
        look: () => {
          const found = find();
          if (found === undefined) return;
          clearTimeout(give);
          this.#watchers.delete(watcher);
          resolve(found);
        },
      };
      this.#watchers.add(watcher);
      watcher.look();
    });
  }
}
