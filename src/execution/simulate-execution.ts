import { Heap } from "../core/heap.ts";
import { advance, DEFAULT_ATTEMPTS, type AttemptPolicy } from "./advance.ts";
import type { WorkEvidence } from "./evidence.ts";
import type { Executable } from "./executable.ts";
import { LiveDecisions } from "./live/live-decisions.ts";
import type { Decision, RunStanding } from "./next-tasks.ts";
import { NOTHING_DONE, stateOfTask, type RunRules, type RunState } from "./run-state.ts";
import type { TaskEvent } from "./task-event.ts";
import type { TaskState } from "./task-state.ts";

export interface SimulatedWork {
  readonly rules: RunRules;
  /** Minutes that each node takes this time, by its number. */
  readonly durations: Readonly<ArrayLike<number>>;
  /** Minutes that each attempt takes besides: workspace, verification, landing. */
  readonly overhead?: number;
  /** Minutes from the end of an attempt to when its result has landed, for which no worker is needed. */
  readonly landing?: number;
  /** Whether decisions know that results land soon (`RunState.landsSoon`). */
  readonly landsSoon?: boolean;
  readonly from?: RunState;
  readonly attempts?: AttemptPolicy;
  /** Whether an attempt comes to nothing; none does without it. Asked once for each attempt. */
  readonly fails?: (key: string, attempt: number) => boolean;
  /** Sees each decision and the state it was made on. */
  readonly onDecision?: (decision: Decision, state: RunState) => void;
}

export interface SimulatedExecution {
  /** Minutes from the first start to the last end. */
  readonly makespan: number;
  /** Minutes that workers were at work, ended attempts too. */
  readonly busy: number;
  readonly attempts: number;
  /** When each task's last attempt began and ended, by key. */
  readonly times: ReadonlyMap<string, { readonly start: number; readonly end: number }>;
  readonly state: RunState;
  readonly standing: RunStanding;
}

/**
 * A whole run on a clock that only counts: decisions are those of the real run (`live/live-decisions.ts`), states go the real ways
 * (`advance.ts`), only the work is a number. For dry runs and benches. `schedule/run-pattern.ts` is the same for thousands of
 * replications, without states; a test holds the two against each other.
 *
 * Ends when nothing leads on: completed, stuck, or waiting for a person.
 */
export function simulateExecution(work: Executable, given: SimulatedWork): SimulatedExecution {
  const run = new Run(work, given);
  return run.toEnd();
}

interface Ending {
  readonly time: number;
  readonly key: string;
  readonly attempt: number;
  readonly lands?: boolean;
}

class Run {
  readonly #work: Executable;
  readonly #given: SimulatedWork;
  readonly #tasks: Map<string, TaskState>;
  readonly #times = new Map<string, { readonly start: number; readonly end: number }>();
  readonly #endings: Heap<Ending>;
  readonly #decisions: LiveDecisions;
  #state: RunState;
  #time = 0;
  #busy = 0;
  #attempts = 0;

  constructor(work: Executable, given: SimulatedWork) {
    this.#work = work;
    this.#given = given;
    const from = given.from ?? NOTHING_DONE;
    this.#tasks = new Map(from.tasks);
    this.#state = { ...from, tasks: this.#tasks, ...(given.landsSoon && { landsSoon: true }) };
    this.#decisions = new LiveDecisions(work, this.#state, given.rules);
    const rank = (key: string) => work.graph.indexOf.get(key) ?? 0;
    this.#endings = new Heap(
      (a, b) => a.time < b.time || (a.time === b.time && rank(a.key) < rank(b.key)),
    );
  }

  toEnd(): SimulatedExecution {
    for (;;) {
      const decision = this.#decide();
      // what is done with its parts takes no time: what waited for it can start now
      if (decision.settle.length > 0) continue;
      const ending = this.#endings.pop();
      if (!ending) return this.#result(decision.standing);
      this.#end(ending);
    }
  }

  #decide(): Decision {
    const decision = this.#decisions.next(this.#state);
    this.#given.onDecision?.(decision, { ...this.#state, tasks: new Map(this.#tasks) });
    this.#state = { ...this.#state, batch: decision.batch };
    for (const key of decision.settle)
      this.#tell(key, { kind: "settled", parts: this.#partsOf(key) });
    for (const key of decision.end) this.#cancel(key);
    for (const { key } of decision.start) this.#start(key);
    return decision;
  }

  #start(key: string): void {
    const { durations, overhead = 0 } = this.#given;
    const state = this.#tell(key, { kind: "started" });
    const attempt = state.status === "running" ? state.tries.attempt : 0;
    const minutes = (durations[this.#nodeOf(key)] ?? 0) + overhead;
    this.#attempts++;
    this.#times.set(key, { start: this.#time, end: this.#time + minutes });
    this.#endings.push({ time: this.#time + minutes, key, attempt });
  }

  #cancel(key: string): void {
    const start = this.#times.get(key)?.start ?? this.#time;
    this.#busy += this.#time - start;
    this.#times.set(key, { start, end: this.#time });
    this.#tell(key, { kind: "canceled" });
  }

  #end({ time, key, attempt, lands }: Ending): void {
    const { fails } = this.#given;
    const state = stateOfTask(this.#state, key);
    if (lands) {
      this.#time = time;
      this.#tell(key, { kind: "landed", commit: key });
      return;
    }
    if (state.status !== "running" || state.tries.attempt !== attempt) return;
    this.#time = time;
    this.#busy += time - (this.#times.get(key)?.start ?? time);
    if (fails?.(key, attempt) === true) {
      const reason = { kind: "crashed", message: "The attempt came to nothing.", details: [] };
      const after = this.#tell(key, { kind: "failed", reason, again: true });
      if (after.status === "failed" && !after.final) this.#tell(key, { kind: "retry-due" });
      return;
    }
    const { landing = 0 } = this.#given;
    this.#tell(key, { kind: "worked", result: key });
    if (landing === 0) this.#tell(key, { kind: "completed", evidence: evidenceOf(attempt) });
    else {
      this.#tell(key, { kind: "accepted", evidence: evidenceOf(attempt) });
      this.#endings.push({ time: time + landing, key, attempt, lands: true });
    }
  }

  #tell(key: string, event: TaskEvent): TaskState {
    const { attempts = DEFAULT_ATTEMPTS } = this.#given;
    const next = advance(stateOfTask(this.#state, key), event, attempts);
    if (!next.ok) throw new Error(`${key} is ${next.error.status}: ${event.kind} can't happen.`);
    this.#tasks.set(key, next.value);
    this.#decisions.told(key, next.value);
    return next.value;
  }

  readonly #nodeOf = (key: string): number => this.#work.graph.indexOf.get(key) ?? -1;

  readonly #partsOf = (key: string): readonly string[] =>
    this.#work.parts.get(this.#nodeOf(key)) ?? [];

  #result(standing: RunStanding): SimulatedExecution {
    return {
      makespan: this.#time,
      busy: this.#busy,
      attempts: this.#attempts,
      times: this.#times,
      state: this.#state,
      standing,
    };
  }
}

const evidenceOf = (attempt: number): WorkEvidence => ({
  kind: "work",
  attempt,
  changed: [],
  shown: [],
  declared: true,
  outputs: [],
  checks: [],
});
