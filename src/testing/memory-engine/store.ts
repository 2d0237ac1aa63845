import type { Progress, RecordedEvent, RunEvent } from "../../core/event.ts";
import type { Json } from "../../core/json.ts";
import type { Clocks } from "../../core/run-clock.ts";
import { Turnstiles } from "../../core/turnstiles.ts";
import { MemoryPaces } from "./paces.ts";
import type { OpenWait, Received, RunRecord, WaitRequest } from "../../ports/engine.ts";

/** How a journaled call or a workflow ended. */
export type Outcome =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

export interface JournalEntry {
  readonly name: string;
  readonly outcome: Outcome;
}

export interface MemoryWorker {
  readonly workerId: string;
  readonly pid: number;
  readonly host: string;
}

export interface MemoryWait extends OpenWait {
  readonly answer?: { readonly value: Json; readonly at: string };
  /** Shown by a run that receives: over with whatever comes, or at `until`. */
  readonly receiving?: { readonly until: number | undefined };
}

/** All that is stored of one run. `epoch` grows with every execution: writes under an older one change nothing. */
export interface MemoryRun {
  readonly runId: string;
  readonly workflow: string;
  readonly subject: string;
  readonly input: Json;
  readonly createdAt: string;
  /** Newest first is by this, since many runs are created in one millisecond. */
  readonly number: number;
  updatedAt: string;
  epoch: number;
  owner?: MemoryWorker;
  /** The worker that had it last, unless it let go of it: then it died. */
  diedWith?: string;
  ended?: {
    readonly status: "completed" | "failed" | "canceled";
    /** Nothing for a canceled run. */
    readonly outcome?: Outcome;
  };
  /** By workflow instance: the run itself is "", a child its name. */
  readonly journals: Map<string, JournalEntry[]>;
  readonly children: Map<string, Outcome>;
  /** Spawned children by name, and whether the run ended them. */
  readonly spawned: Map<string, { ended: boolean }>;
  /** What the run receives, in the order in which it became known, each once. */
  readonly inbox: Received[];
  readonly inboxKeys: Set<string>;
  readonly starts: Map<string, number>;
  readonly waits: Map<string, MemoryWait>;
  readonly events: RecordedEvent[];
  readonly keys: Set<string>;
}

/** The longest that a timer takes. */
export const LONGEST_MS = 2 ** 31 - 1;

/** What several memory engines share, as real ones share a database. It outlives each of them. */
export class MemoryStore {
  readonly runs = new Map<string, MemoryRun>();
  readonly workers = new Set<MemoryWorker>();
  /** Which run has what, by name (`ports/claims.ts`). */
  readonly claims = new Map<string, MemoryRun>();
  readonly listeners = new Set<(progress: Progress) => void>();
  readonly paces: MemoryPaces;
  /** All of it is on one machine. */
  readonly pools = new Turnstiles();
  readonly #watchers = new Set<() => void>();
  readonly now: () => number;
  readonly clocks: Clocks;

  constructor(clocks: Clocks) {
    this.clocks = clocks;
    this.now = clocks.wall;
    this.paces = new MemoryPaces(this.now);
  }

  at(): string {
    return new Date(this.now()).toISOString();
  }

  /** Something changed: all who wait look again. */
  touch(run?: MemoryRun): void {
    if (run) run.updatedAt = this.at();
    for (const watcher of Array.from(this.#watchers)) watcher();
  }

  /** The first thing `look` finds, now or after a change; undefined once the signal aborts. */
  until<T>(look: () => T | undefined, signal: AbortSignal): Promise<T | undefined> {
    return new Promise((resolve) => {
      const settle = (found: T | undefined) => {
        this.#watchers.delete(watch);
        signal.removeEventListener("abort", give);
        resolve(found);
      };
      const give = () => settle(undefined);
      const watch = () => {
        const found = look();
        if (found !== undefined) settle(found);
      };
      if (signal.aborted) return resolve(undefined);
      signal.addEventListener("abort", give, { once: true });
      this.#watchers.add(watch);
      watch();
    });
  }

  /** As when its heart stopped beating: what it had is for others, and its writes no longer count. */
  bury(worker: MemoryWorker): void {
    this.workers.delete(worker);
    for (const run of this.#of(worker)) {
      delete run.owner;
      run.diedWith = worker.workerId;
    }
    this.touch();
  }

  /** The worker goes, and lets go of what it had. */
  release(worker: MemoryWorker): void {
    this.workers.delete(worker);
    for (const run of this.#of(worker)) delete run.owner;
    this.touch();
  }

  #of(worker: MemoryWorker): readonly MemoryRun[] {
    return [...this.runs.values()].filter((run) => run.owner === worker);
  }

  open(
    run: MemoryRun,
    { name, kind, token, info }: WaitRequest,
    receiving?: MemoryWait["receiving"],
  ): void {
    const before = run.waits.get(name);
    if (before?.answer) return;
    const openedAt = before?.openedAt ?? this.at();
    const wait = { name, kind, token, info, openedAt };
    run.waits.set(name, receiving ? { ...wait, receiving } : wait);
    this.touch(run);
    // Whoever has no run may take this one then.
    const left = (receiving?.until ?? Infinity) - this.now();
    if (left < LONGEST_MS) setTimeout(() => this.touch(), left).unref();
  }

  /** A wait is over without an answer. */
  unask(run: MemoryRun, name: string): void {
    if (!run.waits.get(name)?.answer) run.waits.delete(name);
    this.touch(run);
  }

  /** Put something into the run's inbox, unless the same is there. Whether it was not. */
  deliver(run: MemoryRun, received: Received): boolean {
    const key = keyOf(received, run.inbox.length);
    if (run.ended || run.inboxKeys.has(key)) return false;
    run.inboxKeys.add(key);
    run.inbox.push(structuredClone(received));
    for (const [name, wait] of Array.from(run.waits))
      if (wait.receiving && !wait.answer) run.waits.delete(name);
    this.touch(run);
    return true;
  }

  emit(run: MemoryRun, key: string, event: RunEvent): void {
    if (run.keys.has(key)) return;
    run.keys.add(key);
    run.events.push({ runId: run.runId, seq: run.events.length + 1, at: this.at(), event });
    this.touch(run);
  }
}

export const openWait = (run: MemoryRun, except?: string): OpenWait | undefined => {
  if (run.ended) return undefined;
  const open = [...run.waits.values()].find((wait) => !wait.answer && wait.name !== except);
  if (!open) return undefined;
  const { receiving: _, ...shown } = open;
  return structuredClone(shown);
};

/** Whether a worker that takes runs leaves this one alone, because it waits for a person and nothing else. */
export function waitsForPerson(run: MemoryRun, now: number): boolean {
  if (run.ended) return true;
  const open = [...run.waits.values()].filter((wait) => !wait.answer);
  const idle = () => [...run.spawned.keys()].every((name) => run.children.has(name));
  return open.some(
    ({ receiving }) => !receiving || (now < (receiving.until ?? Infinity) && idle()),
  );
}

function keyOf(received: Received, place: number): string {
  if (received.kind === "child") return `child ${received.name}`;
  return received.kind === "message" ? `message ${received.key}` : `time ${place}`;
}

const statusOf = (run: MemoryRun, wait: OpenWait | undefined): RunRecord["status"] => {
  if (run.ended) return run.ended.status;
  if (wait) return wait.kind === "hold" ? "failed" : "waiting";
  return run.owner ? "running" : "pending";
};

export function recordOf(run: MemoryRun): RunRecord {
  const wait = openWait(run);
  const { runId, workflow, subject, createdAt, updatedAt } = run;
  const outcome = run.ended?.outcome;
  return structuredClone({
    runId,
    workflow,
    subject,
    createdAt,
    updatedAt,
    status: statusOf(run, wait),
    ...(run.owner && !run.ended ? { owner: run.owner } : {}),
    ...(wait ? { wait } : {}),
    ...(outcome?.ok === true ? { output: outcome.value } : {}),
    ...(outcome?.ok === false ? { error: outcome.message } : {}),
  });
}
