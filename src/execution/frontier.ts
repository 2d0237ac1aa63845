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
  return {
    stateOf: (node) => states[node] ?? stateOfTask(state, ""),
    passed,
    stuckOn,
    holding: (node) => {
      const sources: number[] = [];
      for (let edge = at(into, node); edge < at(into, node + 1); edge++)
        if (holds(edge)) sources.push(at(edges.from, edge));
      return sources;
    },
    isHeld: (node) => {
      for (let edge = at(into, node); edge < at(into, node + 1); edge++)
        if (holds(edge)) return true;
      return false;
    },
  };
}

/** Goes on only by a person's word. */
const needsPerson = (state: TaskState): boolean =>
  state.status === "blocked" || (state.status === "failed" && state.final);
