import { setMaxListeners } from "node:events";
import type { Progress } from "../../core/event.ts";
import type { Json } from "../../core/json.ts";
import { never } from "../../core/never.ts";
import { Turnstiles } from "../../core/turnstiles.ts";
import type {
  AttemptContext,
  Limit,
  PacedPool,
  Steps,
  WaitRequest,
  Workflow,
} from "../../ports/engine.ts";
import { MAIN, Spawning, type Scope } from "./spawning.ts";
import { SharedSeat, type Seat } from "./shared-seat.ts";
import type { MemoryRun, MemoryStore, Outcome } from "./store.ts";

/**
 * One execution of a run, from start, claim or takeover to its end. Once its signal aborts or another execution took
 * over it writes nothing more and never settles, like a process that is gone.
 */
export class Execution {
  readonly effects = new Set<Promise<unknown>>();
  readonly #store: MemoryStore;
  readonly #run: MemoryRun;
  readonly #epoch: number;
  readonly #seat: SharedSeat;
  readonly #spawning: Spawning;
  readonly #stop = new AbortController();
  readonly #pools = new Turnstiles();
  readonly #claimedAt: number;

  constructor(store: MemoryStore, run: MemoryRun, seat: Seat) {
    this.#store = store;
    this.#run = run;
    this.#epoch = run.epoch += 1;
    this.#seat = new SharedSeat(seat);
    this.#spawning = new Spawning({
      store,
      run,
      seat: this.#seat,
      signal: this.#stop.signal,
      parked: () => this.parked,
      perform: (...call) => this.#perform(...call),
    });
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
    const outcome = await this.#perform(workflow, this.#run.input, MAIN);
    this.#run.ended = { status: outcome.ok ? "completed" : "failed", outcome };
    delete this.#run.owner;
    this.#store.touch(this.#run);
  }

  async #perform<I extends Json, O extends Json>(
    workflow: Workflow<I, O>,
    input: I,
    scope: Scope,
  ): Promise<Outcome> {
    const outcome = await outcomeOf(() => workflow.run(copy(input), this.#steps(scope)));
    return this.parked ? never() : outcome;
  }

  #steps(scope: Scope): Steps {
    const { instance } = scope;
    const journal = this.#run.journals.get(instance) ?? [];
    this.#run.journals.set(instance, journal);
    let calls = 0;
    const journaled = async <T>(name: string, call: () => Promise<Json>): Promise<T> => {
      const place = calls++;
      const known = journal[place];
      if (known && known.name !== name)
        throw new Error(`the workflow called ${name} where its journal has ${known.name}`);
      const outcome = known?.outcome ?? (await outcomeOf(call));
      if (this.parked) return never();
      journal[place] ??= { name, outcome };
      return valueOf(outcome);
    };
    return {
      runId: this.#run.runId,
      attempt: ({ name, limits = [], paced }, effect) =>
        journaled(name, () =>
          this.#attempt(`${instance}/${calls}/${name}`, { limits, paced, scope }, effect),
        ),
      children: (workflow, children) => this.#children(workflow, children, scope),
      sibling: (name) => this.#sibling(name),
      spawn: (workflow, child) => this.#spawning.spawn(scope, workflow, child),
      receive: (options = {}) => this.#spawning.receive(scope, options),
      end: (name) => this.#spawning.end(scope, name),
      sleep: (ms) => journaled(`sleep ${ms}`, () => this.#sleep(ms, scope)),
      emit: async (key, event) => {
        // Effects emit, too, and must come to their end: nothing may wait for one that is parked.
        if (this.parked) throw new Error("stopped");
        this.#store.emit(this.#run, key, structuredClone(event));
      },
      wait: (request) => journaled(`wait ${request.name}`, () => this.#wait(request, scope)),
    };
  }

  async #attempt<T extends Json>(
    step: string,
    { scope, ...wanted }: Wanted & { readonly scope: Scope },
    effect: (context: AttemptContext) => Promise<T>,
  ): Promise<T> {
    const { signal } = this.#stop;
    const { starts: counts } = this.#run;
    const leave: (() => void)[] = [];
    const ending = scope.ending?.signal ?? signal;
    const takeBack = () => this.buried || counts.set(step, (counts.get(step) ?? 1) - 1);
    try {
      const place = await this.#enter(wanted, ending, leave).catch((error: unknown) => {
        if (!scope.ending?.ended || this.parked) throw error;
        return undefined;
      });
      if (this.parked) return await never();
      const starts = (counts.get(step) ?? 0) + 1;
      counts.set(step, starts);
      signal.addEventListener("abort", takeBack, { once: true });
      const running = effect({
        signal: ending,
        get ended() {
          return scope.ending?.ended ?? false;
        },
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

  /** A place for each limit, then one in the paced pool. What was taken is in `leave`, also when it rejects. */
  async #enter({ limits, paced }: Wanted, signal: AbortSignal, leave: (() => void)[]) {
    if (paced) await this.#store.paces.opened(paced.pool, signal);
    const { pools } = this.#store;
    const poolsOf = { run: this.#pools, machine: pools, everywhere: pools };
    for (const { pool, limit, scope } of inOrder(limits))
      leave.push(await poolsOf[scope].enter(pool, limit, signal));
    const place = paced && (await this.#store.paces.take(paced, signal));
    if (place) leave.push(() => place.leave());
    return place;
  }

  #progress(progress: Omit<Progress, "runId">): void {
    if (this.parked) return;
    for (const listener of this.#store.listeners) listener({ runId: this.#run.runId, ...progress });
  }

  async #children<I extends Json, O extends Json>(
    workflow: Workflow<I, O>,
    children: readonly { readonly name: string; readonly input: I }[],
    { ending }: Scope,
  ): Promise<readonly O[]> {
    const outcomes = await Promise.all(
      children.map(async ({ name, input }) => {
        const known = this.#run.children.get(name);
        if (known) return known;
        const outcome = await this.#perform(workflow, input, {
          instance: name,
          ...(ending && { ending }),
        });
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
    return outcome && !this.parked ? valueOf(outcome) : never();
  }

  #sleep(ms: number, { ending }: Scope): Promise<null> {
    const signal = ending?.signal ?? this.#stop.signal;
    return new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer);
        if (ending?.ended) resolve(null);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", over);
        resolve(null);
      }, ms);
      if (signal.aborted) over();
      else signal.addEventListener("abort", over, { once: true });
    });
  }

  async #wait(request: WaitRequest, { ending }: Scope): Promise<Json> {
    if (this.parked) return never();
    this.#store.open(this.#run, structuredClone(request));
    const look = () => this.#run.waits.get(request.name)?.answer;
    const early = look();
    if (early) return early.value;
    this.#seat.give();
    const answer = await this.#store.until(look, ending?.signal ?? this.#stop.signal);
    if (this.parked) return never();
    await this.#seat.takeBack();
    if (answer) return answer.value;
    if (!ending?.ended) return never();
    this.#store.unask(this.#run, request.name);
    throw new Error(`${request.name} is not waited for any more: the run ended this child`);
  }
}

interface Wanted {
  readonly limits: readonly Limit[];
  readonly paced: PacedPool | undefined;
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
const copy = <T extends Json>(value: T): T => JSON.parse(JSON.stringify(value ?? null));

/** The value has the type its effect or workflow declares: what was put in comes out. */
function valueOf(outcome: Outcome) {
  if (outcome.ok) return JSON.parse(JSON.stringify(outcome.value));
  throw new Error(outcome.message);
}
