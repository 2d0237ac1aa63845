import { degreeOf } from "../../core/graph/digraph.ts";
import { oneLine } from "../../core/text.ts";
import type { PlanDiagnostic, UpstreamPlan } from "../model.ts";
import { finished } from "./build-graph.ts";
import { isCycleProblem } from "./cycle-problems.ts";
import { addEdge, edgeList, mergedEdges, type EdgeList } from "./edge-list.ts";
import { isWork, type EdgeCause, type GraphNode, type PlanGraph } from "./model.ts";

export interface NamedGraph {
  /** Unique among those joined; stands in front of the keys of its nodes: `core:1.1`. */
  readonly name: string;
  readonly graph: PlanGraph;
}

interface Part extends NamedGraph {
  /** What is added to the numbers of its nodes. */
  readonly shift: number;
}

interface Joint {
  readonly nodes: GraphNode[];
  readonly edges: EdgeList;
  readonly problems: PlanDiagnostic[];
}

/**
 * Several plans as one graph, so that they share workers and resources; one alone stays as it is, with its own keys. The first work
 * of a plan waits for all of the plans that it says it needs: softly, as that is said in prose. A plan that another needs and that is
 * not among them is told.
 *
 * @throws Error where two have one name
 */
export function joinGraphs(named: readonly NamedGraph[]): PlanGraph {
  const [only, ...others] = named;
  if (only && others.length === 0) return only.graph;
  if (new Set(named.map(({ name }) => name)).size < named.length)
    throw new Error("Plans that are joined have names of their own.");
  const joint: Joint = { nodes: [], edges: edgeList(), problems: [] };
  const plans = named.flatMap(({ graph }) => graph.plans);
  let planCount = 0;
  const parts = named.map((each): Part => {
    const part = { ...each, shift: joint.nodes.length };
    addPart(joint, part, planCount);
    planCount += each.graph.plans.length;
    return part;
  });
  for (const part of parts) addUpstream(joint, parts, part);
  const minutes = new Float64Array(joint.nodes.length);
  for (const { graph, shift } of parts) minutes.set(graph.minutes, shift);
  const edges = mergedEdges(joint.nodes.length, joint.edges);
  return finished({ plans, nodes: joint.nodes, edges, minutes, problems: joint.problems });
}

function addPart(
  { nodes, edges, problems }: Joint,
  { name, graph, shift }: Part,
  plan: number,
): void {
  for (const node of graph.nodes)
    nodes.push({ ...node, key: `${name}:${node.key}`, plan: node.plan + plan });
  for (const { from, to, cause, others } of graph.edges)
    for (const each of [cause, ...others]) addEdge(edges, from + shift, to + shift, each);
  // Circles are found again in the whole, under the names they have there.
  problems.push(...graph.problems.filter((problem) => !isCycleProblem(problem)));
}

function addUpstream(joint: Joint, parts: readonly Part[], part: Part): void {
  for (const upstream of part.graph.plans.flatMap((plan) => plan.upstream)) {
    const needed = parts.find((each) => isNamed(each, upstream.name));
    if (!needed) joint.problems.push(unknownPlan(upstream));
    else if (needed !== part) waitForPlan(joint, needed, part, upstream);
  }
}

const bare = (name: string): string =>
  name
    .slice(name.lastIndexOf("/") + 1)
    .replace(/\.md$/i, "")
    .toLowerCase();

/** By name or file; `Spec 004` by the number that a feature's name begins with (`plan/spec-kit/read-upstream.ts`). */
function isNamed({ name, graph }: Part, wanted: string): boolean {
  const number = /^spec (\d{1,9})$/i.exec(wanted)?.[1];
  if (number !== undefined && bare(name).startsWith(`${number}-`)) return true;
  return [name, ...graph.plans.map(({ file }) => file)].some((each) => bare(each) === bare(wanted));
}

/** By one node, so that plans of m and n tasks cost m + n edges. */
function waitForPlan(
  { nodes, edges }: Joint,
  needed: Part,
  part: Part,
  upstream: UpstreamPlan,
): void {
  const { place, reason } = upstream;
  const cause: EdgeCause = { origin: "explicit", strength: "soft", place, reason };
  const whole = nodes.length;
  const key = `all of ${needed.name} for ${part.name}`;
  nodes.push({ kind: "plan-end", key, plan: nodes[needed.shift]?.plan ?? 0 });
  for (let node = 0; node < needed.graph.nodes.length; node++)
    if (degreeOf(needed.graph.forward, node) === 0)
      addEdge(edges, node + needed.shift, whole, cause);
  part.graph.nodes.forEach((node, index) => {
    if (isWork(node) && degreeOf(part.graph.backward, index) === 0)
      addEdge(edges, whole, index + part.shift, cause);
  });
}

const unknownPlan = ({ name, place }: UpstreamPlan): PlanDiagnostic => ({
  code: "PLAN_UPSTREAM_UNKNOWN",
  severity: "info",
  message: `${oneLine(name, 60)} is needed first, and is not among the plans that were read.`,
  place,
  hint: "Read it along with this plan, if it is still to be done.",
});
