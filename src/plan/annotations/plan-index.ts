import { orderIds, type OrderedIds } from "./ordered-ids.ts";

/** What has to be known of a task to find it by a reference. A `Task` is one. */
export interface KnownTask {
  readonly key: string;
  readonly id: string | undefined;
  readonly phase: string | undefined;
  readonly parent: string | undefined;
  readonly stories: readonly string[];
  readonly verifies: boolean;
}

export interface KnownPhase {
  readonly key: string;
  /** As written, without what makes the key unique. */
  readonly number: string;
  readonly story?: string | undefined;
}

export interface PlacedTask {
  readonly task: KnownTask;
  readonly position: number;
  /** Key of the task at the top whose part it is. */
  readonly root: string;
}

/** Tasks and phases, to be found by references. */
export interface PlanIndex {
  readonly placed: readonly PlacedTask[];
  readonly byKey: ReadonlyMap<string, PlacedTask>;
  readonly ids: OrderedIds<PlacedTask>;
  /** `1.1` for the tasks 1.1.1, 1.1.2, … where there is no task 1.1. */
  readonly groups: OrderedIds<PlacedTask>;
  readonly phases: OrderedIds<number>;
  readonly phaseKeys: readonly string[];
  readonly phasePositions: ReadonlyMap<string, number>;
  /** Tasks without parent, by phase and by story. */
  readonly inPhase: ReadonlyMap<string | undefined, readonly PlacedTask[]>;
  readonly inStory: ReadonlyMap<string, readonly PlacedTask[]>;
  readonly stories: ReadonlyMap<string, readonly number[]>;
  /** Steps left for taking references apart; what is asked for beyond is left out and said. */
  readonly budget: { left: number };
}

/** Most steps that a plan's references may take, so that 10⁵ ranges of 10⁵ tasks do not take a day. */
export const MAX_REFERENCE_STEPS = 2_000_000;

function grouped<K, T>(things: Iterable<readonly [K, T]>): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const [key, thing] of things) {
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}

/** Index a plan, in the order of its document. Linear but for sorting. */
export function indexPlan(tasks: readonly KnownTask[], phases: readonly KnownPhase[]): PlanIndex {
  const byKey = new Map<string, PlacedTask>();
  const placed = tasks.map((task, position) => {
    const root = (task.parent === undefined ? undefined : byKey.get(task.parent)?.root) ?? task.key;
    const entry = { task, position, root };
    byKey.set(task.key, entry);
    return entry;
  });
  const top = placed.filter(({ task }) => task.parent === undefined);
  return {
    placed,
    byKey,
    ids: orderIds(
      placed.flatMap((entry) =>
        entry.task.id === undefined ? [] : [[entry.task.id, entry] as const],
      ),
    ),
    groups: orderIds(
      placed.flatMap((entry) => {
        const id = groupOf(entry.task.id);
        return id === undefined ? [] : [[id, entry] as const];
      }),
    ),
    phases: orderIds(
      phases.flatMap(({ number }, position) =>
        [...phaseNumbers(number)].map((id) => [id, position] as const),
      ),
    ),
    phaseKeys: phases.map(({ key }) => key),
    phasePositions: new Map(phases.map(({ key }, position) => [key, position])),
    inPhase: grouped(top.map((entry) => [entry.task.phase, entry] as const)),
    inStory: grouped(
      top.flatMap((entry) =>
        entry.task.stories.map((story) => [story.toUpperCase(), entry] as const),
      ),
    ),
    stories: grouped(
      phases.flatMap(({ story }, position) =>
        story === undefined ? [] : [[story.toUpperCase(), position] as const],
      ),
    ),
    budget: { left: MAX_REFERENCE_STEPS },
  };
}

/** `1.1` of `1.1.3`: what a heading may have called the group. */
const groupOf = (id = ""): string | undefined =>
  /^\d{1,7}\.\d{1,7}\.\d{1,7}[A-Za-z]?$/.test(id) ? id.slice(0, id.lastIndexOf(".")) : undefined;

/** A phase `2A` is also found as a part of phase 2. */
const phaseNumbers = (number: string): ReadonlySet<string> =>
  new Set([number, number.replace(/^(\d{1,6})[A-Za-z]$/, "$1 ")]);

/** Use up steps of the budget; whether there were enough. */
export function spend(index: PlanIndex, steps: number): boolean {
  index.budget.left -= steps;
  return index.budget.left > 0;
}
