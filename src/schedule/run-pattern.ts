import { at, targetsOf } from "../core/graph/digraph.ts";
import { Heap } from "../core/heap.ts";
import { groupWindow, type GroupWindow } from "./group-window.ts";
import { PATTERNS, type Pattern, type PatternRule } from "./patterns.ts";
import type { PreparedWork } from "./work.ts";

export interface RunOptions {
  readonly pattern: Pattern;
  readonly workers: number;
  /** Tasks in a batch, where the pattern has batches. */
  readonly batch: number;
  /** What each node takes this time. */
  readonly durations: ArrayLike<number>;
}

/** When everything began and ended, in minutes from the start. */
export interface RunTimes {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly makespan: number;
  /** How often work of a later group had to begin so that an earlier one could go on: its dependencies contradict the phases. */
  readonly forced: number;
}

/**
 * One run of the work by a pattern. A free worker always takes the ready task with the most behind it (list scheduling, Graham
 * 1969), in grouped patterns that of the earliest group. O((nodes + edges) log nodes).
 */
export function runPattern(work: PreparedWork, options: RunOptions): RunTimes {
  const run = new Run(work, options);
  run.toEnd();
  return { starts: run.starts, ends: run.ends, makespan: run.time, forced: run.forced };
}

interface Ending {
  readonly node: number;
  readonly time: number;
}

class Run {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  time = 0;
  forced = 0;
  readonly #work: PreparedWork;
  readonly #options: RunOptions;
  readonly #rule: PatternRule;
  readonly #window: GroupWindow;
  /** Dependencies of each node that are not done. */
  readonly #missing: Uint32Array;
  /** Ready, by rank, and those of them that the current batch takes; one queue where there are no batches. */
  readonly #ready: Heap<number>;
  readonly #admitted: Heap<number>;
  readonly #running = new Heap<Ending>(
    (a, b) => a.time < b.time || (a.time === b.time && a.node < b.node),
  );
  /** Ready, and taking neither time nor a worker. */
  readonly #instant: number[] = [];
  readonly #held = new Set<number>();
  readonly #parked = new Map<number, Heap<number>>();
  readonly #before: (one: number, other: number) => boolean;
  #free: number;
  #left: number;

  constructor(work: PreparedWork, options: RunOptions) {
    const { minutes, backward, phaseOf, levelOf } = work;
    this.#work = work;
    this.#options = options;
    this.#rule = PATTERNS[options.pattern];
    this.starts = new Float64Array(minutes.length).fill(-1);
    this.ends = new Float64Array(minutes.length);
    this.#free = options.workers;
    this.#left = minutes.length;
    const { groups, window, safe, batched } = this.#rule;
    const groupOf = { none: undefined, phases: phaseOf, levels: levelOf }[groups];
    this.#before = (one, other) => {
      const byGroup = groupOf ? at(groupOf, one) - at(groupOf, other) : 0;
      const byTail = safe ? at(work.tail, other) - at(work.tail, one) : 0;
      return (byGroup || byTail || one - other) < 0;
    };
    this.#ready = new Heap(this.#before);
    this.#admitted = batched ? new Heap(this.#before) : this.#ready;
    this.#window = groupWindow(groupOf, window, minutes.length);
    this.#missing = Uint32Array.from(minutes, (_, node) =>
      safe ? at(backward.starts, node + 1) - at(backward.starts, node) : 0,
    );
    for (let node = 0; node < minutes.length; node++)
      if (at(this.#missing, node) === 0) this.#offer(node);
  }

  toEnd(): void {
    while (this.#left > 0) {
      this.#startAll();
      const next = this.#running.pop();
      if (next) {
        this.time = next.time;
        this.#free++;
        this.#end(next.node);
      } else if (this.#left > 0) this.#force();
    }
  }

  /** A node whose dependencies are done. */
  #offer(node: number): void {
    if (this.#window.isOpen(node)) this.#enqueue(node);
    else this.#window.keep(node);
  }

  #enqueue(node: number): void {
    if (at(this.#options.durations, node) === 0) this.#instant.push(node);
    else this.#ready.push(node);
  }

  #startAll(): void {
    const { batch } = this.#options;
    for (;;) {
      for (let node = this.#instant.pop(); node !== undefined; node = this.#instant.pop()) {
        this.starts[node] = this.ends[node] = this.time;
        this.#end(node);
      }
      if (this.#rule.batched && this.#running.size === 0 && this.#admitted.size === 0)
        while (this.#admitted.size < batch && this.#ready.size > 0)
          this.#admitted.push(this.#ready.pop() ?? 0);
      const node = this.#free > 0 ? this.#admitted.pop() : undefined;
      if (node === undefined) return;
      this.#start(node);
    }
  }

  #start(node: number): void {
    const resources = this.#rule.safe ? (this.#work.resources[node] ?? []) : [];
    const busy = resources.find((resource) => this.#held.has(resource));
    if (busy !== undefined) {
      const queue = this.#parked.get(busy) ?? new Heap(this.#before);
      this.#parked.set(busy, queue);
      queue.push(node);
      // It was let through by a resource that it does not take now: the next one that waits for that may.
      for (const resource of resources) if (!this.#held.has(resource)) this.#wake(resource);
      return;
    }
    for (const resource of resources) this.#held.add(resource);
    const minutes = at(this.#options.durations, node);
    this.starts[node] = this.time;
    this.ends[node] = this.time + minutes;
    this.#free--;
    this.#running.push({ node, time: this.time + minutes });
  }

  #wake(resource: number): void {
    const node = this.#parked.get(resource)?.pop();
    if (node !== undefined) this.#admitted.push(node);
  }

  #end(node: number): void {
    this.#left--;
    if (this.#rule.safe) {
      const taken = at(this.#options.durations, node) > 0;
      const resources = taken ? (this.#work.resources[node] ?? []) : [];
      for (const resource of resources) this.#held.delete(resource);
      for (const resource of resources) this.#wake(resource);
      for (const next of targetsOf(this.#work.forward, node)) {
        const missing = at(this.#missing, next) - 1;
        this.#missing[next] = missing;
        if (missing === 0) this.#offer(next);
      }
    }
    for (const opened of this.#window.finish(node)) this.#enqueue(opened);
  }

  /** Nothing runs and nothing is open: dependencies lead from later groups to earlier ones. */
  #force(): void {
    const kept = this.#window.release();
    if (kept.length === 0) throw new Error("Nothing can begin, and work is left.");
    this.forced++;
    for (const node of kept) this.#enqueue(node);
  }
}
