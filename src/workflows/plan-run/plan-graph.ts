import { executable, type Executable } from "../../execution/executable.ts";
import type { RunRules } from "../../execution/run-state.ts";
import type { PlannedSession } from "../../execution/sessions/session.ts";
import type { TaskState } from "../../execution/task-state.ts";
import { addSyncPoints } from "../../plan/graph/add-sync-points.ts";
import { buildGraph } from "../../plan/graph/build-graph.ts";
import { joinGraphs } from "../../plan/graph/join-graphs.ts";
import { readPlan } from "../../plan/read-plan.ts";
import type { PlanRunInput } from "../run-plan-input.ts";
import { coordinatedGraph, PLAIN_INPUT, type CoordinatedGraph } from "./coordination.ts";
import type { TakenPlans } from "./taken-plans.ts";

/** What is carried out, in which sessions, with the gates of waves that were asked for. */
export interface PlannedWork {
  readonly work: Executable;
  readonly coordinated: CoordinatedGraph;
}

/**
 * The graph of plans that were taken down, as it is carried out: a function of what is journaled.
 *
 * @param before sessions of the plans as they were: they keep their ids
 */
export function plannedWork(
  taken: TakenPlans,
  {
    inferred,
    starts,
    syncs = [],
    coordination = PLAIN_INPUT,
  }: Pick<PlanRunInput, "inferred" | "starts" | "syncs" | "coordination">,
  before: readonly PlannedSession[] = [],
): PlannedWork {
  const named = taken.plans.map(({ name, texts }) => ({
    name,
    graph: buildGraph(readPlan(texts.map(({ path, text }) => ({ file: path, text }))), {
      barriers: "phases",
      inferred,
    }),
  }));
  const file = taken.plans[0]?.file ?? "";
  const plain = addSyncPoints(
    joinGraphs(named),
    syncs.map((sync) => ({ ...sync, place: { file } })),
  );
  const plans = taken.plans.map(({ name, texts }) => ({
    name,
    texts: texts.map(({ path, text }) => ({ file: path, text })),
  }));
  const coordinated = coordinatedGraph(plain, coordination, { plans, before });
  const work = executable(coordinated.graph, {
    uses: new Map(taken.uses),
    ...(starts && { starts: new Map(Object.entries(starts)) }),
  });
  return { work, coordinated };
}

/** Sync points that are not passed by themselves: those that people named, and gates of waves. */
export const rulesWith = (
  { pattern, failures, limits, gates }: PlanRunInput,
  coordinated: Pick<CoordinatedGraph, "gates">,
): RunRules => {
  const keys = [...gates, ...coordinated.gates.map(({ key }) => key)];
  return { pattern, failures, limits, ...(keys.length > 0 && { gates: new Set(keys) }) };
};

export const initialOf = ({ initial }: TakenPlans): ReadonlyMap<string, TaskState> =>
  new Map(initial);

const uses = new WeakMap<TakenPlans, ReadonlyMap<string, TakenPlans["uses"][number][1]>>();

/** What a task uses, by its key in the joined graph. */
export function usesOf(taken: TakenPlans, key: string): TakenPlans["uses"][number][1] {
  const known = uses.get(taken) ?? new Map(taken.uses);
  uses.set(taken, known);
  return known.get(key) ?? [];
}
