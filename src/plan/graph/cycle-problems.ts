import { digraph } from "../../core/graph/digraph.ts";
import { shortestPath } from "../../core/graph/paths.ts";
import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { Origin, PlanDiagnostic, RelatedPlace } from "../model.ts";
import type { GraphEdge, GraphNode, PlanGraph } from "./model.ts";

/** Cycles that are told one by one, and the edges of one that are told in its message; all are in `related`. */
const CYCLES = 20;
const TOLD = 6;

/** What follows from where things stand or is guessed: it gives way to what is said, and that is no error. */
const GIVES_WAY: ReadonlySet<Origin> = new Set(["order", "inferred", "barrier", "story"]);

const CODES: ReadonlySet<string> = new Set([
  "PLAN_CYCLE",
  "PLAN_ORDER_CONTRADICTED",
  "PLAN_SELF_DEPENDENCY",
  "PLAN_CYCLES_MORE",
]);

export const isCycleProblem = ({ code }: PlanDiagnostic): boolean => CODES.has(code);

/** One diagnostic for each edge that was cut: the shortest cycle it closes, every edge of it with its place. */
export function cycleProblems(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
): readonly PlanDiagnostic[] {
  const cut = edges.filter((edge) => edge.cut);
  if (cut.length === 0) return [];
  const names = (node: number) => oneLine(nodes[node]?.key ?? "", 40);
  const graph = digraph(
    nodes.length,
    edges.map(({ from }) => from),
    edges.map(({ to }) => to),
  );
  const byPair = new Map(edges.map((edge) => [edge.to * nodes.length + edge.from, edge]));
  const told = cut.slice(0, CYCLES).map((edge): PlanDiagnostic => {
    if (edge.from === edge.to) return selfProblem(edge, names);
    const path = shortestPath(graph, edge.to, edge.from) ?? [];
    const cycle = [...path, edge.to];
    const along = cycle
      .slice(1)
      .map((to, index) => byPair.get(to * nodes.length + (cycle[index] ?? to)))
      .filter((each) => each !== undefined);
    return cycleProblem(edge, along, names);
  });
  const [next] = cut.slice(CYCLES);
  return next ? [...told, manyProblem(next, cut.length)] : told;
}

/**
 * Of the problems of a graph, the errors that tell circles for which nothing hard had to be left out: what takes soft dependencies for what may give
 * way (a schedule) goes on with them.
 */
export function softCircles({ edges, problems }: PlanGraph): ReadonlySet<PlanDiagnostic> {
  const cut = edges.filter((edge) => edge.cut);
  return new Set(
    problems.filter(isCycleProblem).filter(({ code }, at) => {
      const left = code === "PLAN_CYCLES_MORE" ? cut.slice(at) : cut.slice(at, at + 1);
      const isError = code === "PLAN_CYCLE" || code === "PLAN_CYCLES_MORE";
      return isError && left.every(({ cause }) => cause.strength === "soft");
    }),
  );
}

type Names = (node: number) => string;

const selfProblem = ({ to, cause }: GraphEdge, names: Names): PlanDiagnostic => ({
  code: "PLAN_SELF_DEPENDENCY",
  severity: "error",
  message: `${names(to)} waits for itself; this is left out.`,
  place: cause.place,
  hint: "Name the task that was meant, or take the words out.",
});

function cycleProblem(cut: GraphEdge, along: readonly GraphEdge[], names: Names): PlanDiagnostic {
  const related = along.map(({ from, to, cause }): RelatedPlace => {
    const message = `${names(to)} waits for ${names(from)} (${cause.origin})`;
    return { message, place: cause.place };
  });
  const steps = related
    .slice(0, TOLD)
    .map(({ message, place }) => `${message.slice(0, -1)}, ${formatPlace(place)})`);
  const more = related.length > TOLD ? `, and ${related.length - TOLD} more` : "";
  const wait = `${names(cut.to)} → ${names(cut.from)}`;
  const yields = GIVES_WAY.has(cut.cause.origin);
  // Where the order of the document gives way, the words that contradict it are what a person has to look at.
  const said = yields ? along.find(({ cause }) => !GIVES_WAY.has(cause.origin)) : undefined;
  return {
    code: yields ? "PLAN_ORDER_CONTRADICTED" : "PLAN_CYCLE",
    severity: yields ? "warning" : "error",
    message: `A circle of ${related.length}: ${steps.join("; ")}${more}. Left out to go on: ${wait} (${cut.cause.origin}).`,
    place: (said ?? cut).cause.place,
    hint: yields
      ? "Move the task to where it can run, or take out the dependency."
      : "Take out the dependency that is wrong.",
    related,
  };
}

const manyProblem = (next: GraphEdge, count: number): PlanDiagnostic => ({
  code: "PLAN_CYCLES_MORE",
  severity: "error",
  message: `${count - CYCLES} more dependencies close circles and are left out.`,
  place: next.cause.place,
  hint: "Mend the circles above, then look again.",
});
