import type { PlanEvent } from "../../core/plan-event.ts";
import { Lanes } from "../execution/lanes.ts";
import { eventAttributes } from "./event-attributes.ts";
import type { SpanTree } from "./span-tree.ts";

type Of<T extends PlanEvent["type"]> = Extract<PlanEvent, { readonly type: T }>;

interface Moment {
  readonly at: number;
  readonly seq: number;
}

/** In which row of a viewer a span is drawn: spans of one row never overlap but where one is within the other. */
export const LANE = "wavegate.lane";

/**
 * Spans of a run that carries out plans, under the span of the run: an attempt for as long as it takes a worker, its checks in it,
 * batches that are landed, and questions to people. Attempts that begin their judging anew after an answer are spans of their own.
 */
export class PlanSpans {
  readonly #tree: SpanTree;
  readonly #run: string;
  readonly #workers = new Lanes<string>();
  readonly #people = new Lanes<string>();
  /** The span that is open for a task, and how many it has had. */
  readonly #open = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #held: string | undefined;

  constructor(tree: SpanTree, run: string) {
    this.#tree = tree;
    this.#run = run;
  }

  /** Open and close spans by an event; gives the key of the span that it belongs to. */
  place(event: PlanEvent, moment: Moment): string {
    switch (event.type) {
      case "task-advanced":
        this.#endHold(moment);
        return this.#advance(event, moment);
      case "check-finished":
        return this.#check(event, moment);
      case "landing-started":
        return this.#land(event.batch, moment.at);
      case "landing-finished":
        return this.#landed(event, moment);
      case "plan-run-held":
        return this.#hold(event, moment);
      case "plan-run-resumed":
        return this.#endHold(moment);
      case "plan-run-started":
      case "plan-run-finished":
      case "plan-changed":
      case "plan-refused":
      case "plan-marked":
      case "plan-replanned":
      case "base-tested":
      case "target-moved":
      case "sync-point-reached":
      case "sync-point-released":
      case "word-refused":
        return this.#run;
    }
  }

  #advance(event: Of<"task-advanced">, moment: Moment): string {
    const { task, status } = event;
    const attributes = eventAttributes(event);
    const asked = this.#open.get(`ask ${task}`);
    if (asked !== undefined && status !== "blocked") this.#close(`ask ${task}`, moment, undefined);
    let key = this.#open.get(task);
    if (key !== undefined && event.event !== "started") this.#tree.say(key, attributes);
    if (status === "running" || status === "verifying") {
      // Judging goes on in the same span; after an answer, and where a start was lost, in one of its own.
      key ??= this.#attempt(event, moment.at);
    } else if (key !== undefined) {
      const failed = event.event === "failed" || event.event === "conflicted";
      this.#close(task, moment, failed ? (event.reason?.kind ?? event.event) : undefined);
      this.#workers.give(task);
    }
    return status === "blocked" ? this.#ask(event, moment.at) : (key ?? this.#run);
  }

  #attempt(event: Of<"task-advanced">, at: number): string {
    const { task, attempt } = event;
    const name = event.event === "started" ? "attempt" : "judge";
    const key = this.#next(`${name}/${attempt}/${task}`);
    this.#open.set(task, key);
    return this.#tree.open({
      key,
      kind: "attempt",
      name: `${name} ${task}`,
      at,
      parent: this.#run,
      attributes: {
        ...eventAttributes(event),
        [LANE]: `worker ${this.#workers.take(task)}`,
      },
    });
  }

  #check(event: Of<"check-finished">, { at, seq }: Moment): string {
    const parent = this.#open.get(event.task);
    if (parent === undefined) return this.#run;
    const key = this.#tree.open({
      key: this.#next(`${parent}/check`),
      kind: "check",
      name: `check ${event.name}`,
      at: Math.max(this.#tree.startOf(parent) ?? 0, at - event.durationMs),
      parent,
      attributes: { ...eventAttributes(event), [LANE]: `worker ${this.#workers.take(event.task)}` },
    });
    return this.#tree.close(
      key,
      { ms: at, seq },
      event.outcome === "passed" ? undefined : event.outcome,
    );
  }

  #land(batch: number, at: number): string {
    const key = this.#next(`landing/${batch}`);
    this.#open.set(`landing ${batch}`, key);
    return this.#tree.open({
      key,
      kind: "landing",
      name: `landing ${batch}`,
      at,
      parent: this.#run,
      attributes: { "wavegate.batch": batch, [LANE]: "landing" },
    });
  }

  #landed(event: Of<"landing-finished">, moment: Moment): string {
    const { batch, landed, conflicted, failed, durationMs } = event;
    const key = this.#open.get(`landing ${batch}`) ?? this.#land(batch, moment.at - durationMs);
    this.#tree.say(key, {
      "wavegate.landed": landed.map(({ task }) => task),
      "wavegate.conflicted": conflicted.map(({ task }) => task),
      "wavegate.failed": failed.map(({ task }) => task),
    });
    const error = failed.length > 0 ? "failed" : conflicted.length > 0 ? "conflict" : undefined;
    this.#close(`landing ${batch}`, moment, error);
    return key;
  }

  #ask(event: Of<"task-advanced">, at: number): string {
    const name = `ask ${event.task}`;
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const key = this.#next(`ask/${event.task}`);
    this.#open.set(name, key);
    return this.#tree.open({
      key,
      kind: "question",
      name: `question ${event.task}`,
      at,
      parent: this.#run,
      attributes: { ...eventAttributes(event), [LANE]: `people ${this.#people.take(name)}` },
    });
  }

  #hold(event: Of<"plan-run-held">, { at }: Moment): string {
    this.#held ??= this.#tree.open({
      key: this.#next("held"),
      kind: "hold",
      name: `hold ${event.code}`,
      at,
      parent: this.#run,
      attributes: eventAttributes(event),
      error: event.code,
    });
    return this.#held;
  }

  #endHold({ at, seq }: Moment): string {
    const held = this.#held;
    this.#held = undefined;
    return held === undefined ? this.#run : this.#tree.close(held, { ms: at, seq });
  }

  #close(name: string, { at, seq }: Moment, error: string | undefined): void {
    const key = this.#open.get(name);
    if (key === undefined) return;
    this.#open.delete(name);
    this.#people.give(name);
    this.#tree.close(key, { ms: at, seq }, error);
  }

  /** A key that no other span has: the same for the same events. */
  #next(prefix: string): string {
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    return `${prefix}/${count}`;
  }
}
