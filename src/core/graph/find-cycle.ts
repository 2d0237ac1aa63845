import { stronglyConnected } from "./components.ts";
import { at, digraph } from "./digraph.ts";
import { shortestPath } from "./paths.ts";

/**
 * One cycle of a graph as the names along it, the first repeated at the end: a shortest one through the first name that is
 * on any. Undefined when there is none. O(nodes + edges).
 */
export function findCycle(
  edges: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  const names = [...new Set([...edges].flatMap(([from, targets]) => [from, ...targets]))];
  const numberOf = new Map(names.map((name, index) => [name, index]));
  const pairs = [...edges].flatMap(([from, targets]) => targets.map((to) => [from, to] as const));
  const [from, to] = [0, 1].map((end) => pairs.map((pair) => numberOf.get(pair[end] ?? "") ?? 0));
  const graph = digraph(names.length, from ?? [], to ?? []);
  const { of } = stronglyConnected(graph);
  const circling = pairs.find((_, edge) => at(of, from?.[edge] ?? 0) === at(of, to?.[edge] ?? 0));
  const start = numberOf.get(circling?.[0] ?? "");
  if (!circling || start === undefined) return undefined;
  return shortestPath(graph, start, start)?.map((node) => names[node] ?? "");
}
