import type { RecordedEvent, Progress, RunEvent } from "../core/event.ts";
import type { WavegateError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import type { Slowed, Verdict } from "../core/pace.ts";
import type { Result } from "../core/result.ts";

/**
 * At most `limit` attempts hold a place in `pool` at once: in this run only, over the workers of the project on this machine, or over all of
 * them.
 */
export type Limit = {
  readonly pool: string;
  readonly limit: number;
  readonly scope: "run" | "machine" | "everywhere";
};

/**
 * A pool over all workers of the project whose limit follows what the attempts in it tell of the load outside: as many
 * as want to, until one is refused (`core/pace.ts`).
 */
export type PacedPool = {
  readonly pool: string;
  /** The most at once, whatever is told; null for no limit. */
  readonly limit: number | null;
};

/** What an effect may know of the attempt it runs in. */
export interface AttemptContext {
  /** Aborts when the run is canceled, the worker drains, another worker took the run over, or `ended` becomes true. */
  readonly signal: AbortSignal;
  /**
   * Whether the run ended this child (`Steps.end`). Unlike after any other abort, what the effect gives then is journaled,
   * and the child goes on with it. An effect that begins when the child has been ended finds the signal aborted.
   */
  readonly ended: boolean;
  /**
   * 1 + how many processes died, or were declared dead, in the middle of this effect: one that kills its process each
   * time shows here. One that was stopped in an orderly way and begins again does not.
   */
  readonly starts: number;
  /** When this worker took the run, in milliseconds since the epoch: before that, nobody worked on it here. */
  readonly claimedAt: number;
  /**
   * Tell how the call in the attempt's paced pool went. Resolves with what became slower by it, if anything. Without such
   * a pool nothing happens.
   */
  tellLoad(verdict: Verdict): Promise<Slowed | undefined>;
  /** Whether calls in its paced pool were held back when this one got its place, because some had been refused. */
  readonly heldBack: boolean;
  /** Show a sign of life. Never journaled. */
  progress(progress: Omit<Progress, "runId">): void;
}

/** Where a run waits for a person: at a gate, held by a failure that can be resumed, or for work done outside of it. */
export interface WaitRequest {
  /** Unique in the run, e.g. `planning/gate/1`. */
  readonly name: string;
  readonly kind: "gate" | "hold" | "work";
  /** What an answer must name to count: the digest of what is shown. */
  readonly token: string;
  /** What a person needs to see to answer. */
  readonly info: Json;
}

/** What a run receives. `at`: when it became known, in milliseconds since the epoch, the same on replay. */
export type Received =
  /** A spawned child has ended, with its output or with what it threw. */
  | {
      readonly kind: "child";
      readonly name: string;
      readonly outcome: Result<Json, string>;
      readonly at: number;
    }
  /** Somebody told the run something (`Engine.tell`), or answered what it showed as `waiting`: then `key` is the wait's name. */
  | { readonly kind: "message"; readonly key: string; readonly value: Json; readonly at: number }
  /** Nothing came until the time that was asked for. */
  | { readonly kind: "time"; readonly at: number };

/** When `receive` gives up, and what the run shows meanwhile. */
export interface ReceiveOptions {
  /** Milliseconds since the epoch. What has become known before comes first, however late it is. */
  readonly until?: number;
  /**
   * As long as nothing comes, the run waits for a person with this: its status says so, and its place among those that its
   * worker executes is free. A name that was answered once is not shown again.
   */
  readonly waiting?: WaitRequest;
}

/**
 * What a durable workflow may do. Every call is journaled by the order of calls, and answered from the journal on
 * replay, so a workflow reaches the world only through here.
 */
export interface Steps {
  /** The run's own id, in its children too. */
  readonly runId: string;
  /**
   * Run an effect and journal its value. Effects run at least once, their value is recorded once: only an effect
   * that had not been recorded when the process died runs again. Expected failures are values, never thrown.
   */
  attempt<T extends Json>(
    request: {
      readonly name: string;
      readonly limits?: readonly Limit[];
      readonly paced?: PacedPool | undefined;
    },
    effect: (context: AttemptContext) => Promise<T>,
  ): Promise<T>;
  /**
   * Start all children at once, each a durable workflow of its own, and give their outputs in the order asked. Names are
   * unique in the run. If children fail, the first failure in that order is thrown, once all have ended.
   */
  children<I extends Json, O extends Json>(
    workflow: Workflow<I, O>,
    children: readonly { readonly name: string; readonly input: I }[],
  ): Promise<readonly O[]>;
  /** The output of a child of the same run, by the name it was started under, once it has ended. */
  sibling<O extends Json>(name: string): Promise<O>;
  /**
   * Start a child durably and go on; its end comes by `receive`. Only the run itself spawns, not its children. Names are
   * unique among all children of the run. When the run ends, by whatever, what its children still do ends with it.
   * `shared`: any worker of the project that takes runs and has the same settings may execute it, at the place of a run, as long as it has less to do;
   * if that one dies, another or the one that has the run goes on with it. Then limits of the scope `run` are kept by each
   * worker for itself, and a `sibling` is found only among its own children.
   */
  spawn<I extends Json, O extends Json>(
    workflow: Workflow<I, O>,
    child: { readonly name: string; readonly input: I; readonly shared?: boolean },
  ): Promise<void>;
  /**
   * The next thing that became known to the run: each end of a spawned child and each message once, in the order in which
   * they were recorded. Only the run itself receives.
   */
  receive(options?: ReceiveOptions): Promise<Received>;
  /**
   * End what a spawned child does, with the children it has: the signals of its effects abort with `AttemptContext.ended`,
   * its sleeps are over, a `wait` of it throws, and an attempt that waits for a place begins without one. It goes on to its own
   * end, and is received as ever. Does nothing to one that has come to its end. Throws for one that was never spawned.
   */
  end(name: string): Promise<void>;
  sleep(ms: number): Promise<void>;
  /** Record an event once, whatever is replayed: `key` is unique in the run. */
  emit(key: string, event: RunEvent): Promise<void>;
  /** Wait, for days if need be, until a person's answer to this wait is recorded; the first valid answer wins. */
  wait<T extends Json>(request: WaitRequest): Promise<T>;
}

/** Durable code. `run` is replayed, so it must decide from its input and its steps alone. */
export interface Workflow<I extends Json, O extends Json> {
  readonly name: string;
  run(input: I, steps: Steps): Promise<O>;
}

/** pending: no live worker has it · waiting: for a person's decision or work · failed: see `error`; held runs can be resumed. */
export type RunStatus = "pending" | "running" | "waiting" | "completed" | "failed" | "canceled";

export interface OpenWait extends WaitRequest {
  /** ISO 8601, UTC. */
  readonly openedAt: string;
}

export interface RunRecord {
  readonly runId: string;
  readonly workflow: string;
  /** For lists: what the run is about, e.g. the spec's path. */
  readonly subject: string;
  readonly status: RunStatus;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The live worker that has the run, if any. */
  readonly owner?: { readonly workerId: string; readonly pid: number; readonly host: string };
  readonly wait?: OpenWait;
  readonly output?: Json;
  readonly error?: string;
}

/** A person's answer, as recorded. `value` is what the workflow's `wait` returns. */
export interface AnswerRecord {
  readonly value: Json;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Whether this call recorded it; false when the very same answer had been recorded before. */
  readonly fresh: boolean;
}

/**
 * Runs workflows durably. Several engines, in several processes, may share one store; a run is executed by one of
 * them at a time, and by another within 15 s when its worker dies.
 */
export interface Engine {
  /** Make workflows known. All must be known before the first `start`, `claim` or `work`. */
  register(...workflows: readonly Workflow<never, Json>[]): void;
  /** Create a run and execute it `here`, or leave it for any worker that calls `work`. A known id is not started twice. */
  start(request: {
    readonly runId: string;
    readonly workflow: string;
    readonly subject: string;
    readonly input: Json;
    readonly where: "here" | "any-worker";
  }): Promise<void>;
  /** Execute an existing run here. Fails if a live worker has it, or it has ended. */
  claim(runId: string): Promise<Result<void, WavegateError>>;
  /**
   * Take runs that are pending or whose worker died, and shared children of runs of the same settings, until the signal aborts; at most
   * `concurrency` at once, not counting those that wait for a person. Runs taken by then go on until they end or the engine is closed.
   */
  work(options: { readonly concurrency: number; readonly signal: AbortSignal }): Promise<void>;
  /**
   * Resolves when the run has ended or waits for a person, wherever it is executed; `afterWait` passes over that wait.
   * Rejects with RUN_NOT_FOUND, or with the signal's reason.
   */
  settled(
    runId: string,
    options?: { readonly afterWait?: string; readonly signal?: AbortSignal },
  ): Promise<RunRecord>;
  /** Answer a wait. The token must be the wait's own; the first answer wins; the same answer again is not an error. */
  answer(request: {
    readonly runId: string;
    readonly wait: string;
    readonly token: string;
    readonly value: Json;
  }): Promise<Result<AnswerRecord, WavegateError>>;
  /**
   * Tell a run that has not ended something, which it gets by `receive`. `key` is unique in the run: whoever tells it again
   * changes nothing, whatever the value, and `fresh` is false. Fails with RUN_NOT_FOUND or RUN_FINISHED.
   */
  tell(
    runId: string,
    message: { readonly key: string; readonly value: Json },
  ): Promise<Result<{ readonly fresh: boolean }, WavegateError>>;
  /** End a run and whatever its agents are doing, wherever it is executed. */
  cancel(runId: string): Promise<Result<void, WavegateError>>;
  run(runId: string): Promise<RunRecord | undefined>;
  /** What a run was started with; undefined where there is none of this id. */
  input(runId: string): Promise<Json | undefined>;
  /** Newest first. */
  runs(filter?: {
    readonly limit?: number;
    readonly status?: RunStatus;
    /** Only runs whose id begins so. */
    readonly prefix?: string;
  }): Promise<readonly RunRecord[]>;
  /** Events after `after` (0 = all), then live ones until the signal aborts; without a signal, those there are now. */
  events(runId: string, after: number, signal?: AbortSignal): AsyncIterable<RecordedEvent>;
  /** Signs of life of running agents, from whichever process runs them. Returns how to stop listening. */
  onProgress(listener: (progress: Progress) => void): Promise<() => void>;
  /** Tell of each run that was executed here, whole or in part, and has ended, once nothing of it is done here any more. */
  onOver(listener: (runId: string) => void): void;
  /** Stop: abort what runs here, leave it resumable, and let go of the store. */
  close(): Promise<void>;
}
