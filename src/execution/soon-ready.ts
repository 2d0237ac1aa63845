import { at } from "../core/graph/digraph.ts";
import { isWork } from "../plan/graph/model.ts";
import type { Executable } from "./executable.ts";
import type { Frontier } from "./frontier.ts";
import { EXECUTION_PATTERNS } from "./patterns.ts";
import type { RunRules, RunState } from "./run-state.ts";

interface Given {
  readonly frontier: Frontier;
  readonly state: RunState;
  readonly rules: RunRules;
  /** Tasks and verifications at work. */
  readonly active: readonly number[];
}

/**
 * Open work that nothing holds back but what is being landed: it can start as soon as that has landed. In any order. Costs what waits for what is
 * being landed, not what the plan has.
 */
export function soonReady(
  work: Executable,
  { frontier, state, rules, active }: Given,
): readonly number[] {
  const { graph, parts, phasesBefore } = work;
  const { nodes, forward } = graph;
  const { overlapping } = EXECUTION_PATTERNS[rules.pattern];
  const passing = new Set(active.filter((node) => frontier.stateOf(node).status === "landing"));
  const found: number[] = [];
  const passesEnds = (node: number): boolean =>
    !overlapping ||
    (phasesBefore.get(node) ?? []).every(
      (end) => at(frontier.passed, end) === 1 || passing.has(end),
    );
  const isGated = (key: string): boolean =>
    rules.gates?.has(key) === true && !state.released.has(key);
  // Whoever joins while the set is gone over is gone over as well.
  for (const from of passing)
    for (let edge = at(forward.starts, from); edge < at(forward.starts, from + 1); edge++) {
      const to = at(forward.targets, edge);
      const node = nodes[to];
      const held = frontier.heldBy(to);
      if (!node || passing.has(to) || held === 0 || held > passing.size) continue;
      if (!frontier.holding(to).every((source) => passing.has(source))) continue;
      if (!isWork(node)) {
        if (!isGated(node.key) && passesEnds(to)) passing.add(to);
      } else if (frontier.stateOf(to).status === "open")
        if (parts.has(to)) passing.add(to);
        else found.push(to);
    }
  return [...new Set(found)];
}
