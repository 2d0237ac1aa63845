import type { PlannedPhase, PlannedTask } from "./plan-model.ts";

const NUMBERED = /^((?:NFR|FR|SC)-)(\d{1,4})$/;

/** Ids in their order, three or more that follow each other as `FR-001 to FR-004`. */
export function idRuns(ids: readonly string[]): string {
  const runs: string[][] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run && follows(run.at(-1) ?? "", id)) run.push(id);
    else runs.push([id]);
  }
  return runs
    .map((run) => (run.length > 2 ? `${run[0]} to ${run.at(-1)}` : run.join(", ")))
    .join(", ");
}

function follows(one: string, next: string): boolean {
  const [, prefix, number = ""] = NUMBERED.exec(one) ?? [];
  return (
    prefix !== undefined &&
    next === `${prefix}${String(Number(number) + 1).padStart(number.length, "0")}`
  );
}

/** Up to so many task ids are listed as they are; every plan tool reads those. */
const FEW = 5;

/**
 * What a task waits for: `2.1, 2.3`; of long lists, phases that it waits for whole as `all Phase 2-5`. A task that the
 * review added to such a phase is waited for too.
 */
export function dependencyList(task: PlannedTask, phases: readonly PlannedPhase[]): string {
  if (task.dependsOn.length <= FEW) return task.dependsOn.join(", ");
  const waits = waitsFor(task, phases);
  const whole = phases.filter(
    ({ tasks }) =>
      tasks.some(({ id }) => task.dependsOn.includes(id)) &&
      tasks.every(({ id, origin }) => waits.has(id) || origin === "review") &&
      !tasks.includes(task),
  );
  const within = new Set(whole.flatMap(({ tasks }) => tasks.map(({ id }) => id)));
  return [
    ...phaseRuns(whole.map(({ number }) => number)).map((run) => `all Phase ${run}`),
    ...task.dependsOn.filter((id) => !within.has(id)),
  ].join(", ");
}

function waitsFor(task: PlannedTask, phases: readonly PlannedPhase[]): ReadonlySet<string> {
  const byId = new Map(phases.flatMap(({ tasks }) => tasks.map((one) => [one.id, one] as const)));
  const found = new Set<string>();
  const open = [...task.dependsOn];
  for (let id = open.pop(); id !== undefined; id = open.pop())
    if (!found.has(id)) {
      found.add(id);
      open.push(...(byId.get(id)?.dependsOn ?? []));
    }
  return found;
}

/** `2-5`, `7`. */
export function phaseRuns(numbers: readonly number[]): readonly string[] {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length > 1 ? `${run[0]}-${run.at(-1)}` : String(run[0])));
}
