import { isDeepStrictEqual } from "node:util";
import type { WavegateError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import { err, ok, type Result } from "../core/result.ts";
import {
  alreadyDecided,
  runAlreadyRunning,
  runFinished,
  runNotFound,
  runNotWaiting,
  staleToken,
} from "../core/run-error.ts";
import { Turnstile } from "../core/turnstile.ts";
import type { AnswerRecord, Engine, RunRecord, Workflow } from "../ports/engine.ts";
import { Execution } from "./memory-engine/execution.ts";
import type { Seat } from "./memory-engine/shared-seat.ts";
import {
  MemoryStore,
  openWait,
  recordOf,
  waitsForPerson,
  type MemoryRun,
  type MemoryWorker,
} from "./memory-engine/store.ts";

const NEVER = new AbortController().signal;
const NO_SEAT: Seat = { release: () => {}, take: () => Promise.resolve() };

/** Lets tests do to an engine what happens to a process. */
export interface MemoryEngine extends Engine {
  /** As kill -9: nothing more is written or said, and its runs are for others at once. */
  crash(): void;
  /** As a process that hangs until its worker is declared dead, and does not know it: its effects go on. */
  declareDead(): void;
}

/** `now`: the time, in milliseconds since the epoch, which is never put back. Default: that of the machine. */
export const createMemoryStore = ({ now }: { readonly now?: () => number } = {}): MemoryStore =>
  new MemoryStore(
    now
      ? { wall: now, monotonic: now }
      : { wall: () => Date.now(), monotonic: () => performance.now() },
  );

/**
 * An engine that keeps everything in memory, for fast tests: the same contract as the durable one, without a database.
 * Engines with one `store` act like processes with one database.
 */
export function createMemoryEngine(options: { readonly store?: MemoryStore } = {}): MemoryEngine {
  return new MemoryEngineOf(options.store ?? createMemoryStore());
}

let workers = 0;

class MemoryEngineOf implements MemoryEngine {
  readonly #store: MemoryStore;
  readonly #worker: MemoryWorker;
  readonly #workflows = new Map<string, Workflow<Json, Json>>();
  readonly #executions = new Map<MemoryRun, Execution>();
  readonly #closed = new AbortController();
  readonly #onOver: ((runId: string) => void)[] = [];

  constructor(store: MemoryStore) {
    this.#store = store;
    workers += 1;
    this.#worker = { workerId: `memory-${workers}`, pid: process.pid, host: "memory" };
    store.workers.add(this.#worker);
  }

  register(...workflows: readonly Workflow<never, Json>[]): void {
    for (const workflow of workflows) this.#workflows.set(workflow.name, workflow);
  }

  async start({ runId, workflow, subject, input, where }: Parameters<Engine["start"]>[0]) {
    this.#workflow(workflow);
    if (this.#store.runs.has(runId)) return;
    const at = this.#store.at();
    const run: MemoryRun = {
      runId,
      workflow,
      subject,
      input: structuredClone(input),
      createdAt: at,
      updatedAt: at,
      number: this.#store.runs.size,
      epoch: 0,
      journals: new Map(),
      children: new Map(),
      spawned: new Map(),
      inbox: [],
      inboxKeys: new Set(),
      starts: new Map(),
      waits: new Map(),
      events: [],
      keys: new Set(),
    };
    this.#store.runs.set(runId, run);
    if (where === "here") this.#execute(run, NO_SEAT);
    else this.#store.touch(run);
  }

  async claim(runId: string): Promise<Result<void, WavegateError>> {
    const run = this.#store.runs.get(runId);
    if (!run) return err(runNotFound(runId));
    if (run.ended) return err(runFinished(runId, run.ended.status));
    if (run.owner) return err(runAlreadyRunning(runId, run.owner));
    this.#execute(run, NO_SEAT);
    return ok(undefined);
  }

  async work(options: Parameters<Engine["work"]>[0]): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.#closed.signal]);
    const seats = new Turnstile();
    const find = () =>
      [...this.#store.runs.values()].find(
        (run) =>
          !run.owner &&
          !waitsForPerson(run, this.#store.now()) &&
          this.#workflows.has(run.workflow),
      );
    while (!signal.aborted) {
      await this.#store.until(find, signal);
      // A place is taken only for a run that is there: one that goes on after a wait may need it.
      const leave = await seats.enter(options.concurrency, signal).catch(() => undefined);
      const run = leave && find();
      if (run && !signal.aborted)
        this.#execute(run, seat(seats, options.concurrency, leave, this.#closed.signal));
      else leave?.();
    }
  }

  #workflow(name: string): Workflow<Json, Json> {
    const workflow = this.#workflows.get(name);
    if (!workflow) throw new Error(`no workflow ${name} is registered`);
    return workflow;
  }

  #execute(run: MemoryRun, place: Seat): void {
    if (this.#closed.signal.aborted) throw new Error("the engine is closed");
    run.owner = this.#worker;
    const execution = new Execution(this.#store, run, place);
    if (run.diedWith !== undefined) {
      const event = { type: "run-taken-over", from: run.diedWith, by: run.owner.workerId } as const;
      this.#store.emit(run, `run-taken-over/${run.epoch}`, event);
      delete run.diedWith;
    }
    this.#executions.set(run, execution);
    void this.#stopOvertaken(run, execution, place);
    void execution.run(this.#workflow(run.workflow));
    this.#store.touch(run);
  }

  async #stopOvertaken(run: MemoryRun, execution: Execution, place: Seat): Promise<void> {
    const look = () => (execution.overtaken ? true : undefined);
    if (!(await this.#store.until(look, this.#closed.signal))) return;
    execution.stop(run.ended ? "the run has ended" : "another worker has the run");
    if (this.#executions.get(run) === execution) this.#executions.delete(run);
    place.release();
    if (!run.ended) return;
    await Promise.allSettled(execution.effects);
    for (const listener of this.#onOver) listener(run.runId);
  }

  async settled(runId: string, options: Parameters<Engine["settled"]>[1] = {}) {
    const run = this.#store.runs.get(runId);
    if (!run) throw runNotFound(runId);
    const look = () => {
      const wait = openWait(run, options.afterWait);
      if (run.ended || wait) return { ...recordOf(run), ...(wait ? { wait } : {}) };
    };
    const record = await this.#store.until<RunRecord>(look, options.signal ?? NEVER);
    if (record) return record;
    throw options.signal?.reason;
  }

  async answer(
    request: Parameters<Engine["answer"]>[0],
  ): Promise<Result<AnswerRecord, WavegateError>> {
    const run = this.#store.runs.get(request.runId);
    if (!run) return err(runNotFound(request.runId));
    const wait = run.waits.get(request.wait);
    if (!wait) return err(runNotWaiting(request.runId, request.wait));
    if (wait.token !== request.token) return err(staleToken(request.wait));
    if (wait.answer)
      return isDeepStrictEqual(wait.answer.value, request.value)
        ? ok({ ...wait.answer, fresh: false })
        : err(alreadyDecided(request.wait, wait.answer.value, wait.answer.at));
    if (run.ended) return err(runFinished(request.runId, run.ended.status));
    const answer = { value: structuredClone(request.value), at: this.#store.at() };
    run.waits.set(request.wait, { ...wait, answer });
    const { wait: key } = request;
    const message = { kind: "message", key, value: answer.value, at: this.#store.now() } as const;
    if (wait.receiving) this.#store.deliver(run, message);
    this.#store.touch(run);
    return ok({ ...answer, fresh: true });
  }

  async tell(runId: string, { key, value }: Parameters<Engine["tell"]>[1]) {
    const run = this.#store.runs.get(runId);
    if (!run) return err(runNotFound(runId));
    if (run.ended) return err(runFinished(runId, run.ended.status));
    const message = { kind: "message", key, value, at: this.#store.now() } as const;
    return ok({ fresh: this.#store.deliver(run, message) });
  }

  async cancel(runId: string): Promise<Result<void, WavegateError>> {
    const run = this.#store.runs.get(runId);
    if (!run) return err(runNotFound(runId));
    if (run.ended) return err(runFinished(runId, run.ended.status));
    run.ended = { status: "canceled" };
    delete run.owner;
    this.#store.touch(run);
    return ok(undefined);
  }

  async run(runId: string): Promise<RunRecord | undefined> {
    const run = this.#store.runs.get(runId);
    return run && recordOf(run);
  }

  async input(runId: string): Promise<Json | undefined> {
    return this.#store.runs.get(runId)?.input;
  }

  async runs({ limit, status, prefix = "" }: Parameters<Engine["runs"]>[0] = {}) {
    return [...this.#store.runs.values()]
      .toSorted((a, b) => b.number - a.number)
      .map(recordOf)
      .filter(({ runId }) => runId.startsWith(prefix))
      .filter((record) => status === undefined || record.status === status)
      .slice(0, limit);
  }

  async *events(runId: string, after: number, signal?: AbortSignal) {
    let seen = after;
    const look = () => this.#store.runs.get(runId)?.events.filter(({ seq }) => seq > seen);
    for (;;) {
      const found = signal
        ? await this.#store.until(() => (look()?.length ? look() : undefined), signal)
        : look();
      for (const recorded of found ?? []) {
        seen = recorded.seq;
        yield structuredClone(recorded);
      }
      if (!signal || signal.aborted) return;
    }
  }

  async onProgress(listener: Parameters<Engine["onProgress"]>[0]): Promise<() => void> {
    this.#store.listeners.add(listener);
    return () => this.#store.listeners.delete(listener);
  }

  onOver(listener: (runId: string) => void): void {
    this.#onOver.push(listener);
  }

  async close(): Promise<void> {
    const running = [...this.#executions.values()];
    this.#closed.abort(new Error("the engine is closed"));
    for (const execution of running) execution.stop("the worker stops");
    await Promise.allSettled(running.flatMap(({ effects }) => [...effects]));
    this.#store.release(this.#worker);
  }

  crash(): void {
    const running = [...this.#executions.values()];
    this.#closed.abort(new Error("the engine crashed"));
    // Dead first: what is stopped after that was not stopped in an orderly way.
    this.#store.bury(this.#worker);
    for (const execution of running) execution.stop("the worker crashed");
  }

  declareDead(): void {
    this.#store.bury(this.#worker);
  }
}

/** The place among those executing that a run taken by `work` has, gives up while it waits, and gets back after. */
function seat(seats: Turnstile, limit: number, leave: () => void, signal: AbortSignal): Seat {
  let release = leave;
  return {
    release: () => release(),
    take: async () => {
      release = await seats.enter(limit, signal);
      if (signal.aborted) release();
    },
  };
}
