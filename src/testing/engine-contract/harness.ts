import type { Json } from "../../core/json.ts";
import type { Engine, RunRecord } from "../../ports/engine.ts";
import { PATIENCE_MS, type Desk } from "./desk.ts";
import type { Op } from "./script.ts";

/** A process that executes runs, or something that acts like one. */
export interface ContractWorker {
  readonly name: string;
  /** Start a run of the script workflow here. */
  start(runId: string, ops: readonly Op[]): Promise<void>;
  /** "claimed", or the code and message of why not. */
  claim(runId: string): Promise<string>;
  /** Work from now on, until closed. */
  work(concurrency: number): Promise<void>;
  close(): Promise<void>;
  /** As kill -9. Resolves once it is gone. */
  kill(): Promise<void>;
  /** As SIGSTOP, until its heart is taken for dead. Its effects stay as they are. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** As somebody who puts the clock of its machine forward, or back where negative. */
  shiftClock(ms: number): Promise<void>;
}

/** What the suite needs of an engine: made anew for each test, with runs of its own. */
export interface ContractHarness {
  /** Looks, answers, cancels and leaves runs to others; it knows the script workflow and executes nothing. */
  readonly observer: Engine;
  worker(): Promise<ContractWorker>;
  close(): Promise<void>;
}

/** One test's world. */
export class Scene {
  readonly desk: Desk;
  readonly observer: Engine;
  readonly #harness: ContractHarness;
  /** Aborts when the test has taken too long. */
  readonly signal = AbortSignal.timeout(PATIENCE_MS);

  constructor(desk: Desk, harness: ContractHarness) {
    this.desk = desk;
    this.observer = harness.observer;
    this.#harness = harness;
  }

  worker(): Promise<ContractWorker> {
    return this.#harness.worker();
  }

  settled(runId: string, afterWait?: string): Promise<RunRecord> {
    const { signal } = this;
    return this.observer.settled(runId, { signal, ...(afterWait ? { afterWait } : {}) });
  }

  /** Leave a run to whichever worker takes it. */
  offer(runId: string, ops: readonly Op[]): Promise<void> {
    return this.observer.start({
      runId,
      workflow: "script",
      subject: `about ${runId}`,
      input: { ops },
      where: "any-worker",
    });
  }

  /** Answer a wait, and say how that went: the record, or the code of the failure. */
  async answer(runId: string, wait: string, token: string, value: Json) {
    const answered = await this.observer.answer({ runId, wait, token, value });
    return answered.ok ? answered.value : answered.error.code;
  }

  /** The types or keys of the run's events so far. */
  async events(runId: string, after = 0): Promise<readonly string[]> {
    const seen: string[] = [];
    for await (const { event } of this.observer.events(runId, after))
      seen.push(event.type === "stage-resumed" ? event.stage : event.type);
    return seen;
  }

  /** The run, once it is as `wanted`; looks again on every settled or changed state it is told of. */
  async when(runId: string, wanted: (record: RunRecord) => boolean): Promise<RunRecord> {
    for (;;) {
      const record = await this.observer.run(runId);
      if (record && wanted(record)) return record;
      this.signal.throwIfAborted();
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
    }
  }
}

export type Cases = Readonly<Record<string, (scene: Scene) => Promise<void>>>;
