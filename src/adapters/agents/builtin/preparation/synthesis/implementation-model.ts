import type { ReviewSummary } from "../../../../../stage/contracts/leading.ts";
import type { NotCovered, PlannedPhase, PlannedTask } from "../../synthesis/plan-model.ts";
import type { Requests } from "../../synthesis/requests.ts";
import type { PreparationFacts } from "../review/preparation-facts.ts";

/** Everything implementation_plan.md is written from. */
export interface ImplementationModel {
  readonly name: string;
  readonly facts: PreparationFacts;
  readonly review: ReviewSummary | undefined;
  readonly phases: readonly PlannedPhase[];
  /** The number of each task by the id of the work that it is. */
  readonly numberOf: ReadonlyMap<string, string>;
  readonly notCovered: readonly NotCovered[];
  readonly requests: Requests;
}

export const tasksIn = ({ phases }: Pick<ImplementationModel, "phases">): readonly PlannedTask[] =>
  phases.flatMap(({ tasks }) => tasks);

/** Numbers of the tasks that name an id. */
export const tasksFor = (model: ImplementationModel, id: string): readonly string[] =>
  tasksIn(model)
    .filter(({ ids }) => ids.includes(id))
    .map((task) => task.id);

/** Tasks in rounds: each needs only tasks of rounds before it, so those of one can be done side by side. */
export function rounds(model: Pick<ImplementationModel, "phases">): readonly (readonly string[])[] {
  const at = new Map<string, number>();
  const result: string[][] = [];
  for (const { id, dependsOn } of tasksIn(model)) {
    const round = Math.max(-1, ...dependsOn.map((other) => at.get(other) ?? -1)) + 1;
    at.set(id, round);
    result[round] = [...(result[round] ?? []), id];
  }
  return result;
}

/** All that a task waits for, directly or not, in the order of the plan, itself last. */
export function chainTo(
  model: Pick<ImplementationModel, "phases">,
  task: string,
): readonly string[] {
  const byId = new Map(tasksIn(model).map((one) => [one.id, one]));
  const found = new Set<string>();
  const open = [task];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    if (!found.has(id)) {
      found.add(id);
      open.push(...(byId.get(id)?.dependsOn ?? []));
    }
  return tasksIn(model)
    .map(({ id }) => id)
    .filter((id) => found.has(id));
}
