import { at } from "../../core/graph/digraph.ts";
import { admission, type Admission } from "../admission.ts";
import type { Executable } from "../executable.ts";
import { FAILURE_MODES } from "../failure-mode.ts";
import type { Frontier } from "../frontier.ts";
import { standingOf, startOf, type Decision, type StartNow } from "../next-tasks.ts";
import { EXECUTION_PATTERNS } from "../patterns.ts";
import type { RunRules, RunState } from "../run-state.ts";
import { firstOf } from "../start-order.ts";
import type { TaskState } from "../task-state.ts";
import { LiveFrontier } from "./live-frontier.ts";
import { placeOf, type Place } from "./place-of.ts";
import { ReadyQueue } from "./ready-queue.ts";

/**
 * The decisions of `nextTasks`, made of what changed since the last one: what a decision costs depends on what is at work and on what an event
 * reaches, not on the size of the plan. For one graph, one set of rules and one order of what goes first; whoever changes these begins anew.
 */
export class LiveDecisions {
  readonly #work: Executable;
  readonly #rules: RunRules;
  readonly #frontier: LiveFrontier;
  readonly #places: Place[];
  readonly #active = new Set<number>();
  readonly #settle = new Set<number>();
  /** What failed for good and stops others by the failure mode. */
  readonly #failed = new Set<number>();
  readonly #ready: ReadyQueue;
  /** By node, one at work that it can't run beside, and 0 for none: as long as that is at work there is nothing to ask. */
  readonly #behind: Uint32Array;
  #unfinished = 0;
  #awaited = 0;

  constructor(work: Executable, state: RunState, rules: RunRules) {
    this.#work = work;
    this.#rules = rules;
    this.#places = work.graph.nodes.map(() => "nowhere");
    this.#behind = new Uint32Array(work.graph.nodes.length);
    this.#ready = new ReadyQueue(work.graph.nodes.length, firstOf(work, rules));
    this.#frontier = new LiveFrontier(work, state, rules);
    this.#lookAtMoved();
  }

  get frontier(): Frontier {
    return this.#frontier;
  }

  /** Must be told of every change of a state. */
  told(key: string, state: TaskState): void {
    const node = this.#work.graph.indexOf.get(key);
    if (node === undefined) return;
    this.#frontier.set(node, state);
    this.#lookAtMoved();
  }

  /** A sync point with a gate is let pass. */
  released(key: string): void {
    const node = this.#work.graph.indexOf.get(key);
    if (node === undefined) return;
    this.#frontier.release(node);
    this.#lookAtMoved();
  }

  /** @param state as it was told; only its batch and why it was stopped are read */
  next(state: RunState): Decision {
    const mode = FAILURE_MODES[this.#rules.failures];
    const failed = this.#firstFailed();
    const stopped = state.stopped ?? (mode.starts ? undefined : failed);
    const active = inOrder(this.#active);
    const allowed = admission(this.#work, {
      frontier: this.#frontier,
      state,
      rules: this.#rules,
      active,
    });
    const goesOn = stopped === undefined;
    const batch = goesOn ? allowed.batchOf(this.#ready.nodes()) : state.batch;
    const start = goesOn ? this.#starts(allowed, batch) : [];
    return {
      start,
      settle: inOrder(this.#settle).map(this.#key),
      end: failed !== undefined && mode.ends ? active.filter(this.#mayEnd).map(this.#key) : [],
      batch,
      standing: standingOf(
        {
          ready: this.#ready.size,
          settle: this.#settle.size,
          active: active.length,
          unfinished: this.#unfinished,
          awaited: this.#awaited,
          starting: start.length,
        },
        !goesOn,
      ),
    };
  }

  #starts(allowed: Admission, batch: readonly string[]): readonly StartNow[] {
    const { indexOf } = this.#work.graph;
    const start: StartNow[] = [];
    const { batched } = EXECUTION_PATTERNS[this.#rules.pattern];
    const candidates = batched
      ? this.#ready.among(batch.flatMap((key) => indexOf.get(key) ?? []))
      : this.#ready.nodes();
    for (const node of candidates) {
      if (this.#isBehind(node)) continue;
      allowed.keepFor(node);
      const reason = allowed.refuses(node);
      if (reason?.kind === "limit" && reason.of === "workers") break;
      if (reason && "beside" in reason) this.#behind[node] = 1 + (indexOf.get(reason.beside) ?? -1);
      if (reason) continue;
      allowed.take(node);
      start.push(startOf(this.#work, this.#frontier, node));
    }
    return start;
  }

  readonly #isBehind = (node: number): boolean => {
    const other = at(this.#behind, node);
    return other > 0 && this.#places[other - 1] === "active";
  };

  /** What is being landed comes to its end by itself. */
  readonly #mayEnd = (node: number): boolean => this.#frontier.stateOf(node).status !== "landing";

  readonly #key = (node: number): string => this.#work.graph.nodes[node]?.key ?? "";

  #firstFailed(): string | undefined {
    let first: number | undefined;
    for (const node of this.#failed) if (first === undefined || node < first) first = node;
    return first === undefined ? undefined : this.#key(first);
  }

  #lookAtMoved(): void {
    for (const node of this.#frontier.moved()) this.#look(node);
  }

  #look(node: number): void {
    const place = placeOf(this.#work, { node, frontier: this.#frontier, rules: this.#rules });
    this.#leave(node);
    this.#places[node] = place;
    switch (place) {
      case "ready": {
        const own = this.#frontier.stateOf(node);
        this.#ready.add(node, own.status === "open" && own.tries.used > 0);
        break;
      }
      case "settle":
        this.#settle.add(node);
        break;
      case "active":
        this.#active.add(node);
        break;
      case "failed":
        this.#failed.add(node);
        break;
      case "awaited":
      case "gate":
        this.#awaited++;
        break;
      case "open":
      case "nowhere":
        break;
    }
    if (place !== "nowhere" && place !== "gate") this.#unfinished++;
  }

  #leave(node: number): void {
    const place = this.#places[node] ?? "nowhere";
    if (place !== "nowhere" && place !== "gate") this.#unfinished--;
    if (place === "awaited" || place === "gate") this.#awaited--;
    if (place === "ready") this.#ready.remove(node);
    this.#settle.delete(node);
    this.#active.delete(node);
    this.#failed.delete(node);
  }
}

const inOrder = (nodes: ReadonlySet<number>): readonly number[] =>
  [...nodes].toSorted((a, b) => a - b);
