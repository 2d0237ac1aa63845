import { setTimeout as delay } from "node:timers/promises";
import type { WavegateError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { runAlreadyRunning, runFinished, runNotFound } from "../../core/run-error.ts";
import { Turnstile } from "../../core/turnstile.ts";
import type { Engine, Workflow } from "../../ports/engine.ts";
import { BeatWatch } from "./beat-watch.ts";
import { OFFERS, type Bell } from "./bell.ts";
import { DbosRuntime } from "./dbos-runtime.ts";
import { ProgressTeller } from "./progress-teller.ts";
import type { Execution } from "./execution.ts";
import { Executions, performIn } from "./executions.ts";
import type { Shop } from "./footing.ts";
import { thisProcess } from "./process-identity.ts";
import { createRun, findOwner, findRun, hasEnded } from "./runs.ts";
import { claimNextRun, claimRun, isOffered } from "./take-runs.ts";
import { Paces } from "./paces.ts";
import { NO_SEAT, seatIn } from "./seat.ts";
import { Slots } from "./slots.ts";
import type { Store } from "./store.ts";
import { beat, bury, enrol, resign } from "./workers.ts";

export interface LocalWorkerOptions {
  readonly databaseUrl: string;
  readonly store: Store;
  readonly bell: Bell;
  readonly beatEveryMs: number;
  readonly workflow: (name: string) => Workflow<Json, Json>;
  /** Told of each run that was executed here and has ended. */
  readonly onOver: (runId: string) => void;
}

/** How long effects have to end when the worker stops. Those that take longer are left behind. */
const DRAIN_MS = 10_000;

interface Opened {
  readonly running: Map<string, Execution>;
  /** Whether other workers take what is offered. */
  readonly company: { takes: boolean };
  readonly workerId: string;
}

/** This process as one that executes runs: alive in the database, with the runs it has. */
export class LocalWorker {
  readonly #options: LocalWorkerOptions;
  readonly #store: Store;
  readonly #shop: Shop;
  readonly #executions: Executions;
  readonly #company: { takes: boolean };
  /** Nothing more is taken; then, once all is put down, nothing is done any more. */
  readonly #stopping = new AbortController();
  readonly #closed = new AbortController();
  readonly #watch: BeatWatch;
  #seats = 0;
  #living: Promise<void> | undefined;
  #beating: Promise<void>;

  private constructor(
    options: LocalWorkerOptions,
    shop: Shop,
    { running, company, workerId }: Opened,
  ) {
    this.#options = options;
    this.#store = options.store;
    this.#watch = new BeatWatch(options.store.deadAfterMs, () => performance.now());
    this.#shop = shop;
    const { beatEveryMs, onOver } = options;
    const given = { workerId, beatEveryMs, closed: this.#closed.signal, onOver };
    this.#executions = new Executions(shop, running, given);
    this.#company = company;
    this.#beating = this.#beat();
  }

  static async open(options: LocalWorkerOptions): Promise<LocalWorker> {
    const { store, bell, databaseUrl } = options;
    const running = new Map<string, Execution>();
    const perform = performIn(running);
    // The first statement sees to the tables.
    const { takes } = await bury(store);
    const company = { takes };
    const { database } = store;
    const runtime = await DbosRuntime.launch({ database, databaseUrl, perform });
    const { executorId } = runtime;
    const enrolled = enrol(store, thisProcess(), { executorId, seats: 0 });
    const [workerId] = await Promise.all([enrolled, bell.ready()]).catch(async (error: unknown) => {
      await runtime.close();
      throw error;
    });
    const teller = new ProgressTeller(store, bell);
    const { workflow } = options;
    const slots = new Slots(store, bell);
    const paces = new Paces(store, bell);
    const othersTake = () => company.takes;
    const shop = { store, bell, slots, paces, teller, runtime, workflow, othersTake };
    return new LocalWorker(options, shop, { running, company, workerId });
  }

  async start(run: Parameters<Engine["start"]>[0]): Promise<void> {
    const { runId, workflow, input } = run;
    await this.#live();
    if (!(await createRun(this.#store, { ...run, workerId: this.#executions.workerId }))) return;
    const whole = { epoch: 1, from: undefined, of: null, child: null };
    await this.#executions.begin({ runId, workflow, input, ...whole }, NO_SEAT);
  }

  /** Throws when the run's workflow is not known here. */
  async claim(runId: string): Promise<Result<void, WavegateError>> {
    const record = await findRun(this.#store, runId);
    if (!record) return err(runNotFound(runId));
    if (hasEnded(record)) return err(runFinished(runId, record.status));
    this.#shop.workflow(record.workflow);
    await this.#live();
    await this.#bury();
    const claimed = await claimRun(this.#store, runId, this.#executions.workerId);
    if (!claimed) {
      const owner = await findOwner(this.#store, runId);
      return err(owner ? runAlreadyRunning(runId, owner) : runFinished(runId, "just now"));
    }
    await this.#executions.begin(claimed, NO_SEAT);
    return ok(undefined);
  }

  async work(options: {
    readonly concurrency: number;
    readonly workflows: readonly string[];
    readonly signal: AbortSignal;
  }): Promise<void> {
    const { concurrency, workflows } = options;
    const signal = AbortSignal.any([options.signal, this.#stopping.signal]);
    const seats = new Turnstile();
    const look = () => isOffered(this.#store, workflows);
    this.#seats = concurrency;
    await beat(this.#store, this.#executions.workerId, concurrency).catch(() => {});
    while (!signal.aborted) {
      await this.#shop.bell.until(OFFERS, look, signal);
      // A place is taken only for a run that is there: one that goes on after a wait may need it.
      const leave = await seats.enter(concurrency, signal).catch(() => undefined);
      const next = leave && claimNextRun(this.#store, workflows, this.#executions.workerId);
      const claimed = await next?.catch(() => undefined);
      if (leave && claimed)
        await this.#executions.begin(claimed, seatIn(seats, concurrency, leave)).catch(() => {});
      else leave?.();
    }
    // Told with the next beat.
    this.#seats = 0;
  }

  async #beat(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      await delay(this.#options.beatEveryMs, undefined, { signal: this.#closed.signal }).catch(
        () => {},
      );
      if (this.#closed.signal.aborted) return;
      try {
        await this.#live();
        await this.#executions.look();
        await this.#bury();
        await this.#executions.takeLeft();
      } catch {
        // The server is away; the next beat will tell.
      }
    }
  }

  /** Say that this worker lives, also where it was declared dead, as one that slept with its machine; once for all who ask meanwhile. */
  #live(): Promise<void> {
    this.#living ??= beat(this.#store, this.#executions.workerId, this.#seats)
      .then((lives) => (lives ? undefined : this.#revive()))
      .finally(() => {
        this.#living = undefined;
      });
    return this.#living;
  }

  /** Nothing that it did counts any more. */
  async #revive(): Promise<void> {
    this.#executions.stopDead();
    const { executorId } = this.#shop.runtime;
    await this.#shop.runtime.revive();
    const seats = this.#seats;
    this.#executions.workerId = await enrol(this.#store, thisProcess(), { executorId, seats });
  }

  async #bury(): Promise<void> {
    const { workerId: self } = this.#executions;
    const { gone, takes } = await bury(this.#store, { self, watch: this.#watch });
    this.#company.takes = takes;
    await this.#shop.runtime.forget(gone.filter((id) => id !== this.#shop.runtime.executorId));
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#executions.drain(DRAIN_MS);
    this.#closed.abort();
    await this.#beating;
    await resign(this.#store, this.#executions.workerId).catch(() => {});
    await this.#shop.runtime.close();
  }
}
