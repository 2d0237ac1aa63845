import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Json } from "../../core/json.ts";
import { never } from "../../core/never.ts";
import { Ending } from "./ending.ts";
import { isReplayMismatch, type Call } from "./dbos-runtime.ts";
import type { Footing, Scope, Shop } from "./footing.ts";
import { outcomeOf, type Outcome } from "./outcome.ts";
import { finishRun } from "./finish-run.ts";
import { endShared } from "./runs.ts";
import type { Seat } from "./seat.ts";
import { wasEnded } from "./spawned.ts";
import { StepsOfExecution } from "./steps.ts";
import { runOf, type Lease } from "./store.ts";

/**
 * One execution of a run, or of a shared child, in this process, from start, claim or takeover to its end. Once stopped it journals nothing more
 * and its calls never settle: an effect that was cut short is not an outcome, and begins again where the run is resumed.
 */
export class Execution implements Footing {
  readonly shop: Shop;
  readonly lease: Lease;
  readonly runId: string;
  /** Whether the run, and not only a part of it, has ended for good. */
  over = false;
  readonly #onFailure: (error: unknown) => void;
  readonly #stop = new AbortController();
  readonly #steps: StepsOfExecution;
  /** Of the shared child that is executed. */
  readonly #ending: Ending | undefined;
  readonly #busy = new Set<object>();
  readonly #performed = new Set<string>();
  #idle: (() => void) | undefined;

  /** `onFailure` is told when the engine, not the workflow, can't go on; the execution has stopped then. */
  constructor(shop: Shop, lease: Lease, seat: Seat, onFailure: (error: unknown) => void) {
    this.shop = shop;
    this.lease = lease;
    this.runId = runOf(lease);
    this.#onFailure = onFailure;
    // Every effect in flight listens, however many there are.
    setMaxListeners(0, this.#stop.signal);
    if (lease.part) this.#ending = new Ending(lease.part.name, this.#stop.signal);
    this.#steps = new StepsOfExecution(this, seat);
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  readonly stop = (reason: string): void => {
    this.#stop.abort(new Error(reason));
  };

  /** Resolves once no effect is running and nothing is being journaled. */
  quiet(): Promise<void> {
    if (this.#busy.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }

  /** Whether children of the run may be offered to others. */
  get offers(): boolean {
    return this.#steps.spawned.shared;
  }

  /** The run ended the shared child that is executed here. */
  end(): void {
    if (!this.#ending?.ended) this.#ending?.end();
  }

  /** Called by DBOS, first or again: the run itself, or a child of it. */
  async perform(call: Call): Promise<Outcome> {
    const { workflow: name, input, child } = call;
    this.#performed.add(child);
    const endReplay = () => this.shop.runtime.endReplay(call);
    this.signal.addEventListener("abort", endReplay, { once: true });
    const ending = await this.#endingOf(call);
    if (this.lease.epoch > 1) await this.guarded(() => this.#beginReplay(call));
    const scope: Scope = { instance: child || (this.lease.part?.name ?? ""), ending };
    const steps = this.#steps.of(scope);
    const outcome = await outcomeOf(() => this.shop.workflow(name).run(input, steps));
    this.signal.removeEventListener("abort", endReplay);
    endReplay();
    if (this.signal.aborted) return never();
    if (child === "") return this.#finish(outcome);
    await this.#steps.over(scope, outcome);
    return outcome;
  }

  async #endingOf({ child, spawned }: Call): Promise<Ending | undefined> {
    const { part } = this.lease;
    if (!part) return spawned === undefined ? undefined : this.#steps.spawned.begun(spawned);
    if (child === "")
      await this.guarded(async () => {
        if (await wasEnded(this.shop.store, part, this.signal)) this.end();
      });
    return this.#ending;
  }

  async #beginReplay(call: Call): Promise<void> {
    // A child that is new has nothing to be read.
    const { child, spawned } = call;
    if (child !== "" && child === spawned && !(await this.#steps.spawned.isKnown(child))) return;
    await this.shop.runtime.beginReplay(call);
    if (this.signal.aborted) this.shop.runtime.endReplay(call);
  }

  #finish(outcome: Outcome): Promise<Outcome> {
    const { store, runtime } = this.shop;
    return this.guarded(async (parked) => {
      if (!(await finishRun(store, this.lease, outcome, this.signal))) {
        parked();
        this.stop("another worker has the run");
        return never();
      }
      this.over = this.lease.part === undefined;
      if (this.#steps.spawned.shared) await endShared(store, this.lease.runId, this.signal);
      if (this.#steps.spawned.working)
        void runtime.cancelChildren(store.project, this.lease.runId).catch(() => {});
      // The journal's own end is written after this; nothing depends on it.
      setImmediate(() => this.stop("the run has ended"));
      return outcome;
    });
  }

  readonly journal = (name: string, call: () => Promise<Json>): Promise<Outcome> =>
    this.guarded((parked) =>
      this.shop.runtime.step(name, async () => {
        const outcome = this.signal.aborted ? undefined : await outcomeOf(call);
        if (outcome && !this.signal.aborted) return outcome;
        parked();
        return never();
      }),
    );

  readonly guarded = async <T>(
    call: (parked: () => void) => Promise<T>,
    stopped: () => Promise<never> = never,
  ): Promise<T> => {
    if (this.signal.aborted) return stopped();
    const token = {};
    this.#busy.add(token);
    const done = () => this.#done(token);
    try {
      const value = await call(done);
      if (!this.signal.aborted) return value;
    } catch (error) {
      if (isReplayMismatch(error) && !this.signal.aborted) throw error;
      this.#fail(error);
    } finally {
      done();
    }
    return stopped();
  };

  /**
   * These were taken over, and are performed here within that time. One may not be: taken from its queue, and lost with the connection on
   * which that was to be said. Nobody would ever perform it, so the run is taken over once more.
   */
  async expect(taken: readonly string[], withinMs: number): Promise<void> {
    await delay(withinMs, undefined, { signal: this.signal, ref: false }).catch(() => {});
    const lost = taken.find((child) => !this.#performed.has(child));
    if (lost !== undefined) this.#fail(new Error(`${lost || "the run"} was never begun`));
  }

  #fail(error: unknown): void {
    if (this.signal.aborted) return;
    this.stop("the engine failed");
    this.#onFailure(error);
  }

  readonly keepBusy = (work: Promise<unknown>): void => {
    const token = {};
    this.#busy.add(token);
    void work.finally(() => this.#done(token));
  };

  #done(token: object): void {
    if (this.#busy.delete(token) && this.#busy.size === 0) this.#idle?.();
  }
}
