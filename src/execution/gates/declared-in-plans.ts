import type { DeclaredSync } from "../../plan/graph/add-sync-points.ts";
import type { PlanGraph } from "../../plan/graph/model.ts";
import { gatesIn, syncsIn } from "../../schedule/formats/s3-plan/declared-points.ts";
import { placeOf } from "../../core/json-values.ts";
import type { DeclaringPlan } from "../declaring-plans.ts";
import { gateCriteria, type WaveGate } from "./wave-gates.ts";

/** Where plans themselves say that work waits: it holds whatever a run was asked for (MISSION WV-05, WV-10). */
export interface DeclaredPoints {
  readonly syncs: readonly DeclaredSync[];
  readonly gates: readonly WaveGate[];
}

/**
 * Sync points and quality gates of waves that S3's execution plans among the plans declare. All of what stands after a sync point waits for all of
 * what stands before it; a gate that names approvers asks a person.
 */
export function declaredInPlans(
  graph: PlanGraph,
  declaring: readonly DeclaringPlan[],
): DeclaredPoints {
  const found = declaring.map(pointsOf);
  return {
    syncs: found.flatMap(({ syncs }) => syncs),
    gates: found.flatMap(({ gates }) => gates(graph)),
  };
}

function pointsOf({ execution, prefix, keysOf }: DeclaringPlan) {
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
