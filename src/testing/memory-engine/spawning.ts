import type { Json } from "../../core/json.ts";
import { never } from "../../core/never.ts";
import { RunClock } from "../../core/run-clock.ts";
import { err, ok } from "../../core/result.ts";
import type { Received, ReceiveOptions, Workflow } from "../../ports/engine.ts";
import type { SharedSeat } from "./shared-seat.ts";
import { LONGEST_MS, type MemoryRun, type MemoryStore, type Outcome } from "./store.ts";

/** Which part of a run calls: the run itself is "", a child its name. */
export interface Scope {
  readonly instance: string;
  /** Of a spawned child, and the children it has. */
  readonly ending?: Ending;
}

export const MAIN: Scope = { instance: "" };

interface Ending {
  /** Aborts when the run ended this child, or is over itself. */
  readonly signal: AbortSignal;
  /** Whether the run ended this child. */
  readonly ended: boolean;
}

interface Host {
  readonly store: MemoryStore;
  readonly run: MemoryRun;
  readonly seat: SharedSeat;
  readonly signal: AbortSignal;
  readonly parked: () => boolean;
  readonly perform: <I extends Json, O extends Json>(
    workflow: Workflow<I, O>,
    input: I,
    scope: Scope,
  ) => Promise<Outcome>;
}

/** Spawned children of one execution of a run, and what the run receives. */
export class Spawning {
  readonly #host: Host;
  readonly #names = new Set<string>();
  readonly #working = new Map<string, AbortController>();
  readonly #clock: RunClock;
  #place = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(host: Host) {
    this.#host = host;
    this.#clock = new RunClock(host.store.clocks);
  }

  async spawn<I extends Json, O extends Json>(
    scope: Scope,
    workflow: Workflow<I, O>,
    { name, input }: { readonly name: string; readonly input: I },
  ): Promise<void> {
    onlyTheRun(scope, "spawns");
    if (this.#names.has(name)) throw new Error(`the run spawned ${name} before`);
    this.#names.add(name);
    const { run, parked } = this.#host;
    if (parked()) return never();
    if (!run.spawned.has(name)) run.spawned.set(name, { ended: false });
    if (!run.children.has(name)) void this.#work(workflow, name, input);
  }

  async #work<I extends Json, O extends Json>(
    workflow: Workflow<I, O>,
    name: string,
    input: I,
  ): Promise<void> {
    const { store, run, signal } = this.#host;
    const stop = new AbortController();
    const stopToo = () => stop.abort(signal.reason);
    signal.addEventListener("abort", stopToo, { once: true });
    this.#working.set(name, stop);
    const ended = () => run.spawned.get(name)?.ended ?? false;
    if (ended()) stop.abort(endedByRun(name));
    const ending = {
      signal: stop.signal,
      get ended() {
        return ended();
      },
    };
    const outcome = await this.#host.perform(workflow, input, { instance: name, ending });
    signal.removeEventListener("abort", stopToo);
    this.#working.delete(name);
    run.children.set(name, outcome);
    const end = outcome.ok ? ok(outcome.value) : err(outcome.message);
    store.deliver(run, { kind: "child", name, outcome: end, at: this.#clock.now() });
  }

  async end(scope: Scope, name: string): Promise<void> {
    onlyTheRun(scope, "ends children");
    const { run, parked } = this.#host;
    if (!this.#names.has(name)) throw new Error(`the run never spawned ${name}`);
    if (parked()) return never();
    run.spawned.set(name, { ended: true });
    this.#working.get(name)?.abort(endedByRun(name));
  }

  async receive(scope: Scope, options: ReceiveOptions): Promise<Received> {
    onlyTheRun(scope, "receives");
    const received = this.#turn.then(() => this.#receive(options));
    this.#turn = received;
    return received;
  }

  async #receive({ until, waiting }: ReceiveOptions): Promise<Received> {
    const { store, run, seat, signal, parked } = this.#host;
    const look = () => run.inbox[this.#place];
    for (let shown = false, due = false; ;) {
      if (parked()) return never();
      const found = look();
      if (found) {
        this.#place += 1;
        if (shown) await seat.takeBack();
        return { ...structuredClone(found), at: this.#clock.receive(found.at) };
      }
      const now = this.#clock.now();
      if (until !== undefined && (due || now >= until))
        store.deliver(run, { kind: "time", at: Math.max(now, until) });
      else {
        if (waiting && !shown) seat.give();
        if (waiting && !shown) store.open(run, structuredClone(waiting), { until });
        shown = waiting !== undefined;
        due = await this.#change(look, until, signal);
      }
    }
  }

  /** Resolves when `look` finds something, when it is time (then with true), or when the execution is over. */
  async #change(
    look: () => unknown,
    until: number | undefined,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { store } = this.#host;
    const over = new AbortController();
    const stop = () => over.abort();
    signal.addEventListener("abort", stop, { once: true });
    const left = until === undefined ? Infinity : until - this.#clock.now();
    const timer = setTimeout(stop, Math.min(left, LONGEST_MS));
    await store.until(() => look() ?? undefined, over.signal);
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    return over.signal.aborted && left <= LONGEST_MS;
  }
}

const endedByRun = (name: string) => new Error(`the run ended ${name}`);

function onlyTheRun({ instance }: Scope, does: string): void {
  if (instance !== "") throw new Error(`only the run itself ${does}, not its child ${instance}`);
}
