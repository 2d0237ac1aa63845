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
  /** Whether all ends later because of it, and when that was found out: it takes a look at the whole graph. */
  readonly critical: boolean;
  readonly criticalAt: number;
  /** In one sentence. */
  readonly text: string;
  /** Rules by which it was escalated already. */
  readonly told: readonly string[];
}

export const concernKey = ({ kind, about }: Pick<Concern, "kind" | "about">): string =>
  `${kind} ${about}`;

/** Of what it holds up, so many are named. */
const NAMED = 20;

/** What is critical is found out again after so long. */
const APART_MS = 60_000;

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
  const { nodes } = work.graph;
  const holds = (node: number): readonly string[] =>
    frontier.heldUp(node, NAMED).map((each) => nodes[each]?.key ?? "");
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
      holds: holds(node),
      ...(known && now < known.criticalAt + APART_MS
        ? { critical: known.critical, criticalAt: known.criticalAt }
        : { critical: isCritical(node), criticalAt: now }),
      text,
      told: known?.told ?? [],
    });
  };
  for (const index of suspects(work, before, { frontier, failedGates })) {
    const node = work.graph.nodes[index];
    const about = node?.key ?? "";
    const gate = failedGates.get(about);
    if (gate !== undefined) add("quality", { about, node: index, text: gate });
    if (!isWork(node)) continue;
    const own = frontier.stateOf(index);
    if (isFinished(own)) continue;
    const known = (kind: ConcernKind) => before.get(concernKey({ kind, about }))?.text;
    const conflict = conflictOf(own) ?? known("conflict");
    if (conflict !== undefined) add("conflict", { about, node: index, text: conflict });
    const failure = failureOf(own);
    const unproven = failure ?? known("quality");
    if (node.kind === "verification" && unproven !== undefined)
      add("quality", { about, node: index, text: unproven });
    if (at(frontier.stuckOn, index) === index && frontier.heldUp(index, 1).length > 0)
      add("dependency", { about, node: index, text: failure ?? "It waits for a person." });
  }
  return found;
}

/** Nodes that a concern may be about: what failed or asks, gates that failed, and what a concern was about. In the order of the document. */
function suspects(
  { graph: { indexOf } }: Executable,
  before: ReadonlyMap<string, Concern>,
  { frontier, failedGates }: Pick<Seen, "frontier" | "failedGates">,
): readonly number[] {
  const named = [...failedGates.keys(), ...[...before.values()].map(({ about }) => about)];
  const nodes = new Set([
    ...frontier.troubled(),
    ...named.flatMap((key) => indexOf.get(key) ?? []),
  ]);
  return [...nodes].toSorted((a, b) => a - b);
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
