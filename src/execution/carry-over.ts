import { isWork, type GraphNode, type PlanGraph } from "../plan/graph/model.ts";
import { stateInPlan } from "../plan/state-in-plan.ts";
import { isAlike, recordText } from "../plan/status/record-text.ts";
import { plainTitle } from "./plain-title.ts";
import { stateOfTask, type RunState } from "./run-state.ts";
import { isActive, isFinished, type TaskState, type Tries } from "./task-state.ts";

/** What became of a task when its plan was edited while the run went on. */
export interface PlanEdit {
  /** Key in the new plan; of what is gone, in the old one. */
  readonly key: string;
  readonly what:
    | "added"
    | "removed"
    /** The same words under another key: its state went with it. */
    | "renamed"
    /** The same in other words under the same key. What is at work or done keeps its state, and was made by the old words. */
    | "reworded"
    /** Another task under the key of one that was at work or finished: it is as new, and that one is gone. */
    | "replaced"
    /** A person ticked it, or took a tick back that was there before the run. */
    | "ticked"
    | "unticked";
  readonly status: TaskState["status"];
  /** Key in the old plan, where it is another. */
  readonly from?: string;
}

export interface CarriedOver {
  readonly state: RunState;
  /** In the order of the new plan, what is gone at the end. */
  readonly edits: readonly PlanEdit[];
  /** Keys in the old plan of attempts at work on what is not in the plan any more: to be ended. */
  readonly orphaned: readonly string[];
}

/**
 * The state of a run in an edited plan. A task is the one of the same key and words, else the only one of the same words, else the one of
 * the same key: so a task that was put in between renames those behind it, and nothing is done twice. Where that one was begun, its words must
 * be alike, too: what nobody carried out is never done.
 *
 * @param initial how the new plan stands by its boxes and records (`initial-states.ts`)
 */
export function carryOver(
  before: PlanGraph,
  after: PlanGraph,
  state: RunState,
  initial: ReadonlyMap<string, TaskState>,
): CarriedOver {
  const oldKeys = matched(before, after, state);
  const kept = new Set(oldKeys.values());
  const replaced = new Set<string>();
  const tasks = new Map<string, TaskState>();
  const edits: PlanEdit[] = [];
  for (const node of after.nodes) {
    if (!isWork(node)) continue;
    const { key } = node;
    const from = oldKeys.get(key);
    const own = from === undefined ? undefined : state.tasks.get(from);
    const isAnothers = from !== key && nodeOf(before, key) !== undefined;
    const written = isAnothers ? inItsBox(node, initial) : initial.get(key);
    const old = stateOfTask(state, key);
    if (from === undefined && isAnothers && !kept.has(key)) {
      const fresh = written ?? { status: "open", tries: notUsed(old) };
      tasks.set(key, fresh);
      replaced.add(key);
      edits.push({ key, what: "replaced", status: fresh.status });
      continue;
    }
    const { state: carried, what } = carriedState(own, written);
    if (carried) tasks.set(key, carried);
    const status = carried?.status ?? "open";
    if (from === undefined) edits.push({ key, what: "added", status });
    else if (from !== key) edits.push({ key, what: "renamed", status, from });
    else if (wordsOf(node) !== wordsOf(nodeOf(before, key)))
      edits.push({ key, what: "reworded", status });
    if (what && from !== undefined) edits.push({ key, what, status });
  }
  const gone = before.nodes.flatMap((node) =>
    isWork(node) && !kept.has(node.key) ? [node.key] : [],
  );
  const newKeys = new Map([...oldKeys].map(([key, from]) => [from, key]));
  for (const key of gone.filter((each) => !replaced.has(each)))
    edits.push({ key, what: "removed", status: stateOfTask(state, key).status });
  return {
    state: { ...state, tasks, batch: state.batch.flatMap((key) => newKeys.get(key) ?? []) },
    edits,
    orphaned: gone.filter((key) => isActive(stateOfTask(state, key))),
  };
}

/** How a task stands by its own box: a record of its key is of the task that had that key before. */
function inItsBox(node: GraphNode, initial: ReadonlyMap<string, TaskState>): TaskState | undefined {
  if (node.kind !== "task") return initial.get(node.key);
  const state = stateInPlan(node.task);
  if (state === "done") return { status: "done", evidence: { kind: "plan" } };
  return state === "skipped" ? initial.get(node.key) : undefined;
}

/** What the run knows counts, but for what a person ticked or took back. What is at work goes on. */
function carriedState(
  own: TaskState | undefined,
  written: TaskState | undefined,
): { readonly state: TaskState | undefined; readonly what?: "ticked" | "unticked" } {
  const isWritten = written !== undefined && isFinished(written);
  if (own === undefined) return isWritten ? { state: written, what: "ticked" } : { state: written };
  if (isWritten && !isFinished(own) && !isActive(own)) return { state: written, what: "ticked" };
  const byPlan = own.status === "done" && own.evidence.kind === "plan";
  if (byPlan && !isWritten) return { state: undefined, what: "unticked" };
  return { state: own };
}

/** No try of what is to be done as if it were new; attempts are numbered on. */
export function notUsed(own: TaskState): Tries {
  if (own.status !== "done") return { ...own.tries, used: 0, granted: 0 };
  const attempt = own.evidence.kind === "work" ? own.evidence.attempt : 0;
  return { attempt, used: 0, granted: 0 };
}

/** By keys of the new plan, those of the old one. */
function matched(
  before: PlanGraph,
  after: PlanGraph,
  state: RunState,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const take = (key: string, from: string): void => {
    if (found.has(key) || taken.has(from)) return;
    found.set(key, from);
    taken.add(from);
  };
  const work = after.nodes.filter(isWork);
  for (const node of work) {
    const old = nodeOf(before, node.key);
    if (old && wordsOf(old) === wordsOf(node)) take(node.key, node.key);
  }
  const oldByWords = uniqueByWords(
    before.nodes.filter(isWork).filter(({ key }) => !taken.has(key)),
  );
  for (const [words, key] of uniqueByWords(work.filter((node) => !found.has(node.key)))) {
    const from = oldByWords.get(words);
    if (from !== undefined) take(key, from);
  }
  for (const node of work) {
    const old = nodeOf(before, node.key);
    if (old && (!isBegun(stateOfTask(state, node.key)) || areAlike(old, node)))
      take(node.key, node.key);
  }
  return found;
}

/** Whether its words count for what was made, or was said of it. */
const isBegun = (own: TaskState): boolean =>
  isActive(own) || isFinished(own) || own.status === "blocked";

/** Whether two of one key are one task, in other words: as records are told from those of another version of the plan. */
function areAlike(one: GraphNode, other: GraphNode): boolean {
  if (one.kind !== other.kind) return false;
  return isAlike(namedBy(one), namedBy(other));
}

function namedBy(node: GraphNode): string {
  if (node.kind === "task") return recordText(plainTitle(node.task.text));
  if (node.kind !== "verification") return "";
  const { title, criteria } = node.verification;
  return recordText([title, ...criteria.map(({ text }) => text)].join(" "));
}

/** Keys by words, of words that one node only has. */
function uniqueByWords(nodes: readonly GraphNode[]): ReadonlyMap<string, string> {
  const byWords = new Map<string, string>();
  const twice = new Set<string>();
  for (const node of nodes) {
    const words = wordsOf(node);
    if (byWords.has(words)) twice.add(words);
    byWords.set(words, node.key);
  }
  for (const words of twice) byWords.delete(words);
  return byWords;
}

function nodeOf({ nodes, indexOf }: PlanGraph, key: string): GraphNode | undefined {
  const node = nodes[indexOf.get(key) ?? -1];
  return isWork(node) ? node : undefined;
}

/** What it is asked to be, with the kind and plan in front, so that a check is never taken for a task. */
function wordsOf(node: GraphNode | undefined): string {
  if (node?.kind === "task") {
    const { text, details } = node.task;
    return [`task ${node.plan}`, text, ...details.map((line) => line.text)].join("\n");
  }
  if (node?.kind !== "verification") return "";
  const { title, criteria } = node.verification;
  return [`check ${node.plan}`, title, ...criteria.map(({ text }) => text)].join("\n");
}
