import type { Plan } from "../../plan/model.ts";
import { phaseOf, type PlanGraph } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { usersByResource } from "../../plan/resources/users-by-resource.ts";
import type { Work } from "../../schedule/work.ts";

/**
 * The graph of one plan as work to be simulated: its edges that are not cut, its phases in their order, and for each task the
 * resources that it writes together with others. Boxes do not matter: the whole plan is run from its beginning.
 */
export function workOf(graph: PlanGraph, uses: UsesByTask): Work {
  const phases = phaseNumbers(graph.plans);
  const resources = graph.nodes.map((): number[] => []);
  usersByResource(uses).resources.forEach(({ users }, resource) => {
    const writers = users.filter(
      ({ task, use }) => use.access === "write" && graph.indexOf.has(task),
    );
    if (writers.length < 2) return;
    for (const { task } of writers) resources[graph.indexOf.get(task) ?? -1]?.push(resource);
  });
  return {
    minutes: Array.from(graph.minutes),
    edges: graph.edges.flatMap(({ from, to, cut }) => (cut ? [] : [[from, to] as const])),
    phaseOf: graph.nodes.map((node) => {
      const phase = phaseOf(node);
      return phase === undefined ? -1 : (phases.get(phase) ?? -1);
    }),
    resources,
  };
}

const phaseNumbers = (plans: readonly Plan[]): ReadonlyMap<string, number> =>
  new Map(plans.flatMap(({ phases }) => phases.map(({ key }, index) => [key, index] as const)));
