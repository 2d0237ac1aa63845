import type { FilePlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import { edgesInto, type GraphNode } from "../graph/model.ts";
import type { PlanView } from "./plan-view.ts";

/** What the plan says a task waits for, and that can't hold it back: it is in a circle, or is not there. */
export interface Doubt {
  readonly kind: "circle" | "unknown";
  readonly message: string;
  /** Where the plan says so. */
  readonly place: FilePlace;
}

/** Doubts about the beginning of any node of a view. Linear in what the node waits for. */
export function doubtsIn(view: PlanView): (node: number) => readonly Doubt[] {
  const unknown = new Map<string, Doubt[]>();
  for (const { task, message, place } of view.diagnostics) {
    if (task === undefined) continue;
    const told = unknown.get(task) ?? [];
    unknown.set(task, told);
    told.push({ kind: "unknown", message, place });
  }
  return (node) => [
    ...circlesBefore(view, node),
    ...(unknown.get(view.graph.nodes[node]?.key ?? "") ?? []),
  ];
}

/** Edges into the node, or into what begins with it, that were left out so that the rest has no circle. */
function circlesBefore({ graph }: PlanView, node: number): readonly Doubt[] {
  const found: Doubt[] = [];
  const seen = new Set([node]);
  const open = [node];
  const name = keyIn(graph.nodes[node]);
  for (let to = open.pop(); to !== undefined; to = open.pop())
    for (const { from, cause, cut } of edgesInto(graph, to)) {
      const source = graph.nodes[from];
      if (cut)
        found.push({
          kind: "circle",
          message:
            from === node
              ? `${name} is said to wait for itself, which is left out.`
              : `${name} is part of a circle: it is said to wait for ${keyIn(source)}, too, which is left out.`,
          place: cause.place,
        });
      else if (isStart(source) && !seen.has(from)) {
        seen.add(from);
        open.push(from);
      }
    }
  return found;
}

const keyIn = (node: GraphNode | undefined): string => oneLine(node?.key ?? "", 60);

const isStart = (node: GraphNode | undefined): boolean =>
  node?.kind === "phase-start" || node?.kind === "task-start";
