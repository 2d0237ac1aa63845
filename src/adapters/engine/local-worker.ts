import { setTimeout as delay } from "node:timers/promises";
import type { WavegateError } from "../../core/error.ts";
import type { Json } from "../../core/json.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { runAlreadyRunning, runFinished, runNotFound } from "../../core/run-error.ts";
import { Turnstile } from "../../core/turnstile.ts";
import type { Engine, Workflow } from "../../ports/engine.ts";
import { OFFERS, type Bell } from "./bell.ts";
import { DbosRuntime, type Call } from "./dbos-runtime.ts";
import { ProgressTeller, recordEvent } from "./events.ts";
import { Execution } from "./execution.ts";
import type { Shop } from "./footing.ts";
import type { Outcome } from "./outcome.ts";
import { thisProcess } from "./process-identity.ts";
import {
  claimNextRun,
  claimRun,
  createRun,
  findOwner,
  findRun,
  finishRun,
  hasEnded,
  isOffered,
  releaseRun,
  runsOf,
  stopTopic,
  type Claimed,
} from "./runs.ts";
import { Paces } from "./paces.ts";
import { NO_SEAT, seatIn, type Seat } from "./seat.ts";
import { Slots } from "./slots.ts";
import type { Lease, Store } from "./store.ts";
import { beat, bury, enrol, resign } from "./workers.ts";

export interface LocalWorkerOptions {
  readonly databaseUrl: string;
  readonly store: Store;
  readonly bell: Bell;
  readonly beatEveryMs: number;
  readonly workflow: (name: string) => Workflow<Json, Json>;
}

/** How long effects have to end when the worker stops. Those that take longer are left behind. */
const DRAIN_MS = 10_000;
const PARKED = new Promise<never>(() => {});

/** This process as one that executes runs: alive in the database, with the runs it has. */
export class LocalWorker {
  readonly #options: LocalWorkerOptions;
  readonly #store: Store;
  readonly #shop: Shop;
  readonly #executions: Map<string, Execution>;
  readonly #closed = new AbortController();
  #workerId: string;
  #beating: Promise<void>;
  #closing = false;
  /** Epochs, by run, of those that nobody executed at the last beat. */
  #idle: ReadonlyMap<string, number> = new Map();
  /** Runs that it had when it was declared dead, until it took them back or somebody else did. */
  readonly #had = new Set<string>();

  private constructor(
    options: LocalWorkerOptions,
    shop: Shop,
    executions: Map<string, Execution>,
    workerId: string,
  ) {
    this.#options = options;
    this.#store = options.store;
    this.#shop = shop;
    this.#executions = executions;
    this.#workerId = workerId;
    this.#beating = this.#beat();
  }

  static async open(options: LocalWorkerOptions): Promise<LocalWorker> {
    const { store, bell, databaseUrl } = options;
    const executions = new Map<string, Execution>();
    const perform = ({ runId, ...call }: Call): Promise<Outcome> =>
      executions.get(runId)?.perform({ runId, ...call }) ?? PARKED;
    // The first statement sees to the tables.
    await bury(store);
    const { database } = store;
    const runtime = await DbosRuntime.launch({ database, databaseUrl, perform });
    const enrolled = enrol(store, thisProcess(), runtime.executorId);
    const [workerId] = await Promise.all([enrolled, bell.ready()]).catch(async (error: unknown) => {
      await runtime.close();
      throw error;
    });
    const teller = new ProgressTeller(store, bell);
    const { workflow } = options;
    const slots = new Slots(store, bell);
    const paces = new Paces(store, bell);
    const shop = { store, bell, slots, paces, teller, runtime, workflow };
    return new LocalWorker(options, shop, executions, workerId);
  }

  async start(run: Parameters<Engine["start"]>[0]): Promise<void> {
    const { runId, workflow, input } = run;
    if (!(await createRun(this.#store, { ...run, workerId: this.#workerId }))) return;
    await this.#begin({ runId, workflow, input, epoch: 1, from: undefined }, NO_SEAT);
  }

  /** Throws when the run's workflow is not known here. */
  async claim(runId: string): Promise<Result<void, WavegateError>> {
    const record = await findRun(this.#store, runId);
    if (!record) return err(runNotFound(runId));
    if (hasEnded(record)) return err(runFinished(runId, record.status));
    this.#shop.workflow(record.workflow);
    await this.#bury();
    const claimed = await claimRun(this.#store, runId, this.#workerId);
    if (!claimed) {
      const owner = await findOwner(this.#store, runId);
      return err(owner ? runAlreadyRunning(runId, owner) : runFinished(runId, "just now"));
    }
    await this.#begin(claimed, NO_SEAT);
    return ok(undefined);
  }

  async work(options: {
    readonly concurrency: number;
    readonly workflows: readonly string[];
    readonly signal: AbortSignal;
  }): Promise<void> {
    const { concurrency, workflows } = options;
    const signal = AbortSignal.any([options.signal, this.#closed.signal]);
    const seats = new Turnstile();
    const look = () => isOffered(this.#store, workflows);
    while (!signal.aborted) {
      await this.#shop.bell.until(OFFERS, look, signal);
      // A place is taken only for a run that is there: one that goes on after a wait may need it.
      const leave = await seats.enter(concurrency, signal).catch(() => undefined);
      const next = leave && claimNextRun(this.#store, workflows, this.#workerId);
      const claimed = await next?.catch(() => undefined);
      if (leave && claimed)
        await this.#begin(claimed, seatIn(seats, concurrency, leave)).catch(() => {});
      else leave?.();
    }
  }

  async #begin(claimed: Claimed, seat: Seat): Promise<void> {
    const { runId, workflow, input, epoch, from } = claimed;
    const lease = { runId, workerId: this.#workerId, epoch };
    const execution = new Execution(this.#shop, lease, seat, () => void this.#again(execution));
    this.#follow(execution, seat);
    const { project } = this.#store;
    const { signal } = execution;
    try {
      if (from) {
        const event = { type: "run-taken-over", from, by: lease.workerId } as const;
        const key = `run-taken-over/${epoch}`;
        await recordEvent(this.#store, lease, { key, event }, signal);
      }
      const found = epoch === 1 ? "absent" : await this.#shop.runtime.takeOver(project, runId);
      if (found === "absent")
        await this.#shop.runtime.start({ project, runId, child: "", workflow, input });
      // Some beats' time is far beyond what it takes, and within that of a person who waits.
      if (typeof found === "object")
        void execution.expect(found.taken, 2 * this.#store.deadAfterMs);
      if (found === "ended") {
        const message = "The run's journal has ended without a result.";
        await finishRun(this.#store, lease, { ok: false, message }, signal);
        execution.stop("the run has ended");
      }
    } catch (error) {
      execution.stop("the run could not be begun");
      await releaseRun(this.#store, lease).catch(() => {});
      throw error;
    }
  }

  #follow(execution: Execution, seat: Seat): void {
    const { runId } = execution.lease;
    this.#executions.set(runId, execution);
    // A ring only says to look: all are rung after the connection was lost.
    const look = () => void this.#stopLost().catch(() => {});
    const off = this.#shop.bell.on(stopTopic(runId), look);
    execution.signal.addEventListener("abort", () => {
      off();
      seat.release();
      if (this.#executions.get(runId) === execution && !this.#closed.signal.aborted)
        this.#executions.delete(runId);
    });
  }

  /** The engine could not go on with a run: let go of it, and take it again as if its worker had died. */
  async #again({ lease }: Execution): Promise<void> {
    while (!this.#closed.signal.aborted) {
      await delay(this.#options.beatEveryMs, undefined, { signal: this.#closed.signal }).catch(
        () => {},
      );
      try {
        await this.#takeAgain(lease);
        return;
      } catch {
        // The server is away: once it is back.
      }
    }
  }

  async #takeAgain(lease: Lease): Promise<void> {
    await releaseRun(this.#store, lease);
    if (!this.#closing) await this.claim(lease.runId);
  }

  /**
   * Runs that are this worker's, at two beats in a row, and that nobody executes: they were taken, and the answer that said so was lost with
   * its connection. Nobody else would ever take them.
   */
  async #takeIdle(mine: ReadonlyMap<string, number>): Promise<void> {
    const before = this.#idle;
    this.#idle = new Map([...mine].filter(([runId]) => !this.#executions.has(runId)));
    if (this.#closing) return;
    const workerId = this.#workerId;
    for (const [runId, epoch] of this.#idle)
      if (before.get(runId) === epoch) await this.#takeAgain({ runId, workerId, epoch });
  }

  async #beat(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      await delay(this.#options.beatEveryMs, undefined, { signal: this.#closed.signal }).catch(
        () => {},
      );
      if (this.#closed.signal.aborted) return;
      try {
        if (!(await beat(this.#store, this.#workerId))) await this.#revive();
        await this.#takeBack();
        await this.#takeIdle(await this.#stopLost());
        await this.#bury();
      } catch {
        // The server is away; the next beat will tell.
      }
    }
  }

  /** This worker was declared dead: nothing it does counts any more. */
  async #revive(): Promise<void> {
    for (const execution of this.#executions.values()) {
      this.#had.add(execution.lease.runId);
      execution.stop("this worker was declared dead");
    }
    this.#workerId = await enrol(this.#store, thisProcess(), this.#shop.runtime.executorId);
  }

  /** Of what this worker had when it was declared dead, what nobody took. It is not forgotten while the server is away. */
  async #takeBack(): Promise<void> {
    for (const runId of this.#had) {
      if (!this.#executions.has(runId)) await this.claim(runId);
      this.#had.delete(runId);
    }
  }

  /** Stop executing runs that somebody ended, or that another worker has by now. Gives what is this worker's. */
  async #stopLost(): Promise<ReadonlyMap<string, number>> {
    const before = [...this.#executions.values()];
    const mine = await runsOf(this.#store, this.#workerId);
    for (const execution of before) {
      const { runId, epoch } = execution.lease;
      if (mine.get(runId) === epoch || execution.signal.aborted) continue;
      execution.stop("the run has ended, or another worker has it");
      const record = await findRun(this.#store, runId);
      if (record && hasEnded(record)) await this.#shop.runtime.cancel(this.#store.project, runId);
    }
    return mine;
  }

  async #bury(): Promise<void> {
    const gone = await bury(this.#store, this.#workerId);
    await this.#shop.runtime.forget(gone.filter((id) => id !== this.#shop.runtime.executorId));
  }

  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#executions.values()];
    for (const execution of running) execution.stop("the worker stops");
    const patience = new AbortController();
    await Promise.race([
      Promise.all(running.map((execution) => execution.quiet())),
      delay(DRAIN_MS, undefined, { signal: patience.signal }).catch(() => {}),
    ]);
    patience.abort();
    this.#closed.abort();
    await this.#beating;
    await resign(this.#store, this.#workerId).catch(() => {});
    await this.#shop.runtime.close();
  }
}
