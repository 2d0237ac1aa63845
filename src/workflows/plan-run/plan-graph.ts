import { executable, type Executable } from "../../execution/executable.ts";
import type { TaskState } from "../../execution/task-state.ts";
import { addSyncPoints } from "../../plan/graph/add-sync-points.ts";
import { buildGraph } from "../../plan/graph/build-graph.ts";
import { joinGraphs } from "../../plan/graph/join-graphs.ts";
import { readPlan } from "../../plan/read-plan.ts";
import type { PlanRunInput } from "../run-plan-input.ts";
import type { TakenPlans } from "./taken-plans.ts";

/** The graph of plans that were taken down, as it is carried out: a function of what is journaled. */
export function executableOf(
  taken: TakenPlans,
  { inferred, starts, syncs = [] }: Pick<PlanRunInput, "inferred" | "starts" | "syncs">,
): Executable {
  const named = taken.plans.map(({ name, texts }) => ({
    name,
    graph: buildGraph(readPlan(texts.map(({ path, text }) => ({ file: path, text }))), {
      barriers: "phases",
      inferred,
    }),
  }));
  const file = taken.plans[0]?.file ?? "";
  const graph = addSyncPoints(
    joinGraphs(named),
    syncs.map((sync) => ({ ...sync, place: { file } })),
  );
  return executable(graph, {
    uses: new Map(taken.uses),
    ...(starts && { starts: new Map(Object.entries(starts)) }),
  });
}

export const initialOf = ({ initial }: TakenPlans): ReadonlyMap<string, TaskState> =>
  new Map(initial);
