import { IdIndex } from "../plan/dependency-json/id-index.ts";
import { isWork, phaseOf, type PlanGraph } from "../plan/graph/model.ts";
import type { PlanText } from "../plan/model.ts";
import {
  readExecutionPlan,
  type ExecutionPlan,
} from "../schedule/formats/s3-plan/execution-plan.ts";

/** A plan with S3's execution plan in it: it says of sync points, gates and risks what no other dialect does. */
export interface DeclaringPlan {
  readonly execution: ExecutionPlan;
  /** In front of ids of its own, where there are several plans. */
  readonly prefix: string;
  readonly keysOf: KeysOf;
}

/** Keys of the work of phases, by how documents name these; a phase without tasks is a task itself. */
export type KeysOf = (phases: readonly string[]) => readonly string[];

export interface NamedTexts {
  readonly name: string;
  readonly texts: readonly PlanText[];
}

/** Those of a graph's plans, given in its order, that declare anything. */
export const declaringPlans = (
  graph: PlanGraph,
  plans: readonly NamedTexts[],
): readonly DeclaringPlan[] =>
  plans.flatMap((plan, index) => {
    const execution = executionPlanOf(plan);
    if (!execution) return [];
    const prefix = plans.length > 1 ? `${plan.name}:` : "";
    return [{ execution, prefix, keysOf: nodesByPhase(graph, index) }];
  });

const executionPlanOf = ({ texts }: NamedTexts): ExecutionPlan | undefined => {
  for (const { text, file } of texts) {
    const plan = readExecutionPlan(text, file);
    if (plan) return plan;
  }
  return undefined;
};

function nodesByPhase(graph: PlanGraph, plan: number): KeysOf {
  const keys = new Map<string, string[]>();
  const index = new IdIndex();
  for (const { key, title, aliases = [] } of graph.plans[plan]?.phases ?? [])
    index.add(key, [key, ...aliases, title]);
  for (const node of graph.nodes) {
    const phase = phaseOf(node);
    if (!isWork(node) || node.plan !== plan) continue;
    const of = phase ?? node.key;
    if (phase === undefined) index.add(of, [of]);
    const known = keys.get(of);
    if (known) known.push(node.key);
    else keys.set(of, [node.key]);
  }
  return (phases) => {
    const named = phases.flatMap((id) => keys.get(index.find(id) ?? id) ?? []);
    return [...new Set(named)];
  };
}
