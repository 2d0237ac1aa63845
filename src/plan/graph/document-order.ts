import type { FilePlace } from "../../core/place.ts";
import type { EdgeCause } from "./model.ts";
import { waitFor, type TaskGates } from "./task-gates.ts";

/**
 * The order of the document, where a plan marks what is parallel: a task that is not runs after what stands before it in its
 * phase (or under its parent), and what comes after runs after it; neighbours that are marked run together. A task that only
 * checks waits for what stands before it, unless it is said what it checks: checks of two sections don't wait for each other.
 * What the text says runs in parallel is not ordered so.
 */
export function addOrder(gates: TaskGates): void {
  const { draft, subTasks } = gates;
  const parallel = parallelOf(draft);
  const told = new Set(
    draft.plan.dependencies.flatMap(({ origin, dependent }) =>
      origin === "verification" ? [dependent] : [],
    ),
  );
  const order = (siblings: readonly number[]) => {
    addChecks(gates, siblings, told);
    orderSiblings(gates, siblings, parallel);
  };
  const isTop = (index: number) => {
    const node = draft.nodes[index];
    return node?.kind === "task" && !draft.indexOf.has(node.task.parent ?? "");
  };
  for (const { tasks } of [...draft.phases.values(), draft.outside]) order(tasks.filter(isTop));
  for (const children of subTasks.values()) order(children);
}

/** Siblings of which the text says nothing need no look at pairs. */
function orderSiblings(gates: TaskGates, siblings: readonly number[], parallel: Parallel): void {
  const said = siblings.some((index) => parallel.has(index) || taskAt(gates, index)?.free === true);
  if (said && siblings.length <= MOST_SIBLINGS) addOrderBut(gates, siblings, parallel);
  else addOrderAmong(gates, siblings);
}

/** By node, the nodes that it is said to run beside. */
type Parallel = ReadonlyMap<number, ReadonlySet<number>>;

/** Siblings whose pairs are looked at. */
const MOST_SIBLINGS = 2_000;

function parallelOf({ plan, indexOf }: TaskGates["draft"]): Parallel {
  const found = new Map<number, Set<number>>();
  const say = (one: number, other: number): void => {
    const known = found.get(one);
    if (known) known.add(other);
    else found.set(one, new Set([other]));
  };
  const known = (keys: readonly string[]) => keys.flatMap((key) => indexOf.get(key) ?? []);
  for (const { tasks, beside } of plan.together ?? []) {
    const [own, others] = [known(tasks), known(beside)];
    for (const one of own)
      for (const other of [...own, ...others])
        if (one !== other) {
          say(one, other);
          say(other, one);
        }
  }
  return found;
}

const taskAt = ({ draft }: TaskGates, index: number) => {
  const node = draft.nodes[index];
  return node?.kind === "task" ? node.task : undefined;
};

/**
 * The same order without the pairs that are said to run in parallel, nor ways around between them: each task waits for those
 * before it that hold it up and that no other of these waits for. O(siblings²).
 */
function addOrderBut(gates: TaskGates, siblings: readonly number[], parallel: Parallel): void {
  const tasks = siblings.flatMap((index) => {
    const task = taskAt(gates, index);
    return task ? [{ index, task }] : [];
  });
  const before = new Map<number, ReadonlySet<number>>();
  tasks.forEach(({ index, task }, at) => {
    const beside = parallel.get(index) ?? new Set<number>();
    const unmarked = task.parallel === false;
    let last = at - 1;
    if (!unmarked) while (last >= 0 && tasks[last]?.task.parallel !== false) last--;
    const waits: number[] = [];
    const covered = new Set<number>();
    for (let other = task.free === true ? -1 : last; other >= 0; other--) {
      const from = tasks[other]?.index ?? -1;
      const all = before.get(from) ?? new Set<number>();
      if (beside.has(from) || covered.has(from) || meets(beside, all)) continue;
      waits.push(from);
      covered.add(from);
      for (const each of all) covered.add(each);
    }
    before.set(index, covered);
    for (const from of waits) {
      const { place } = unmarked ? task : (taskAt(gates, from) ?? task);
      waitFor(gates, from, index, orderCause(place));
    }
  });
}

const orderCause = (place: FilePlace): EdgeCause => ({
  origin: "order",
  strength: "soft",
  place,
  reason: "not marked parallel",
});

/** A task that only checks, of which is not told what, waits for what stands before it. */
function addChecks(gates: TaskGates, siblings: readonly number[], told: ReadonlySet<string>): void {
  let unchecked: number[] = [];
  for (const index of siblings) {
    const task = taskAt(gates, index);
    if (task?.verifies === true && !told.has(task.key)) {
      const cause: EdgeCause = { origin: "verification", strength: "hard", place: task.place };
      for (const before of unchecked) waitFor(gates, before, index, cause);
      unchecked = [];
    }
    unchecked.push(index);
  }
}

function addOrderAmong(gates: TaskGates, siblings: readonly number[]): void {
  let boundary: { readonly index: number; readonly cause: EdgeCause } | undefined;
  let together: number[] = [];
  for (const index of siblings) {
    const task = taskAt(gates, index);
    if (!task) continue;
    if (task.parallel === false) {
      const cause = orderCause(task.place);
      for (const before of together) waitFor(gates, before, index, cause);
      if (boundary && together.length === 0) waitFor(gates, boundary.index, index, cause);
      boundary = { index, cause };
      together = [];
    } else {
      if (boundary) waitFor(gates, boundary.index, index, boundary.cause);
      together.push(index);
    }
  }
}

const meets = (few: ReadonlySet<number>, many: ReadonlySet<number>): boolean => {
  for (const each of few) if (many.has(each)) return true;
  return false;
};
