import type { PlanText } from "../../plan/model.ts";
import type { DeclaredSync } from "../../plan/graph/add-sync-points.ts";
import { IdIndex } from "../../plan/dependency-json/id-index.ts";
import { isWork, phaseOf, type PlanGraph } from "../../plan/graph/model.ts";
import { gatesIn, syncsIn } from "../../schedule/formats/s3-plan/declared-points.ts";
import {
  readExecutionPlan,
  type ExecutionPlan,
} from "../../schedule/formats/s3-plan/execution-plan.ts";
import { placeOf } from "../../core/json-values.ts";
import { gateCriteria, type WaveGate } from "./wave-gates.ts";

/** Where plans themselves say that work waits: it holds whatever a run was asked for (MISSION WV-05, WV-10). */
export interface DeclaredPoints {
  readonly syncs: readonly DeclaredSync[];
  readonly gates: readonly WaveGate[];
}

export interface DeclaringPlan {
  /** Of those of the graph, in its order. */
  readonly name: string;
  readonly texts: readonly PlanText[];
}

/**
 * Sync points and quality gates of waves that S3's execution plans among the plans declare. All of what stands after a sync point waits for all of
 * what stands before it; a gate that names approvers asks a person.
 */
export function declaredInPlans(graph: PlanGraph, plans: readonly DeclaringPlan[]): DeclaredPoints {
  const found = plans.flatMap((plan, index) => {
    const execution = executionPlanOf(plan);
    if (!execution) return [];
    const prefix = plans.length > 1 ? `${plan.name}:` : "";
    return [pointsOf(execution, prefix, nodesByPhase(graph, index))];
  });
  return {
    syncs: found.flatMap(({ syncs }) => syncs),
    gates: found.flatMap(({ gates }) => gates(graph)),
  };
}

const executionPlanOf = ({ texts }: DeclaringPlan): ExecutionPlan | undefined => {
  for (const { text, file } of texts) {
    const plan = readExecutionPlan(text, file);
    if (plan) return plan;
  }
  return undefined;
};

/** Keys of the work of phases, by how documents name these; a phase without tasks is a task itself. */
type KeysOf = (phases: readonly string[]) => readonly string[];

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

function pointsOf(execution: ExecutionPlan, prefix: string, keysOf: KeysOf) {
  const syncs = syncsIn(execution).flatMap((sync, at): readonly DeclaredSync[] => {
    const [after, before] = [keysOf(sync.after), keysOf(sync.before)];
    if (after.length === 0 || before.length === 0) return [];
    const id = `${prefix}${sync.id ?? (sync.title || `sync_${at + 1}`)}`;
    return [{ id, after, before, place: placeOf(sync.value), reason: sync.title || id }];
  });
  const gates = (graph: PlanGraph) =>
    gatesIn(execution).flatMap((gate): readonly WaveGate[] => {
      const [after, before] = [keysOf(gate.after), keysOf(gate.before)];
      if (after.length === 0 || before.length === 0) return [];
      const { name, wave, approvers, criteria } = gate;
      const id = `${prefix}${gate.id}`;
      return [
        {
          id,
          key: `sync ${id}`,
          wave,
          name,
          mode: approvers.length > 0 ? "approved" : "proven",
          after,
          before,
          criteria: gateCriteria(graph, after, criteria),
          approvers,
        },
      ];
    });
  return { syncs: unique(syncs), gates };
}

/** Two of one name would be one node. */
function unique(syncs: readonly DeclaredSync[]): readonly DeclaredSync[] {
  const taken = new Map<string, number>();
  return syncs.map((sync) => {
    const times = (taken.get(sync.id) ?? 0) + 1;
    taken.set(sync.id, times);
    return times === 1 ? sync : { ...sync, id: `${sync.id} (${times})` };
  });
}
