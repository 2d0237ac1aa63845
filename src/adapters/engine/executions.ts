import { setTimeout as delay } from "node:timers/promises";
import { never } from "../../core/never.ts";
import type { Call } from "./dbos-runtime.ts";
import { recordEvent } from "./events.ts";
import { Execution } from "./execution.ts";
import { finishRun } from "./finish-run.ts";
import type { Shop } from "./footing.ts";
import { leaseOf, whoTook } from "./leases.ts";
import type { Outcome } from "./outcome.ts";
import { endShared, findRun, hasEnded, releaseRun, stopTopic } from "./runs.ts";
import { NO_SEAT, type Seat } from "./seat.ts";
import type { Lease, Store } from "./store.ts";
import { claimLeft, claimRun, runsOf, type Claimed, type Held } from "./take-runs.ts";

/** What this process executes, from when it was taken until it has ended, or is another's. */
export class Executions {
  /** Who takes them: another id once this worker was declared dead. */
  workerId: string;
  /** The worker stops: nothing more is taken. */
  closing = false;
  readonly #store: Store;
  readonly #shop: Shop;
  readonly #running: Map<string, Execution>;
  readonly #beatEveryMs: number;
  readonly #closed: AbortSignal;
  readonly #onOver: (runId: string) => void;
  /** Runs that have ended, until nothing of them is done here any more. */
  readonly #ending = new Set<Promise<unknown>>();
  /** Of what is this worker's, by run, what nobody executed at the last beat. */
  #idle: ReadonlyMap<string, Held> = new Map();
  /** Runs that it had when it was declared dead, until it took them back or somebody else did. */
  readonly #had = new Set<string>();

  constructor(shop: Shop, running: Map<string, Execution>, given: Given) {
    this.#shop = shop;
    this.#store = shop.store;
    this.#running = running;
    this.workerId = given.workerId;
    this.#beatEveryMs = given.beatEveryMs;
    this.#closed = given.closed;
    this.#onOver = given.onOver;
  }

  async begin(claimed: Claimed, seat: Seat): Promise<void> {
    const { runId, workflow, input, epoch } = claimed;
    const lease = leaseOf(claimed, this.workerId);
    const known = this.#running.get(runId);
    // Nobody would stop it any more; or that it was taken was said late, and it was taken once more since.
    if (this.closing || (known && known.lease.epoch >= epoch)) {
      seat.release();
      return releaseRun(this.#store, lease);
    }
    known?.stop("it was taken once more");
    const execution = new Execution(this.#shop, lease, seat, () => void this.#again(execution));
    this.#follow(execution, seat);
    const { project } = this.#store;
    const { signal } = execution;
    try {
      const event = whoTook(claimed, lease, ({ of }) => this.#running.has(of));
      if (event) await recordEvent(this.#store, lease, event, signal);
      const found = epoch === 1 ? "absent" : await this.#shop.runtime.takeOver(project, runId);
      if (found === "absent")
        await this.#shop.runtime.start({ project, runId, child: "", workflow, input });
      // Some beats' time is far beyond what it takes, and within that of a person who waits.
      if (typeof found === "object")
        void execution.expect(found.taken, 2 * this.#store.deadAfterMs);
      if (found === "ended") {
        const message = "The run's journal has ended without a result.";
        const ended = await finishRun(this.#store, lease, { ok: false, message }, signal);
        execution.over = ended && claimed.of === null;
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
    this.#running.set(runId, execution);
    // A ring only says to look: all are rung after the connection was lost.
    const look = () => void this.#stopLost().catch(() => {});
    const off = this.#shop.bell.on(stopTopic(runId), look);
    execution.signal.addEventListener("abort", () => {
      off();
      seat.release();
      if (execution.over) this.#ends(this.#tellOver(execution));
      if (this.#running.get(runId) === execution && !this.#closed.aborted)
        this.#running.delete(runId);
    });
  }

  #ends(work: Promise<unknown>): void {
    const ending = work.catch(() => {});
    this.#ending.add(ending);
    void ending.finally(() => this.#ending.delete(ending));
  }

  async #tellOver(execution: Execution): Promise<void> {
    await execution.quiet();
    this.#onOver(execution.runId);
  }

  /** The engine could not go on with a run: let go of it, and take it again as if its worker had died. */
  async #again({ lease }: Execution): Promise<void> {
    while (!this.#closed.aborted) {
      await delay(this.#beatEveryMs, undefined, { signal: this.#closed }).catch(() => {});
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
    if (!this.closing) await this.#retake(lease.runId);
  }

  /**
   * What was taken and is not executed, what was had before, and what nobody took: looked for with every beat. That it is taken is not waited for:
   * the heart has to beat, or whoever has much to take is declared dead by it.
   */
  async look(): Promise<void> {
    this.#takeBack();
    this.#takeIdle(await this.#stopLost());
  }

  /** This worker was declared dead: nothing it does counts any more. */
  stopDead(): void {
    for (const execution of this.#running.values()) {
      this.#had.add(execution.lease.runId);
      execution.stop("this worker was declared dead");
    }
  }

  /** The worker stops. Resolves once nothing is done any more, or after that time. */
  async drain(patienceMs: number): Promise<void> {
    this.closing = true;
    const running = [...this.#running.values()];
    for (const execution of running) execution.stop("the worker stops");
    const patience = new AbortController();
    await Promise.race([
      Promise.all(running.map((execution) => execution.quiet())).then(() =>
        Promise.all(this.#ending),
      ),
      delay(patienceMs, undefined, { signal: patience.signal }).catch(() => {}),
    ]);
    patience.abort();
  }

  /**
   * Runs that are this worker's, at two beats in a row, and that nobody executes: they were taken, and the answer that said so was lost with
   * its connection. Nobody else would ever take them.
   */
  #takeIdle(mine: ReadonlyMap<string, Held>): void {
    const before = this.#idle;
    this.#idle = new Map([...mine].filter(([runId]) => !this.#running.has(runId)));
    if (this.closing) return;
    const workerId = this.workerId;
    for (const [runId, { epoch }] of this.#idle)
      if (before.get(runId)?.epoch === epoch)
        void this.#takeAgain({ runId, workerId, epoch }).catch(() => {});
  }

  /** Of what this worker had when it was declared dead, what nobody took. It is not forgotten while the server is away. */
  #takeBack(): void {
    const had = [...this.#had];
    this.#had.clear();
    if (this.closing) return;
    for (const runId of had)
      if (!this.#running.has(runId))
        void this.#retake(runId).catch(() => void this.#had.add(runId));
  }

  /** Take what this worker had, unless somebody else has it or it has ended. */
  async #retake(runId: string): Promise<void> {
    const claimed = await claimRun(this.#store, runId, this.workerId);
    if (claimed) await this.begin(claimed, NO_SEAT);
  }

  /** Execute what was offered of runs that are executed here and nobody took, or whose worker died. Not waited for either. */
  async takeLeft(): Promise<void> {
    if (this.closing || ![...this.#running.values()].some(({ offers }) => offers)) return;
    for (const claimed of await claimLeft(this.#store, this.workerId))
      void this.begin(claimed, NO_SEAT).catch(() => {});
  }

  /**
   * Stop executing what somebody ended, or what another worker has by now, and tell shared children that their run ended
   * them. Gives what is this worker's.
   */
  async #stopLost(): Promise<ReadonlyMap<string, Held>> {
    const before = [...this.#running.values()];
    const mine = await runsOf(this.#store, this.workerId);
    for (const execution of before) {
      const row = mine.get(execution.lease.runId);
      if (row?.ended) execution.end();
      if (row?.epoch === execution.lease.epoch || execution.signal.aborted) continue;
      execution.stop("the run has ended, or another worker has it");
      this.#ends(this.#clearUp(execution));
    }
    return mine;
  }

  /** Of a run that was ended nothing is left to be done; who has it when another took it goes on with all of it. */
  async #clearUp(execution: Execution): Promise<void> {
    const { runId, lease } = execution;
    const record = await findRun(this.#store, runId);
    if (!record || !hasEnded(record)) return;
    const told = this.#tellOver(execution);
    try {
      if (lease.part) await endShared(this.#store, lease.part.of);
      await this.#shop.runtime.cancel(this.#store.project, lease.runId);
    } finally {
      await told;
    }
  }
}

interface Given {
  readonly workerId: string;
  readonly beatEveryMs: number;
  /** Aborts when the worker is closed. */
  readonly closed: AbortSignal;
  /** Told of runs that have ended. */
  readonly onOver: (runId: string) => void;
}

/** Performs what DBOS begins of what is in the map. */
export const performIn =
  (running: ReadonlyMap<string, Execution>) =>
  (call: Call): Promise<Outcome> =>
    running.get(call.runId)?.perform(call) ?? never();
