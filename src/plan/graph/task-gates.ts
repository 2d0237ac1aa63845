import { oneLine } from "../../core/text.ts";
import type { FilePlace } from "../../core/place.ts";
import { addEdge } from "./edge-list.ts";
import { addNode, junction, type Draft } from "./draft.ts";
import type { EdgeCause } from "./model.ts";

/**
 * How one task waits for another, with their sub-tasks and verifications: what waits for a task waits for the blocking
 * verification of it as well, and where a task has sub-tasks, those wait with it (by a node `start of 1.2`).
 */
export interface TaskGates {
  readonly draft: Draft;
  /** Blocking verifications of single tasks: what leads on from the task, and all tasks it is about. */
  readonly after: Map<number, TaskGate>;
  readonly startOf: Map<number, number>;
  readonly subTasks: ReadonlyMap<number, readonly number[]>;
  /** Where each task's sub-tasks begin and end in the tree of tasks: one is inside of another by its numbers. */
  readonly spans: ReadonlyMap<number, readonly [number, number]>;
}

interface TaskGate {
  readonly node: number;
  /** The tasks of each of its verifications: edges between those are not held up by it. */
  readonly about: readonly ReadonlySet<number>[];
  readonly cause: EdgeCause;
}

export function taskGates(draft: Draft): TaskGates {
  const subTasks = new Map<number, number[]>();
  draft.nodes.forEach((node, index) => {
    const parent = node.kind === "task" ? parentOf(draft, node.task.parent) : undefined;
    if (parent === undefined || parent === index) return;
    const list = subTasks.get(parent);
    if (list) list.push(index);
    else subTasks.set(parent, [index]);
  });
  return { draft, after: new Map(), startOf: new Map(), subTasks, spans: spansOf(subTasks) };
}

const parentOf = (draft: Draft, parent: string | undefined) =>
  parent === undefined ? undefined : draft.indexOf.get(parent);

/** Entry and exit times of a walk down the tree; only of tasks that are in one. */
function spansOf(subTasks: ReadonlyMap<number, readonly number[]>) {
  const children = new Set([...subTasks.values()].flat());
  const spans = new Map<number, readonly [number, number]>();
  let clock = 0;
  for (const root of subTasks.keys()) {
    if (children.has(root)) continue;
    const path = [{ node: root, start: clock++, next: 0 }];
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const child = subTasks.get(top.node)?.[top.next++];
      if (child === undefined) {
        spans.set(top.node, [top.start, clock++]);
        path.pop();
      } else path.push({ node: child, start: clock++, next: 0 });
    }
  }
  return spans;
}

const isInside = ({ spans }: TaskGates, inner: number, outer: number): boolean => {
  const [within, around] = [spans.get(inner), spans.get(outer)];
  return !!within && !!around && around[0] < within[0] && within[1] < around[1];
};

/** `to` waits for `from`. */
export function waitFor(gates: TaskGates, from: number, to: number, cause: EdgeCause): void {
  const { draft } = gates;
  const entry = isInside(gates, from, to) ? to : entryOf(gates, to, cause.place);
  addEdge(draft.edges, from, entry, cause);
  const gate = gates.after.get(from);
  if (gate && gate.node !== to && !gate.about.some((tasks) => tasks.has(to)))
    addEdge(draft.edges, gate.node, entry, gate.cause);
}

function entryOf(gates: TaskGates, task: number, place: FilePlace): number {
  const { draft, subTasks, startOf } = gates;
  if (!subTasks.has(task)) return task;
  const known = startOf.get(task);
  if (known !== undefined) return known;
  const top = startNode(gates, task);
  const open = [task];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop())
    for (const child of subTasks.get(parent) ?? []) {
      const expanded = startOf.has(child);
      const entry = subTasks.has(child) ? startNode(gates, child) : child;
      addEdge(draft.edges, startNode(gates, parent), entry, {
        origin: "part",
        strength: "hard",
        place,
        reason: "waits with the task that it is a part of",
      });
      if (subTasks.has(child) && !expanded) open.push(child);
    }
  return top;
}

function startNode({ draft, startOf }: TaskGates, index: number): number {
  const known = startOf.get(index);
  if (known !== undefined) return known;
  const node = draft.nodes[index];
  if (node?.kind !== "task") throw new Error("Only tasks have sub-tasks.");
  const made = addNode(draft, junction("task-start", `start of ${node.key}`, { task: node.task }));
  startOf.set(index, made);
  return made;
}

/** The edges into verifications of single tasks and of batches of them; what follows waits for those that block. */
export function addTaskVerifications(gates: TaskGates): void {
  const { draft } = gates;
  const blocking = new Map<number, Check[]>();
  for (const [index, node] of draft.nodes.entries()) {
    if (node.kind !== "verification") continue;
    const { blocking: blocks, place, tasks = [] } = node.verification;
    const cause: EdgeCause = { origin: "verification", strength: "hard", place };
    const about = new Set<number>();
    for (const key of tasks) {
      const task = knownIndex(draft, key, place);
      if (task !== undefined) about.add(task);
    }
    for (const task of about) {
      addEdge(draft.edges, task, index, cause);
      if (!blocks) continue;
      const checks = blocking.get(task);
      if (checks) checks.push({ index, about, cause });
      else blocking.set(task, [{ index, about, cause }]);
    }
  }
  for (const [task, checks] of blocking) gates.after.set(task, gateAfter(draft, task, checks));
}

interface Check {
  readonly index: number;
  readonly about: ReadonlySet<number>;
  readonly cause: EdgeCause;
}

function gateAfter(draft: Draft, task: number, checks: readonly Check[]): TaskGate {
  const [only, ...more] = checks;
  const subject = draft.nodes[task];
  if (!only || subject?.kind !== "task") throw new Error("A verification of a task has a task.");
  const about = checks.map((check) => check.about);
  if (more.length === 0) return { node: only.index, about, cause: only.cause };
  const node = addNode(
    draft,
    junction("task-end", `end of ${subject.key}`, { task: subject.task }),
  );
  for (const { index, cause } of checks) addEdge(draft.edges, index, node, cause);
  return { node, about, cause: only.cause };
}

/** The number of a key that a reader gave; a key that names nothing is told, once more than the reader did. */
export function knownIndex(draft: Draft, key: string, place: FilePlace): number | undefined {
  const index = draft.indexOf.get(key);
  if (index === undefined)
    draft.problems.push({
      code: "PLAN_EDGE_UNKNOWN",
      severity: "error",
      message: `${oneLine(key, 40)} is waited for or waits, and is not in the plan.`,
      place,
      hint: "Name a task of this plan, or take the words out.",
    });
  return index;
}
