import { setMaxListeners } from "node:events";
import type { Json } from "../../core/json.ts";
import type { Steps, Workflow } from "../../ports/engine.ts";
import type { Bell } from "./bell.ts";
import { runTopic } from "./bell.ts";
import { isReplayMismatch, type Call, type DbosRuntime } from "./dbos-runtime.ts";
import { recordEvent, type ProgressTeller } from "./events.ts";
import { outcomeOf, valueOf, type Outcome } from "./outcome.ts";
import type { Paces } from "./paces.ts";
import { Places, type Held } from "./places.ts";
import { finishRun } from "./runs.ts";
import type { Seat } from "./seat.ts";
import type { Slots } from "./slots.ts";
import { countStart, takeStartBack } from "./starts.ts";
import type { Lease, Store } from "./store.ts";
import { UNBUILT } from "./unbuilt.ts";
import { sleepUntil } from "./sleep-until.ts";
import { findAnswer, openWait } from "./waits.ts";

/** What executions of one process share. */
export interface Shop {
  readonly store: Store;
  readonly bell: Bell;
  readonly slots: Slots;
  readonly paces: Paces;
  readonly teller: ProgressTeller;
  readonly runtime: DbosRuntime;
  readonly workflow: (name: string) => Workflow<Json, Json>;
}

type Attempt = Parameters<Steps["attempt"]>;

const PARKED = new Promise<never>(() => {});
const nothing = () => {};
/** How often a child is looked for that another process ended. Children of this process say so themselves. */
const LOOK_FOR_CHILD_MS = 1_000;

/**
 * One execution of a run in this process, from start, claim or takeover to its end. Once stopped it journals nothing more
 * and its calls never settle: an effect that was cut short is not an outcome, and begins again where the run is resumed.
 */
export class Execution {
  readonly lease: Lease;
  readonly #claimedAt = Date.now();
  readonly #shop: Shop;
  readonly #seat: Seat;
  readonly #onFailure: (error: unknown) => void;
  readonly #stop = new AbortController();
  readonly #places: Places;
  readonly #children = new Map<string, Outcome>();
  readonly #childEnded: (() => void)[] = [];
  readonly #busy = new Set<object>();
  #waits = 0;
  #idle: (() => void) | undefined;

  /** `onFailure` is told when the engine, not the workflow, can't go on; the execution has stopped then. */
  constructor(shop: Shop, lease: Lease, seat: Seat, onFailure: (error: unknown) => void) {
    this.#shop = shop;
    this.lease = lease;
    this.#seat = seat;
    this.#onFailure = onFailure;
    // Every effect in flight listens, however many there are.
    setMaxListeners(0, this.#stop.signal);
    this.#places = new Places(shop, lease.workerId, this.#stop.signal);
  }

  /** Aborts when this execution is over, however it ended. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(reason: string): void {
    this.#stop.abort(new Error(reason));
  }

  /** Resolves once no effect is running and nothing is being journaled. */
  quiet(): Promise<void> {
    if (this.#busy.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle = resolve;
    });
  }

  /** Called by DBOS, first or again: the run itself, or a child of it. */
  async perform({ workflow: name, input, child }: Call): Promise<Outcome> {
    const outcome = await outcomeOf(() =>
      this.#shop.workflow(name).run(input, { ...UNBUILT, ...this.#steps(child) }),
    );
    if (this.#stop.signal.aborted) return PARKED;
    if (child !== "") {
      this.#children.set(child, outcome);
      for (const wake of this.#childEnded.splice(0)) wake();
      return outcome;
    }
    return this.#guarded(async (parked) => {
      const { store } = this.#shop;
      if (!(await finishRun(store, this.lease, outcome, this.#stop.signal))) {
        parked();
        this.stop("another worker has the run");
        return PARKED;
      }
      // The journal's own end is written after this; nothing depends on it.
      setImmediate(() => this.stop("the run has ended"));
      return outcome;
    });
  }

  #steps(instance: string): Omit<Steps, keyof typeof UNBUILT> {
    const { runId } = this.lease;
    let attempts = 0;
    let turn = Promise.resolve();
    const journal = async (name: string, call: () => Promise<Json>) =>
      valueOf(await this.#journal(name, call));
    return {
      runId,
      attempt: ({ name, limits = [], paced }, effect) => {
        attempts += 1;
        const step = `${instance}#${attempts} ${name}`;
        // Who calls first is first in the queue, however long the journal takes to be looked at.
        const before = turn;
        let pass: () => void = nothing;
        turn = new Promise((resolve) => {
          pass = resolve;
        });
        const enter = () => this.#places.enter({ limits, paced }, before, pass);
        return journal(name, () => this.#attempt(step, enter, effect)).finally(pass);
      },
      children: async (workflow, children) => {
        const calls = children.map(({ name: child, input }) => ({
          project: this.#shop.store.project,
          runId,
          child,
          workflow: workflow.name,
          input,
        }));
        // Called at once, in order: that is their place in the journal.
        const started = calls.map((call) =>
          this.#guarded(() => this.#shop.runtime.startChild(call)),
        );
        await Promise.all(started);
        const ended: Outcome[] = await journal("children", () =>
          this.#outcomes(children.map(({ name }) => name)),
        );
        return ended.map(valueOf);
      },
      sibling: (name) =>
        journal(`sibling ${name}`, () => this.#outcomes([name])).then(([ended]) => valueOf(ended)),
      sleep: (ms) =>
        journal("sleep", async () => Date.now() + ms).then((until: number) =>
          sleepUntil(until, this.#stop.signal),
        ),
      emit: (key, event) =>
        this.#guarded(
          () => recordEvent(this.#shop.store, this.lease, { key, event }, this.#stop.signal),
          // Effects emit, too, and must come to their end: nothing may wait for one that is parked.
          () => Promise.reject(this.#stop.signal.reason),
        ),
      wait: (request) => journal(`wait ${request.name}`, () => this.#wait(request)),
    };
  }

  /** Journal how `call` ended, unless this execution was stopped before: then it has not ended. */
  #journal(name: string, call: () => Promise<Json>): Promise<Outcome> {
    return this.#guarded((parked) =>
      this.#shop.runtime.step(name, async () => {
        const outcome = this.#stop.signal.aborted ? undefined : await outcomeOf(call);
        if (outcome && !this.#stop.signal.aborted) return outcome;
        parked();
        return PARKED;
      }),
    );
  }

  /** A call to the engine's store. It can fail only as a whole: then this execution stops, and the run is offered again. */
  async #guarded<T>(
    call: (parked: () => void) => Promise<T>,
    stopped: () => Promise<never> = () => PARKED,
  ): Promise<T> {
    if (this.#stop.signal.aborted) return stopped();
    const token = {};
    this.#busy.add(token);
    const done = () => this.#done(token);
    try {
      const value = await call(done);
      if (!this.#stop.signal.aborted) return value;
    } catch (error) {
      if (isReplayMismatch(error) && !this.#stop.signal.aborted) throw error;
      if (!this.#stop.signal.aborted) {
        this.stop("the engine failed");
        this.#onFailure(error);
      }
    } finally {
      done();
    }
    return stopped();
  }

  async #attempt(step: string, enter: () => Promise<Held>, effect: Attempt[1]): Promise<Json> {
    const { signal } = this.#stop;
    const { leave, tell, heldBack } = await enter();
    let atStop: () => void = nothing;
    try {
      const starts = await countStart(this.#shop.store, this.lease, step, signal);
      if (starts === undefined) this.stop("another worker has the run");
      else atStop = this.#takeBackAtStop(step);
      if (starts === undefined || signal.aborted) throw new Error("stopped");
      return await effect({
        signal,
        ended: false,
        starts,
        claimedAt: this.#claimedAt,
        tellLoad: tell,
        heldBack,
        progress: (progress) =>
          signal.aborted || this.#shop.teller.tell({ runId: this.lease.runId, ...progress }),
      });
    } finally {
      signal.removeEventListener("abort", atStop);
      // Not waited for: the sooner the value is recorded, the less there is to repeat after a kill.
      for (const go of leave) void go().catch(nothing);
    }
  }

  /** At once and not when the effect has ended: somebody may not wait for that. Returns what to call no longer. */
  #takeBackAtStop(step: string): () => void {
    const { signal } = this.#stop;
    const takeBack = () => {
      const token = {};
      this.#busy.add(token);
      void takeStartBack(this.#shop.store, this.lease, step)
        .catch(nothing)
        .finally(() => this.#done(token));
    };
    if (signal.aborted) takeBack();
    else signal.addEventListener("abort", takeBack, { once: true });
    return takeBack;
  }

  #done(token: object): void {
    if (this.#busy.delete(token) && this.#busy.size === 0) this.#idle?.();
  }

  /** How these children ended, once they all have. */
  async #outcomes(names: readonly string[]): Promise<Outcome[]> {
    const { store, runtime } = this.#shop;
    const { runId, epoch } = this.lease;
    // In a first execution all children are executed here; in a later one they can have ended before.
    for (let look = epoch > 1; !this.#stop.signal.aborted; look = true) {
      const missing = names.filter((name) => !this.#children.has(name));
      if (missing.length === 0) break;
      if (look)
        for (const [name, outcome] of await runtime.outcomes(store.project, runId, missing))
          this.#children.set(name, outcome);
      if (missing.some((name) => !this.#children.has(name))) await this.#anyChild();
    }
    return names.flatMap((name) => this.#children.get(name) ?? []);
  }

  #anyChild(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_FOR_CHILD_MS);
      const wake = () => {
        clearTimeout(timer);
        this.#stop.signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#stop.signal.addEventListener("abort", wake, { once: true });
      this.#childEnded.push(wake);
    });
  }

  async #wait(request: Parameters<Steps["wait"]>[0]): Promise<Json> {
    const { store, bell } = this.#shop;
    const { signal } = this.#stop;
    const { runId } = this.lease;
    const look = () => findAnswer(store, runId, request.name, signal);
    const early = await look();
    if (early) return early.value;
    await openWait(store, this.lease, request, signal);
    this.#waits += 1;
    if (this.#waits === 1) this.#seat.release();
    const answer = await bell.until(runTopic(runId), look, signal);
    this.#waits -= 1;
    if (this.#waits === 0 && answer) await this.#seat.take(signal);
    return answer?.value ?? null;
  }
}
