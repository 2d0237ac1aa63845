import type { ConcernKind } from "../../core/session-event.ts";
import { at } from "../../core/graph/digraph.ts";
import { criticalPath } from "../../plan/graph/critical-path.ts";
import { isWork } from "../../plan/graph/model.ts";
import type { Executable } from "../executable.ts";
import type { Frontier } from "../frontier.ts";
import { isFinished, type TaskState } from "../task-state.ts";

/** Something that does not settle by itself, and that somebody is told of when it lasts. */
export interface Concern {
  readonly kind: ConcernKind;
  /** Key of a task, a verification, or a gate (`sync qg_001`). */
  readonly about: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Keys of what it holds up. */
  readonly holds: readonly string[];
  /** Whether all ends later because of it. */
  readonly critical: boolean;
  /** In one sentence. */
  readonly text: string;
  /** Rules by which it was escalated already. */
  readonly told: readonly string[];
}

export const concernKey = ({ kind, about }: Pick<Concern, "kind" | "about">): string =>
  `${kind} ${about}`;

/** Of what it holds up, so many are named. */
const NAMED = 20;

interface Seen {
  readonly frontier: Frontier;
  /** Gates of waves that failed, by key, with why. */
  readonly failedGates: ReadonlyMap<string, string>;
  readonly now: number;
}

/**
 * What is unsettled now. A conflict lasts from the landing that failed over it until its task is finished, whoever works on it meanwhile; a
 * dependency blocks while a task that needs a person holds up others; quality fails with a verification or a gate, and does until it passes, however often it is tried.
 */
export function concernsOf(
  work: Executable,
  before: ReadonlyMap<string, Concern>,
  { frontier, failedGates, now }: Seen,
): ReadonlyMap<string, Concern> {
  const found = new Map<string, Concern>();
  const heldUp = heldBy(work, frontier);
  const isCritical = criticality(work, frontier);
  const add = (
    kind: ConcernKind,
    { about, node, text }: { readonly about: string; readonly node: number; readonly text: string },
  ) => {
    const key = concernKey({ kind, about });
    const known = before.get(key);
    found.set(key, {
      kind,
      about,
      since: known?.since ?? now,
      holds: heldUp.get(node) ?? [],
      critical: isCritical(node),
      text,
      told: known?.told ?? [],
    });
  };
  work.graph.nodes.forEach((node, index) => {
    const about = node.key;
    const gate = failedGates.get(about);
    if (gate !== undefined) add("quality", { about, node: index, text: gate });
    if (!isWork(node)) return;
    const own = frontier.stateOf(index);
    if (isFinished(own)) return;
    const known = (kind: ConcernKind) =>
      before.size === 0 ? undefined : before.get(concernKey({ kind, about }))?.text;
    const conflict = conflictOf(own) ?? known("conflict");
    if (conflict !== undefined) add("conflict", { about, node: index, text: conflict });
    const failure = failureOf(own);
    const unproven = failure ?? known("quality");
    if (node.kind === "verification" && unproven !== undefined)
      add("quality", { about, node: index, text: unproven });
    if (at(frontier.stuckOn, index) === index && heldUp.has(index))
      add("dependency", { about, node: index, text: failure ?? "It waits for a person." });
  });
  return found;
}

function conflictOf(state: TaskState): string | undefined {
  if (state.status === "blocked" && state.question.kind === "conflict")
    return state.question.message;
  return state.status === "failed" && state.reason.kind === "conflict"
    ? state.reason.message
    : undefined;
}

function failureOf(state: TaskState): string | undefined {
  if (state.status === "failed") return state.reason.message;
  return state.status === "blocked" ? state.question.message : undefined;
}

/** By node that needs a person: keys of work that can't get past it. */
function heldBy({ graph }: Executable, frontier: Frontier): ReadonlyMap<number, readonly string[]> {
  const held = new Map<number, string[]>();
  graph.nodes.forEach((node, index) => {
    const on = at(frontier.stuckOn, index);
    if (on < 0 || on === index || !isWork(node) || isFinished(frontier.stateOf(index))) return;
    const known = held.get(on);
    if (!known) held.set(on, [node.key]);
    else if (known.length < NAMED) known.push(node.key);
  });
  return held;
}

/** Whether all ends later if a node does. */
function criticality({ graph }: Executable, frontier: Frontier): (node: number) => boolean {
  let slack: Float64Array | undefined;
  return (node) => {
    slack ??= criticalPath(
      graph,
      Float64Array.from(graph.minutes, (minutes, each) =>
        isWork(graph.nodes[each]) && !isFinished(frontier.stateOf(each)) ? minutes : 0,
      ),
    ).slack;
    return at(slack, node) <= EXACT;
  };
}

/** Minutes are sums of fractions. */
const EXACT = 1e-6;
