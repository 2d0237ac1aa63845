import type { PlanTask } from "../core/plan-event.ts";
import { oneLine } from "../core/text.ts";
import { edgesInto, isWork, type GraphNode, type PlanGraph } from "../plan/graph/model.ts";
import type { Executable } from "./executable.ts";
import { stateOfTask, type RunState } from "./run-state.ts";

const TITLE = 160;

/**
 * The tasks and verifications of a run for whoever watches it, in the order of the documents.
 *
 * @param names of the plans, in the order of the graph's
 */
export function planTasks(
  { graph, parts }: Executable,
  state: RunState,
  names: readonly string[],
): readonly PlanTask[] {
  const before = worksBefore(graph);
  return graph.nodes.flatMap((node, index): readonly PlanTask[] => {
    if (!isWork(node)) return [];
    const own = parts.get(index);
    return [
      {
        key: node.key,
        title: titleOf(node),
        plan: names[node.plan] ?? "",
        phase: phaseTitle(graph, node),
        kind: node.kind,
        minutes: graph.minutes[index] ?? 0,
        waitsFor: before(index).map((each) => graph.nodes[each]?.key ?? ""),
        ...(own && { parts: own }),
        status: stateOfTask(state, node.key).status,
      },
    ];
  });
}

/** What a task is called, in one inert line. */
export function titleOf(node: GraphNode | undefined): string {
  if (node?.kind === "task") return oneLine(node.task.text, TITLE);
  return node?.kind === "verification" ? oneLine(node.verification.title, TITLE) : "";
}

export function phaseTitle({ plans }: PlanGraph, node: GraphNode): string | null {
  if (!isWork(node)) return null;
  const key = node.kind === "task" ? node.task.phase : node.verification.phase;
  const phase = plans[node.plan]?.phases.find((each) => each.key === key);
  return phase === undefined ? null : oneLine(`${phase.key} ${phase.title}`, TITLE);
}

/** Work that a task waits for, looked up through junctions; each junction is passed once. */
export function worksBefore(graph: PlanGraph): (node: number) => readonly number[] {
  const known = new Map<number, readonly number[]>();
  const junctionWork = (node: number): readonly number[] => {
    const found = known.get(node);
    if (found) return found;
    // the order of the graph has no circles, so nothing asks for itself
    known.set(node, []);
    const all = [...new Set(direct(node))];
    known.set(node, all);
    return all;
  };
  const direct = (node: number): readonly number[] =>
    edgesInto(graph, node).flatMap(({ from, cut }) => {
      if (cut) return [];
      return isWork(graph.nodes[from]) ? [from] : junctionWork(from);
    });
  return (node) => [...new Set(direct(node))].toSorted((a, b) => a - b);
}
