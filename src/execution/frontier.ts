import { at } from "../core/graph/digraph.ts";
import { isWork } from "../plan/graph/model.ts";
import type { Executable } from "./executable.ts";
import { EXECUTION_PATTERNS } from "./patterns.ts";
import { stateOfTask, type RunRules, type RunState } from "./run-state.ts";
import { isFinished, type TaskState } from "./task-state.ts";

/** What is passed and what stands still, for one state of a run. */
export interface Frontier {
  readonly stateOf: (node: number) => TaskState;
  /** 1 where what waits for a node need not wait any more. */
  readonly passed: Uint8Array;
  /** The failed or asking node that a node can't get past, itself included; -1 where there is none. */
  readonly stuckOn: Int32Array;
  /** The nodes that hold a node back now. */
  readonly holding: (node: number) => readonly number[];
  readonly isHeld: (node: number) => boolean;
  /** How many edges hold a node back now. */
  readonly heldBy: (node: number) => number;
  /** Work that failed or asks, in the order of the document. */
  readonly troubled: () => readonly number[];
  /** Work that is not finished and can't get past another node, in the order of the document; so many at most. */
  readonly heldUp: (node: number, most: number) => readonly number[];
  /** Open work that nothing holds back, in any order. */
  readonly ready: () => Iterable<number>;
}

/** Depends on the states alone, not on how they came about. O(nodes + edges). */
export function frontierOf(work: Executable, state: RunState, rules: RunRules): Frontier {
  const { graph, edges, phasesBefore } = work;
  const { nodes, order, into } = graph;
  const { overlapping } = EXECUTION_PATTERNS[rules.pattern];
  const states = nodes.map(({ key }) => stateOfTask(state, key));
  const passed = new Uint8Array(nodes.length);
  const opened = new Uint8Array(nodes.length);
  const stuckOn = new Int32Array(nodes.length).fill(-1);
  const holds = (edge: number): boolean => {
    const from = at(edges.from, edge);
    if (at(edges.cut, edge) === 1 || at(passed, from) === 1) return false;
    return !(overlapping && at(edges.order, edge) === 1 && at(opened, from) === 1);
  };
  for (const node of order) {
    const own = states[node];
    let held = false;
    for (let edge = at(into, node); edge < at(into, node + 1); edge++) {
      if (!holds(edge)) continue;
      held = true;
      if (at(stuckOn, node) < 0) stuckOn[node] = at(stuckOn, at(edges.from, edge));
    }
    if (isWork(nodes[node])) {
      passed[node] = Number(own !== undefined && isFinished(own));
      if (own && needsPerson(own)) stuckOn[node] = node;
      continue;
    }
    const before = overlapping ? (phasesBefore.get(node) ?? []) : [];
    opened[node] = Number(before.every((end) => at(passed, end) === 1));
    const key = nodes[node]?.key ?? "";
    const gated = rules.gates?.has(key) === true && !state.released.has(key);
    passed[node] = Number(!held && !gated && at(opened, node) === 1);
  }
  const holding = (node: number): readonly number[] => {
    const sources: number[] = [];
    for (let edge = at(into, node); edge < at(into, node + 1); edge++)
      if (holds(edge)) sources.push(at(edges.from, edge));
    return sources;
  };
  const heldBy = (node: number): number => holding(node).length;
  const isHeld = (node: number): boolean => heldBy(node) > 0;
  return {
    stateOf: (node) => states[node] ?? stateOfTask(state, ""),
    passed,
    stuckOn,
    holding,
    isHeld,
    heldBy,
    ...searched(work, { states, stuckOn, isHeld }),
  };
}

/** What is found by going over all work. */
function searched(
  { graph: { nodes } }: Executable,
  {
    states,
    stuckOn,
    isHeld,
  }: {
    readonly states: readonly TaskState[];
    readonly stuckOn: Int32Array;
    readonly isHeld: Frontier["isHeld"];
  },
): Pick<Frontier, "troubled" | "heldUp" | "ready"> {
  const workWith = (wanted: (own: TaskState, node: number) => boolean): readonly number[] =>
    states.flatMap((own, node) => (isWork(nodes[node]) && wanted(own, node) ? [node] : []));
  return {
    troubled: () => workWith(isTroubled),
    heldUp: (root, most) => {
      const held = workWith((own, node) =>
        isHeldUpBy(root, { own, node, stuckOn: at(stuckOn, node) }),
      );
      return held.slice(0, most);
    },
    ready: () => workWith(({ status }, node) => status === "open" && !isHeld(node)),
  };
}

export const isTroubled = ({ status }: TaskState): boolean =>
  status === "failed" || status === "blocked";

export const isHeldUpBy = (
  root: number,
  {
    own,
    node,
    stuckOn,
  }: { readonly own: TaskState; readonly node: number; readonly stuckOn: number },
): boolean => stuckOn === root && node !== root && !isFinished(own);

/** Goes on only by a person's word. */
export const needsPerson = (state: TaskState): boolean =>
  state.status === "blocked" || (state.status === "failed" && state.final);
