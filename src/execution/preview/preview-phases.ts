import { criticalPath } from "../../plan/graph/critical-path.ts";
import { edgesInto, isWork, phaseName, phaseOf, type GraphNode } from "../../plan/graph/model.ts";
import { reducedEdges } from "../../plan/graph/reduced-edges.ts";
import type { BoxState } from "../../plan/model.ts";
import type { PlanWork } from "../plan-work.ts";
import { stateOfTask } from "../run-state.ts";
import { isFinished } from "../task-state.ts";
import type { EstimatedRun } from "./preview-estimate.ts";
import type { PreviewPhase, PreviewRow } from "./run-preview.ts";

export interface RowFacts {
  readonly text: string;
  readonly state: BoxState;
}

/** Every phase with what is in it, and when that is expected to run. */
export function previewPhases(
  plan: PlanWork,
  estimated: Pick<EstimatedRun, "times" | "left">,
  {
    names,
    factsOf,
  }: {
    /** By the number of the plan in the graph. */
    readonly names: readonly string[];
    readonly factsOf: (node: GraphNode) => RowFacts;
  },
): readonly PreviewPhase[] {
  const { graph } = plan.work;
  const rowOf = rowMaker(plan, estimated, factsOf);
  const rows = new Map<string, PreviewRow[]>();
  graph.nodes.forEach((node, index) => {
    const row = rowOf(index);
    if (!row) return;
    const group = phaseName(node.plan, phaseOf(node));
    const known = rows.get(group);
    if (known) known.push(row);
    else rows.set(group, [row]);
  });
  return graph.plans.flatMap((each, index): readonly PreviewPhase[] => {
    const name = names[index] ?? each.file;
    const outside = rows.get(phaseName(index, undefined));
    return [
      ...each.phases.flatMap(({ key, title, after }): readonly PreviewPhase[] => {
        const own = rows.get(phaseName(index, key));
        return own
          ? [{ plan: name, key, title, after: after.map(({ phase }) => phase), rows: own }]
          : [];
      }),
      ...(outside ? [{ plan: name, key: null, title: "", after: [], rows: outside }] : []),
    ];
  });
}

/** The row of a node; undefined for junctions. */
function rowMaker(
  { work, before }: PlanWork,
  { times, left }: Pick<EstimatedRun, "times" | "left">,
  factsOf: (node: GraphNode) => RowFacts,
): (node: number) => PreviewRow | undefined {
  const { graph, parts } = work;
  const critical = new Set(criticalPath(graph, left).path);
  const direct = new Set(reducedEdges(graph).edges);
  const finished = (node: GraphNode) => isFinished(stateOfTask(before, node.key));
  return (node) => {
    const own = graph.nodes[node];
    if (!isWork(own)) return undefined;
    const time = times.get(own.key);
    const { text, state } = factsOf(own);
    return {
      key: own.key,
      kind: own.kind,
      text,
      // A check whose box nobody ticks is behind once its phase is.
      state: state === "open" && finished(own) ? "done" : state,
      minutes: graph.minutes[node] ?? 0,
      start: time?.start ?? null,
      end: time?.end ?? null,
      critical: critical.has(node) && !finished(own),
      waitsFor: edgesInto(graph, node).flatMap((edge) => {
        const from = graph.nodes[edge.from];
        return direct.has(edge) && isWork(from) && !finished(from) ? [from.key] : [];
      }),
      parts: parts.get(node) ?? [],
      place: own.kind === "task" ? own.task.place : own.verification.place,
    };
  };
}
