import { setMaxListeners } from "node:events";
import type { Progress } from "../../core/event.ts";
import type { Json } from "../../core/json.ts";
import { Turnstile } from "../../core/turnstile.ts";
import type {
  AttemptContext,
  Limit,
  PacedPool,
  Steps,
  WaitRequest,
  Workflow,
} from "../../ports/engine.ts";
import type { MemoryRun, MemoryStore, Outcome } from "./store.ts";

/** Lets a run that goes on after a wait take its place among those executing. */
export interface Seat {
  release(): void;
  take(): Promise<void>;
}

const PARKED = new Promise<never>(() => {});

/**
 * One execution of a run, from start, claim or takeover to its end. Once its signal aborts or another execution took
 * over it writes nothing more and never settles, like a process that is gone.
 */
export class Execution {
  readonly effects = new Set<Promise<unknown>>();
  readonly #store: MemoryStore;
  readonly #run: MemoryRun;
  readonly #epoch: number;
  readonly #seat: Seat;
  readonly #stop = new AbortController();
  readonly #pools = new Map<string, Turnstile>();
  readonly #claimedAt: number;
  #waits = 0;

  constructor(store: MemoryStore, run: MemoryRun, seat: Seat) {
    this.#store = store;
    this.#run = run;
    this.#epoch = run.epoch += 1;
    this.#seat = seat;
    this.#claimedAt = store.now();
    // Every effect in flight listens, however many there are.
    setMaxListeners(0, this.#stop.signal);
  }

  stop(reason: string): void {
    this.#stop.abort(new Error(reason));
  }

  get overtaken(): boolean {
    return this.#run.epoch !== this.#epoch || this.#run.ended !== undefined;
  }

  /** Its worker is gone for the store, so that nothing it writes counts. */
  get buried(): boolean {
    return this.overtaken || !this.#run.owner;
  }

  get parked(): boolean {
    return this.#stop.signal.aborted || this.buried;
  }

  async run(workflow: Workflow<Json, Json>): Promise<void> {
    const outcome = await this.#perform(workflow, this.#run.input, "");
    this.#run.ended = { status: outcome.ok ? "completed" : "failed", outcome };
    delete this.#run.owner;
    this.#store.touch(this.#run);
  }

  async #perform(workflow: Workflow<Json, Json>, input: Json, name: string): Promise<Outcome> {
    const outcome = await outcomeOf(() => workflow.run(copy(input), this.#steps(name)));
    return this.parked ? PARKED : outcome;
  }

  #steps(instance: string): Steps {
    const journal = this.#run.journals.get(instance) ?? [];
    this.#run.journals.set(instance, journal);
    let calls = 0;
    const journaled = async <T>(name: string, call: () => Promise<Json>): Promise<T> => {
      const place = calls++;
      const known = journal[place];
      if (known && known.name !== name)
        throw new Error(`the workflow called ${name} where its journal has ${known.name}`);
      const outcome = known?.outcome ?? (await outcomeOf(call));
      if (this.parked) return PARKED;
      journal[place] ??= { name, outcome };
      return valueOf(outcome);
    };
    return {
      runId: this.#run.runId,
      attempt: ({ name, limits = [], paced }, effect) =>
        journaled(name, () =>
          this.#attempt(`${instance}/${calls}/${name}`, { limits, paced }, effect),
        ),
      children: (workflow, children) => this.#children(workflow, children),
      sibling: (name) => this.#sibling(name),
      sleep: (ms) => journaled(`sleep ${ms}`, () => this.#sleep(ms)),
      emit: async (key, event) => {
        // Effects emit, too, and must come to their end: nothing may wait for one that is parked.
        if (this.parked) throw new Error("stopped");
        this.#store.emit(this.#run, key, structuredClone(event));
      },
      wait: (request) => journaled(`wait ${request.name}`, () => this.#wait(request)),
    };
  }

  async #attempt<T extends Json>(
    step: string,
    { limits, paced }: { readonly limits: readonly Limit[]; readonly paced: PacedPool | undefined },
    effect: (context: AttemptContext) => Promise<T>,
  ): Promise<T> {
    const { signal } = this.#stop;
    const { starts: counts } = this.#run;
    const leave: (() => void)[] = [];
    const takeBack = () => this.buried || counts.set(step, (counts.get(step) ?? 1) - 1);
    try {
      if (paced) await this.#store.paces.opened(paced.pool, signal);
      for (const { pool, limit, scope } of inOrder(limits))
        leave.push(await this.#pool(scope, pool).enter(limit, signal));
      const place = paced && (await this.#store.paces.take(paced, signal));
      if (place) leave.push(() => place.leave());
      if (this.parked) return await PARKED;
      const starts = (counts.get(step) ?? 0) + 1;
      counts.set(step, starts);
      signal.addEventListener("abort", takeBack, { once: true });
      const running = effect({
        signal,
        starts,
        claimedAt: this.#claimedAt,
        tellLoad: async (verdict) => place?.tell(verdict),
        heldBack: place?.heldBack ?? false,
        progress: (progress) => this.#progress(progress),
      });
      this.effects.add(running);
      return await running.finally(() => this.effects.delete(running));
    } finally {
      signal.removeEventListener("abort", takeBack);
      for (const go of leave) go();
    }
  }

  #pool(scope: Limit["scope"], name: string): Turnstile {
    if (scope === "everywhere") return this.#store.pool(name);
    const pool = this.#pools.get(name) ?? new Turnstile();
    this.#pools.set(name, pool);
    return pool;
  }

  #progress(progress: Omit<Progress, "runId">): void {
    if (this.parked) return;
    for (const listener of this.#store.listeners) listener({ runId: this.#run.runId, ...progress });
  }

  async #children<I extends Json, O extends Json>(
    workflow: Workflow<I, O>,
    children: readonly { readonly name: string; readonly input: I }[],
  ): Promise<readonly O[]> {
    const outcomes = await Promise.all(
      children.map(async ({ name, input }) => {
        const known = this.#run.children.get(name);
        if (known) return known;
        const outcome = await this.#perform(workflow, input, name);
        this.#run.children.set(name, outcome);
        this.#store.touch(this.#run);
        return outcome;
      }),
    );
    return outcomes.map((outcome) => valueOf(outcome));
  }

  async #sibling<O extends Json>(name: string): Promise<O> {
    const look = () => this.#run.children.get(name);
    const outcome = await this.#store.until(look, this.#stop.signal);
    return outcome && !this.parked ? valueOf(outcome) : PARKED;
  }

  #sleep(ms: number): Promise<null> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), ms);
      this.#stop.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    });
  }

  async #wait(request: WaitRequest): Promise<Json> {
    if (this.parked) return PARKED;
    this.#store.open(this.#run, structuredClone(request));
    const look = () => this.#run.waits.get(request.name)?.answer;
    const early = look();
    if (early) return early.value;
    if (this.#waits++ === 0) this.#seat.release();
    const answer = await this.#store.until(look, this.#stop.signal);
    if (!answer || this.parked) return PARKED;
    if (--this.#waits === 0) await this.#seat.take();
    return answer.value;
  }
}

/** Places of one's own run first: a place all share is not held while waiting for another. */
const inOrder = (limits: readonly Limit[]): readonly Limit[] =>
  limits.toSorted((a, b) => b.scope.localeCompare(a.scope) || a.pool.localeCompare(b.pool));

async function outcomeOf(call: () => Promise<Json>): Promise<Outcome> {
  try {
    return { ok: true, value: copy(await call()) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** As a database gives it back: another object each time, without what JSON can't hold. */
const copy = (value: Json): Json => JSON.parse(JSON.stringify(value ?? null));

/** The value has the type its effect or workflow declares: what was put in comes out. */
function valueOf(outcome: Outcome) {
  if (outcome.ok) return JSON.parse(JSON.stringify(outcome.value));
  throw new Error(outcome.message);
}
