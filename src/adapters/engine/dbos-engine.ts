import type { WavegateError } from "../../core/error.ts";
import type { Progress } from "../../core/event.ts";
import type { Json } from "../../core/json.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { runFinished, runNotFound } from "../../core/run-error.ts";
import type { Engine, RunRecord, Workflow } from "../../ports/engine.ts";
import { Bell, channelOf, PROGRESS, runTopic } from "./bell.ts";
import { Database, openPool, withHost } from "./database.ts";
import { readEvents } from "./events.ts";
import { deliverMessage } from "./inbox.ts";
import { LocalWorker } from "./local-worker.ts";
import { inputOf } from "./run-input.ts";
import { cancelRun, createRun, findRun, hasEnded, listRuns } from "./runs.ts";
import { openPatiently } from "./open-patiently.ts";
import { migrate } from "./schema.ts";
import { storeOf, type Store } from "./store.ts";
import { recordAnswer } from "./waits.ts";

export interface DbosEngineOptions {
  /** PostgreSQL 15 or newer; the role must be allowed to create schemas. */
  readonly databaseUrl: string;
  /** Stable key of the project: projects that share a server share nothing else. */
  readonly project: string;
  /** What decides how work is done here, as a digest: a shared child is executed where it is the same as with its run. Default: "". */
  readonly settings?: string;
  /** Between two heartbeats. Default 2 s. */
  readonly beatEveryMs?: number;
  /** Without a heartbeat for this long a worker is dead. Default 8 s. */
  readonly deadAfterMs?: number;
  /** Between two looks at the database while waiting, should a notification be lost. Default 1 s. */
  readonly lookEveryMs?: number;
}

/** So that no run's name is that of a child of another. */
const RUN_ID = /^[\w.-]{1,120}$/;

/**
 * Runs workflows durably with DBOS on PostgreSQL. Looking, answering and canceling only need the database; the first
 * `start`, `claim` or `work` makes this process a worker. One engine per process can be a worker at a time, since
 * DBOS is one per process: a second one throws there, until the first is closed.
 */
export const createDbosEngine = (options: DbosEngineOptions): Engine => new DbosEngine(options);

class DbosEngine implements Engine {
  readonly #options: DbosEngineOptions;
  readonly #pool;
  readonly #store: Store;
  readonly #bell: Bell;
  readonly #workflows = new Map<string, Workflow<Json, Json>>();
  readonly #onOver: ((runId: string) => void)[] = [];
  #worker: Promise<LocalWorker> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: DbosEngineOptions) {
    const { project, settings = "", deadAfterMs = 8_000, lookEveryMs = 1_000 } = options;
    const databaseUrl = withHost(options.databaseUrl);
    this.#options = { ...options, databaseUrl };
    this.#pool = openPool(databaseUrl, 6);
    const database = new Database(this.#pool, () => migrate(databaseUrl));
    this.#store = storeOf(database, { project, deadAfterMs, settings });
    this.#bell = new Bell(databaseUrl, channelOf(project), lookEveryMs);
  }

  register(...workflows: readonly Workflow<never, Json>[]): void {
    for (const workflow of workflows) this.#workflows.set(workflow.name, workflow);
  }

  async start(run: Parameters<Engine["start"]>[0]): Promise<void> {
    this.#workflow(run.workflow);
    if (!RUN_ID.test(run.runId)) throw new Error(`not a run id: ${run.runId.slice(0, 100)}`);
    if (run.where === "here") await (await this.#asWorker()).start(run);
    else await createRun(this.#store, { ...run, workerId: undefined });
  }

  async claim(runId: string): Promise<Result<void, WavegateError>> {
    return (await this.#asWorker()).claim(runId);
  }

  async work(options: Parameters<Engine["work"]>[0]): Promise<void> {
    const workflows = [...this.#workflows.keys()];
    await (await this.#asWorker()).work({ ...options, workflows });
  }

  async settled(
    runId: string,
    { afterWait, signal }: NonNullable<Parameters<Engine["settled"]>[1]> = {},
  ): Promise<RunRecord> {
    const look = async () => {
      const record = await findRun(this.#store, runId, afterWait);
      if (!record) throw runNotFound(runId);
      return record.wait || hasEnded(record) ? record : undefined;
    };
    const stop = signal ?? new AbortController().signal;
    const record = await this.#bell.until(runTopic(runId), look, stop);
    if (record) return record;
    throw signal?.aborted ? signal.reason : new Error("the engine was closed");
  }

  answer(request: Parameters<Engine["answer"]>[0]): ReturnType<Engine["answer"]> {
    return recordAnswer(this.#store, request);
  }

  async tell(runId: string, message: Parameters<Engine["tell"]>[1]): ReturnType<Engine["tell"]> {
    if (await deliverMessage(this.#store, runId, message)) return ok({ fresh: true });
    const record = await findRun(this.#store, runId);
    if (!record) return err(runNotFound(runId));
    return hasEnded(record) ? err(runFinished(runId, record.status)) : ok({ fresh: false });
  }

  async cancel(runId: string): Promise<Result<void, WavegateError>> {
    if (await cancelRun(this.#store, runId)) return ok(undefined);
    const record = await findRun(this.#store, runId);
    return err(record ? runFinished(runId, record.status) : runNotFound(runId));
  }

  run(runId: string): Promise<RunRecord | undefined> {
    return findRun(this.#store, runId);
  }

  input(runId: string): Promise<Json | undefined> {
    return inputOf(this.#store, runId);
  }

  runs(filter: NonNullable<Parameters<Engine["runs"]>[0]> = {}): Promise<readonly RunRecord[]> {
    return listRuns(this.#store, filter);
  }

  events(runId: string, after: number, signal?: AbortSignal): ReturnType<Engine["events"]> {
    return readEvents(this.#store, this.#bell, { runId, after }, signal);
  }

  async onProgress(listener: (progress: Progress) => void): Promise<() => void> {
    const off = this.#bell.on(PROGRESS, (body) => {
      if (isProgress(body)) listener(body);
    });
    await this.#bell.ready();
    return off;
  }

  onOver(listener: (runId: string) => void): void {
    this.#onOver.push(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const worker = await this.#worker?.catch(() => undefined);
    await worker?.close();
    await this.#bell.close();
    await this.#pool.end();
  }

  #workflow(name: string): Workflow<Json, Json> {
    const workflow = this.#workflows.get(name);
    if (!workflow) throw new Error(`no workflow ${name} is registered`);
    return workflow;
  }

  #asWorker(): Promise<LocalWorker> {
    if (this.#closing) return Promise.reject(new Error("the engine is closed"));
    this.#worker ??= this.#openWorker();
    return this.#worker;
  }

  async #openWorker(): Promise<LocalWorker> {
    const { databaseUrl, beatEveryMs = 2_000 } = this.#options;
    const workflow = (name: string) => this.#workflow(name);
    const [store, bell] = [this.#store, this.#bell];
    const onOver = (runId: string) => this.#onOver.forEach((listener) => listener(runId));
    const given = { databaseUrl, store, bell, beatEveryMs, workflow, onOver };
    const open = () => LocalWorker.open(given);
    try {
      return await openPatiently(open, () => this.#closing === undefined);
    } catch (error) {
      this.#worker = undefined;
      throw error;
    }
  }
}

const isProgress = (body: unknown): body is Progress =>
  typeof body === "object" && body !== null && "runId" in body && "line" in body;
