import { finished } from "./finished.ts";
import type { BoxState, Plan, Task } from "../model.ts";

/** Whether someone has begun it, whatever came of it. */
const begun = (state: BoxState): boolean =>
  state === "in-progress" || state === "done" || state === "failed";

const NUMBERED = /^\d/;

/**
 * Checks that stand in an S4 plan as tasks (`- [ ] VERIFY 1: …`) and that nobody will tick: their phase is behind, all its work is
 * finished and work of a phase that waits for it was begun. S4's tool does not see such boxes, so neither its records nor the boxes
 * ever say that they were made; whoever went on took them for passed. Those with a record or a number of their own (`1.8`) are tasks to that tool, too, and none of these.
 * A phase that may begin early (`pipeline-start`) says nothing of those before it. O(tasks + phases).
 *
 * @param stateOf by the keys of tasks
 */
export function passedChecks(
  plan: Plan,
  stateOf: (key: string) => BoxState,
  isRecorded: (key: string) => boolean,
): readonly string[] {
  if (plan.dialect !== "plan-file") return [];
  const unseen = plan.tasks.filter((task) => isUnseen(task) && !isRecorded(task.key));
  const open = unseen.filter(({ key }) => stateOf(key) === "open");
  if (open.length === 0) return [];
  const checks = new Set(unseen);
  const worked = new Set(
    plan.tasks
      .filter((task) => !checks.has(task) && begun(stateOf(task.key)))
      .map(({ phase }) => phase),
  );
  const behind = phasesBehind(plan, worked);
  for (const task of plan.tasks)
    if (task.phase !== undefined && !task.verifies && !finished(stateOf(task.key)))
      behind.delete(task.phase);
  return open.flatMap(({ key, phase }) => (phase !== undefined && behind.has(phase) ? [key] : []));
}

const isUnseen = ({ verifies, id }: Task): boolean =>
  verifies && (id === undefined || !NUMBERED.test(id));

/** The phases that those worked at wait for, and those that these wait for. */
function phasesBehind({ phases }: Plan, worked: ReadonlySet<string | undefined>): Set<string> {
  const byKey = new Map(phases.map((phase) => [phase.key, phase]));
  const behind = new Set<string>();
  const open = phases.filter(({ key }) => worked.has(key));
  for (let phase = open.pop(); phase; phase = open.pop()) {
    if (phase.startsWhen.length > 0) continue;
    for (const { phase: before } of phase.after) {
      const found = byKey.get(before);
      if (!found || behind.has(before)) continue;
      behind.add(before);
      open.push(found);
    }
  }
  return behind;
}
