import type { TaskFact } from "./facts.ts";
import { normalId } from "./id-index.ts";

/** A list of tasks while it is read: which tasks it named so far, and how far each bucket was looked through for it. */
export interface TaskList {
  readonly taken: Set<TaskFact>;
  readonly looked: Map<string, number>;
}

export const newTaskList = (): TaskList => ({ taken: new Set(), looked: new Map() });

/**
 * The tasks that lists named so far. One that stands in another list again is the same, one that stands in one list twice is
 * another. O(1) each, however many share an id.
 */
export class KnownTasks {
  /** By id, and by id and phase, or no phase. */
  readonly #buckets = new Map<string, TaskFact[]>();

  add(fact: TaskFact, { taken }: TaskList): void {
    taken.add(fact);
    this.#put(fact.id, fact);
    this.#put(within(fact.id, fact.phase), fact);
  }

  /**
   * The task that an item of a list means: in the same phase, else in none yet; undefined where it is another one.
   *
   * @param anywhere the phase may be called otherwise than where the task was named first
   */
  find(
    id: string,
    phase: string | undefined,
    { list, anywhere }: { readonly list: TaskList; readonly anywhere: boolean },
  ): TaskFact | undefined {
    const own = within(id, phase);
    const same = phase === undefined ? undefined : this.#next(own, list, () => true);
    const free =
      same || phase === undefined
        ? undefined
        : this.#next(within(id, undefined), list, (fact) => fact.phase === undefined);
    if (free) this.#put(own, free);
    const found = same ?? free ?? (anywhere ? this.#next(id, list, () => true) : undefined);
    if (found) list.taken.add(found);
    return found;
  }

  #next(
    key: string,
    { taken, looked }: TaskList,
    fits: (fact: TaskFact) => boolean,
  ): TaskFact | undefined {
    const bucket = this.#buckets.get(key) ?? [];
    let at = looked.get(key) ?? 0;
    for (let fact = bucket[at]; fact && (taken.has(fact) || !fits(fact)); fact = bucket[at]) at++;
    looked.set(key, at);
    return bucket[at];
  }

  #put(key: string, fact: TaskFact): void {
    const known = this.#buckets.get(key);
    if (known) known.push(fact);
    else this.#buckets.set(key, [fact]);
  }
}

const within = (id: string, phase: string | undefined): string =>
  `${id}\u0000${phase === undefined ? "" : normalId(phase)}`;
