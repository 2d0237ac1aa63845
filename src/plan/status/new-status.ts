import type { Phase, Plan, Task } from "../model.ts";
import { stateInPlan } from "../state-in-plan.ts";
import { STATE_OF_BOX } from "./box-of-state.ts";
import { countStates, type TaskState } from "./model.ts";

/** What the original writes above everything, for who opens the file. */
const COMMENT =
  "This file is the authoritative source of truth for task execution state. The markdown plan file is read-only reference documentation. Use status-cli.js to update task status.";

type Identified = Task & { readonly id: string };

/** Tasks that a status file can have a record of: those with ids. Other boxes are kept in the plan alone. */
export const recordableTasks = (plan: Plan): readonly Identified[] =>
  plan.tasks.filter((task): task is Identified => task.id !== undefined);

const NUMBERED = /^\d/;

/** Tasks that a status file should have a record of. Checks without a number are no tasks to the original; some files have them. */
export const recordedTasks = (plan: Plan): readonly Identified[] =>
  recordableTasks(plan).filter(({ verifies, id }) => !verifies || NUMBERED.test(id));

/** How a status file names a phase: `Phase 1: Foundations`. */
export function phaseName({ key, title }: Pick<Phase, "key" | "title">): string {
  const number = key.replace(/#\d+$/, "");
  return title === "" ? `Phase ${number}` : `Phase ${number}: ${title}`;
}

/** Of each task of a plan, how a status file names its phase. */
export function phaseNames(plan: Plan): (task: Task) => string | undefined {
  const names = new Map(plan.phases.map((phase) => [phase.key, phaseName(phase)]));
  return (task) => (task.phase === undefined ? undefined : names.get(task.phase));
}

/**
 * The text of a status file for a plan that has none: fields, their order and the form of the original's `init` in its last version. Two
 * things differ: tasks that the original drops have their records, and the state of a task is what the plan says of it: what is ticked is completed, at
 * a time that nobody knows.
 *
 * @param now in milliseconds since 1970
 */
export function newStatus(plan: Plan, now: number): string {
  const time = new Date(now).toISOString();
  const tasks = recordedTasks(plan);
  const phaseOf = phaseNames(plan);
  const graph = graphOf(plan, tasks);
  const constraints = constraintsOf(plan);
  const records = tasks.map((task) => {
    const phase = phaseOf(task);
    const constraint = constraints.get(task.key);
    const { dependencies = [], dependents = [] } = graph.get(task.key) ?? {};
    return {
      id: task.id,
      ...(phase !== undefined && { phase }),
      description: task.text,
      status: stateOf(task),
      dependencies,
      dependents,
      ...(constraint && { executionConstraints: constraint }),
    };
  });
  const first = (...states: readonly TaskState[]) =>
    tasks.find((task) => states.includes(stateOf(task)));
  const left = first("in_progress") ?? first("pending", "failed") ?? tasks.at(-1);
  const groups = plan.sequences.map(({ tasks: keys, range, reason }) => ({
    taskRange: range,
    taskIds: idsOf(keys, tasks),
    reason,
  }));
  const status = {
    _comment: COMMENT,
    planPath: plan.file,
    planName: plan.title,
    createdAt: time,
    lastUpdatedAt: time,
    currentPhase: (left && phaseOf(left)) ?? null,
    ...(groups.length > 0 && { sequentialGroups: groups }),
    ...(tasks.length > 0 && {
      dependencyGraph: Object.fromEntries(tasks.map(({ id, key }) => [id, graph.get(key) ?? null])),
    }),
    tasks: records,
    runs: [],
    summary: countStates(tasks.map(stateOf)),
  };
  return JSON.stringify(status, null, 2);
}

const stateOf = (task: Task): TaskState => STATE_OF_BOX[stateInPlan(task)];

function idsOf(keys: readonly string[], tasks: readonly Identified[]): readonly string[] {
  const ids = new Map(tasks.map(({ key, id }) => [key, id]));
  return keys.flatMap((key) => ids.get(key) ?? []);
}

interface GraphEntry {
  readonly dependencies: readonly string[];
  readonly dependents: readonly string[];
  readonly inDegree: number;
}

/** What the plan says outright, between tasks. */
function graphOf(plan: Plan, tasks: readonly Identified[]): ReadonlyMap<string, GraphEntry> {
  const ids = new Map(tasks.map(({ key, id }) => [key, id]));
  const before = new Map<string, string[]>(tasks.map(({ key }) => [key, []]));
  const after = new Map<string, string[]>(tasks.map(({ key }) => [key, []]));
  for (const { dependency, dependent, origin } of plan.dependencies) {
    const [needed, needing] = [ids.get(dependency), ids.get(dependent)];
    if (origin !== "explicit" || needed === undefined || needing === undefined) continue;
    before.get(dependent)?.push(needed);
    after.get(dependency)?.push(needing);
  }
  return new Map(
    tasks.map(({ key }) => {
      const dependencies = before.get(key) ?? [];
      const entry = {
        dependencies,
        dependents: after.get(key) ?? [],
        inDegree: dependencies.length,
      };
      return [key, entry];
    }),
  );
}

interface Constraint {
  readonly sequential: true;
  readonly sequentialGroup: string;
  readonly reason: string;
}

const constraintsOf = (plan: Plan): ReadonlyMap<string, Constraint> =>
  new Map(
    plan.sequences.flatMap(({ tasks, range, reason }) =>
      tasks.map((key) => [key, { sequential: true, sequentialGroup: range, reason }] as const),
    ),
  );
