import { at } from "../../core/graph/digraph.ts";
import { longestPaths } from "../../core/graph/longest-paths.ts";
import { formatPlace } from "../../core/place.ts";
import type { AnalysedPlan } from "../input.ts";
import { criticalPath } from "../../plan/graph/critical-path.ts";
import { phaseOf, type GraphNode } from "../../plan/graph/model.ts";
import { reducedEdges } from "../../plan/graph/reduced-edges.ts";
import type { Origin } from "../../plan/model.ts";
import { findConflicts } from "../../plan/resources/find-conflicts.ts";

/** What is drawn of a plan: boxes in columns, lines between them. Boxes are numbers in lines. */
export interface Drawing {
  readonly boxes: readonly DrawnBox[];
  readonly lines: readonly DrawnLine[];
  /** What the boxes stand for. */
  readonly of: "tasks" | "phases";
}

export interface DrawnBox {
  readonly kind: "task" | "verification" | "junction" | "phase";
  readonly key: string;
  readonly text: string;
  readonly column: number;
  readonly phase: string | undefined;
  readonly critical: boolean;
  /** What is told when it is pointed at, besides its text. */
  readonly more: readonly string[];
}

export interface DrawnLine {
  readonly from: number;
  readonly to: number;
  readonly kind: Origin | "conflict";
  readonly critical: boolean;
}

/** Plans with more tasks are drawn by phase. */
export const MOST_TASKS = 1000;
const MOST_CONFLICTS = 200;

export const drawingOf = (plan: AnalysedPlan): Drawing =>
  plan.plan.tasks.length > MOST_TASKS ? phaseDrawing(plan) : taskDrawing(plan);

function taskDrawing(plan: AnalysedPlan): Drawing {
  const { barriers: graph } = plan;
  const { nodes, backward, order, minutes } = graph;
  const levels = longestPaths(backward, order, new Uint8Array(nodes.length).fill(1));
  const { slack } = criticalPath(graph);
  const isCritical = (node: number) => at(slack, node) < 1e-6;
  const reduced = reducedEdges(graph).edges;
  const clashes = conflictsOf(plan);
  const waits = reduced.map(({ from, to, cause }): Remark => ({
    box: to,
    words: `waits for ${nodes[from]?.key ?? ""} (${cause.origin}, ${formatPlace(cause.place)})`,
  }));
  const remarks = remarksByBox([...waits, ...clashes.remarks]);
  return {
    of: "tasks",
    boxes: nodes.map((node, index) => ({
      ...wordsOf(node),
      key: node.key,
      column: at(levels, index) - 1,
      phase: phaseOf(node),
      critical: isCritical(index),
      more: [
        ...placeOf(node),
        ...(at(minutes, index) > 0 ? [`${at(minutes, index)} minutes`] : []),
        ...(remarks.get(index) ?? []),
      ],
    })),
    lines: [
      ...reduced.map(({ from, to, cause }): DrawnLine => ({
        from,
        to,
        kind: cause.origin,
        critical: isCritical(from) && isCritical(to),
      })),
      ...clashes.lines,
    ],
  };
}

/** What is told of a box. */
interface Remark {
  readonly box: number;
  readonly words: string;
}

const MOST_REMARKS = 8;

function remarksByBox(remarks: readonly Remark[]): ReadonlyMap<number, readonly string[]> {
  const byBox = new Map<number, string[]>();
  for (const { box, words } of remarks) {
    const some = byBox.get(box);
    if (!some) byBox.set(box, [words]);
    else if (some.length < MOST_REMARKS) some.push(words);
  }
  return byBox;
}

/** Tasks that write one thing and could do so at once. */
function conflictsOf({ barriers, uses }: AnalysedPlan): {
  readonly lines: readonly DrawnLine[];
  readonly remarks: readonly Remark[];
} {
  const indexOf = (key: string) => barriers.indexOf.get(key) ?? -1;
  const conflicts = findConflicts(barriers, uses)
    .contentions.flatMap(({ listed }) => listed)
    .filter(({ kind }) => kind === "write-write")
    .slice(0, MOST_CONFLICTS);
  return {
    lines: conflicts.map(({ a, b }) => ({
      from: indexOf(a),
      to: indexOf(b),
      kind: "conflict",
      critical: false,
    })),
    remarks: conflicts.flatMap(({ a, b, resource }) => [
      { box: indexOf(a), words: `writes ${resource}, as ${b} does` },
      { box: indexOf(b), words: `writes ${resource}, as ${a} does` },
    ]),
  };
}

function wordsOf(node: GraphNode): Pick<DrawnBox, "kind" | "text"> {
  if (node.kind === "task") return { kind: "task", text: node.task.text };
  if (node.kind === "verification") {
    const { title, criteria } = node.verification;
    const words = criteria.map(({ text }) => text).join("; ");
    return { kind: "verification", text: words === "" ? title : words };
  }
  return { kind: "junction", text: node.key };
}

function placeOf(node: GraphNode): readonly string[] {
  if (node.kind === "task") return [formatPlace(node.task.place)];
  if (node.kind === "verification") return [formatPlace(node.verification.place)];
  return [];
}

/** Phases of a large plan, by what each waits for; no columns but their levels. */
function phaseDrawing({ plan }: AnalysedPlan): Drawing {
  const phases = plan.phases.slice(0, MOST_TASKS);
  const indexOf = new Map(phases.map(({ key }, index) => [key, index]));
  const counts = new Map<string, number>();
  for (const { phase } of plan.tasks)
    if (phase !== undefined) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  const columns: number[] = [];
  const lines: DrawnLine[] = [];
  phases.forEach(({ after }, to) => {
    const before = after.flatMap(({ phase, origin }) => {
      const from = indexOf.get(phase);
      return from === undefined || from >= to ? [] : [{ from, origin }];
    });
    columns.push(before.reduce((most, { from }) => Math.max(most, (columns[from] ?? 0) + 1), 0));
    for (const { from, origin } of before) lines.push({ from, to, kind: origin, critical: false });
  });
  return {
    of: "phases",
    lines,
    boxes: phases.map(({ key, title, place }, index) => ({
      kind: "phase",
      key: `Phase ${key}`,
      text: title,
      column: columns[index] ?? 0,
      phase: key,
      critical: false,
      more: [`${counts.get(key) ?? 0} tasks`, formatPlace(place)],
    })),
  };
}
