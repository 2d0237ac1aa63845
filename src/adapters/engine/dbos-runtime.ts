import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { DBOS, DBOSClient, Error as DbosErrors, type DBOSConfig } from "@dbos-inc/dbos-sdk";
import { functionIDGet, functionIDGetIncrement } from "@dbos-inc/dbos-sdk/internal/context";
import { dbRetryConfig } from "@dbos-inc/dbos-sdk/internal/utils";
import type { Pool } from "pg";
import type { Json } from "../../core/json.ts";
import { never } from "../../core/never.ts";
import { breathe } from "./breathe.ts";
import { openPool, type Database } from "./database.ts";
import { isOutcome, type Outcome } from "./outcome.ts";
import { Replay } from "./replay.ts";
import { DBOS_SCHEMA, withDbosTables } from "./schema.ts";
import { keepQueuesSteady } from "./steady-queues.ts";

/**
 * Recovery needs the same version, and a gate may wait over an upgrade: so this is fixed, and changes only when a
 * journal written before can't be replayed any more.
 */
const WORKFLOW_VERSION = "wavegate-1";

/** Nobody listens here: what is put on it no longer belongs to whoever had it, and nobody runs it. */
const LIMBO = "wavegate-limbo";

/** What DBOS journals as the input of a workflow: the run itself has no child name. */
export interface Call {
  readonly project: string;
  readonly runId: string;
  readonly child: string;
  /** The spawned child that this is, or that has it among its children. */
  readonly spawned?: string;
  readonly workflow: string;
  readonly input: Json;
}

/**
 * How DBOS waits for a server that is away, in seconds: as we do ourselves. What it has by itself, from one second up to a minute, would
 * leave a run standing for most of a minute after a minute without a server.
 */
Object.assign(dbRetryConfig, { initialBackoffSec: 0.05, maxBackoffSec: 1 });

keepQueuesSteady();

type Perform = (call: Call) => Promise<Outcome>;

const silent: NonNullable<DBOSConfig["logger"]> = {
  info: () => {},
  debug: () => {},
  warn: () => {},
  error: () => {},
};

/** DBOS is one per process: whoever executes here. */
let performer: Perform | undefined;
const entry = DBOS.registerWorkflow((call: Call) => performer?.(call) ?? never(), {
  name: "wavegate",
  // How often an effect may be begun is for the workflow to say; see AttemptContext.starts.
  maxRecoveryAttempts: 2 ** 31 - 1,
});

const workflowId = ({ project, runId, child }: Pick<Call, "project" | "runId" | "child">): string =>
  child === "" ? `${project}:${runId}` : `${project}:${runId}/${child}`;

const QUEUE = { minPollingIntervalMs: 100 };

const queueOf = (executorId: string): string => `wavegate-${executorId}`;

/** DBOS, launched: journals steps, starts workflows, and takes over those of another process. */
export class DbosRuntime {
  readonly executorId: string;
  readonly #pool: Pool;
  readonly #client: DBOSClient;
  /** By workflow: those that go on with a journal. */
  readonly #replays = new Map<string, Replay>();
  /** Where no workflow is running, so that what is started there is nobody's child. */
  readonly #outside = new AsyncResource("wavegate");

  private constructor(executorId: string, pool: Pool, client: DBOSClient) {
    this.executorId = executorId;
    this.#pool = pool;
    this.#client = client;
  }

  /** Throws if this process has launched it already. */
  static async launch(options: {
    readonly database: Database;
    readonly databaseUrl: string;
    readonly perform: Perform;
  }): Promise<DbosRuntime> {
    if (performer)
      throw new Error(
        "this process has an engine that executes runs: close it before another does",
      );
    performer = options.perform;
    const executorId = randomUUID();
    const pool = openPool(options.databaseUrl, 10);
    // One for all projects, since a version belongs to one application: workflows and queues are told apart by their ids.
    const name = "wavegate";
    const settings = {
      systemDatabaseUrl: options.databaseUrl,
      systemDatabasePool: pool,
      systemDatabaseSchemaName: DBOS_SCHEMA,
      logger: silent,
    };
    try {
      const client = await DBOSClient.create({ ...settings, applicationName: name });
      const addQueue = () => client.registerQueue(queueOf(executorId), QUEUE);
      await withDbosTables(options.database, options.databaseUrl, async (outdated) => {
        // Before the launch if it can be: DBOS looks for queues once then, and each second later.
        if (!outdated) await addQueue();
        DBOS.setConfig({
          ...settings,
          name,
          executorID: executorId,
          applicationVersion: WORKFLOW_VERSION,
          runMigrations: outdated,
          useListenNotify: false,
          listenQueues: [queueOf(executorId)],
        });
        await DBOS.launch();
        if (outdated) await addQueue();
      });
      return new DbosRuntime(executorId, pool, client);
    } catch (error) {
      // What of it came up, so that it can be launched again.
      await DBOS.shutdown().catch(() => {});
      performer = undefined;
      await pool.end();
      throw error;
    }
  }

  /** Start a run that was never started. */
  async start(call: Call): Promise<void> {
    await this.#outside.runInAsyncScope(() =>
      DBOS.startWorkflow(entry, { workflowID: workflowId(call) })(call),
    );
  }

  /** Within a workflow: start a child of it. Its place in the journal is that of this call. */
  async startChild(call: Call): Promise<void> {
    await DBOS.startWorkflow(entry, { workflowID: workflowId(call) })(call);
  }

  /**
   * Start a child that is in no journal but its own, or see that it is executed here. `begun` tells whether it is being
   * executed here already. Another worker that didn't know yet that it lost the run may have started it in between.
   */
  async startSpawned(call: Call, begun: () => boolean): Promise<void> {
    await this.start(call);
    if (begun()) return;
    const id = workflowId(call);
    const state = await this.#client.getWorkflow(id);
    const open = state?.status === "PENDING" || state?.status === "ENQUEUED";
    const ours =
      state?.executorId === this.executorId || state?.queueName === queueOf(this.executorId);
    if (open && !ours && !begun())
      await this.#client.resumeWorkflows([id], { queueName: queueOf(this.executorId) });
  }

  /** Within a workflow: journal what `effect` gives. Its place in the journal is that of this call. */
  step(name: string, effect: () => Promise<Outcome>): Promise<Outcome> {
    const replay = DBOS.isInWorkflow() && this.#replays.get(DBOS.workflowID ?? "");
    const known = replay && replay.take(functionIDGet(), name);
    if (!known) return DBOS.runStep(effect, { name });
    functionIDGetIncrement();
    return Promise.all([replay.ready(), breathe()]).then(() => known);
  }

  /** A workflow that was journaled by an execution before this one begins: its steps are read ahead. */
  async beginReplay(call: Call): Promise<void> {
    const id = workflowId(call);
    const read = (place: { readonly limit: number; readonly offset: number }) =>
      this.#client.listWorkflowSteps(id, place);
    this.#replays.set(id, await Replay.begin(read));
  }

  endReplay(call: Call): void {
    this.#replays.delete(workflowId(call));
  }

  /** How those children of a run ended that have. */
  async outcomes(
    project: string,
    runId: string,
    children: readonly string[],
  ): Promise<ReadonlyMap<string, Outcome>> {
    const ids = new Map(children.map((child) => [workflowId({ project, runId, child }), child]));
    const found = await this.#client.listWorkflows({
      workflowIDs: [...ids.keys()],
      status: "SUCCESS",
      loadInput: false,
    });
    return new Map(
      found.flatMap(({ workflowID, output }) => {
        const child = ids.get(workflowID);
        return child !== undefined && isOutcome(output) ? [[child, output]] : [];
      }),
    );
  }

  /**
   * Take a run over from whichever process had it: from then on nothing that process writes for it counts, and it goes on
   * here with what is journaled. Children are taken after whoever could start more of them. Gives which will be performed: the run
   * itself, which is "", and children by their names.
   */
  async takeOver(
    project: string,
    runId: string,
  ): Promise<"absent" | "ended" | { readonly taken: readonly string[] }> {
    const root = workflowId({ project, runId, child: "" });
    const state = await this.#client.getWorkflow(root);
    if (!state) return "absent";
    if (state.status !== "PENDING" && state.status !== "ENQUEUED") return "ended";
    const taken = new Set<string>();
    for (let found = [root]; found.length > 0; found = await this.#open(root, taken)) {
      await this.#client.resumeWorkflows(found, { queueName: LIMBO });
      for (const id of found) taken.add(id);
    }
    await this.#client.resumeWorkflows([...taken], { queueName: queueOf(this.executorId) });
    return { taken: [...taken].map((id) => id.slice(root.length + 1)) };
  }

  async #open(root: string, except: ReadonlySet<string>): Promise<string[]> {
    const found = await this.#client.listWorkflows({
      workflow_id_prefix: `${root}/`,
      status: ["PENDING", "ENQUEUED"],
      loadInput: false,
      loadOutput: false,
    });
    // The prefix is matched as a pattern: "_" in it stands for any character.
    return found
      .map(({ workflowID }) => workflowID)
      .filter((id) => id.startsWith(`${root}/`) && !except.has(id));
  }

  /** A run that has ended needs no executor: nothing of it is left to be done. */
  async cancel(project: string, runId: string): Promise<void> {
    await this.#client.cancelWorkflows([workflowId({ project, runId, child: "" })], {
      cancelChildren: true,
    });
    await this.cancelChildren(project, runId);
  }

  /** Whatever children of a run have not ended. */
  async cancelChildren(project: string, runId: string): Promise<void> {
    const found = await this.#open(workflowId({ project, runId, child: "" }), new Set());
    if (found.length > 0) await this.#client.cancelWorkflows(found);
  }

  /** After others took this executor for gone: what is taken over here needs its queue again. */
  async revive(): Promise<void> {
    await this.#client.registerQueue(queueOf(this.executorId), QUEUE);
  }

  /** The queues of executors that are gone. What was on them is taken over with its run. */
  async forget(executorIds: readonly string[]): Promise<void> {
    for (const executorId of executorIds) await this.#client.deleteQueue(queueOf(executorId));
  }

  async close(): Promise<void> {
    await this.forget([this.executorId]).catch(() => {});
    await DBOS.shutdown();
    await this.#client.destroy();
    performer = undefined;
    await this.#pool.end();
  }
}

/** Whether the workflow's code no longer fits its journal. It can't be executed further, here or elsewhere. */
export const isReplayMismatch = (error: unknown): boolean =>
  error instanceof DbosErrors.DBOSUnexpectedStepError ||
  error instanceof DbosErrors.DBOSStepNondeterminismError ||
  error instanceof DbosErrors.DBOSConflictingWorkflowError;
