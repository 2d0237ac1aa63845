import type { OriginalTask } from "./original-status.ts";

/** Tasks that name the same phase, wherever they stand in the file. */
export interface PhaseGroup {
  /** From the words `Phase N`, else 0: tasks without a phase stand before all others. */
  readonly number: number;
  /** As the tasks name it. */
  readonly name: string;
  readonly tasks: readonly OriginalTask[];
}

/** `Phase 3: Title` → 3; 0 where there is no such number. */
export const phaseNumber = (phase: string | undefined): number =>
  Number.parseInt(/Phase\s+(\d+)/.exec(phase ?? "")?.[1] ?? "0", 10);

/** By number; phases of one number stay in the order in which they first come up. */
export function phaseGroups(tasks: readonly OriginalTask[]): readonly PhaseGroup[] {
  const groups = new Map<string, OriginalTask[]>();
  for (const task of tasks) {
    const name = task.phase === undefined || task.phase === "" ? "Unknown Phase" : task.phase;
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(task);
  }
  return [...groups]
    .map(([name, members]) => ({ number: phaseNumber(name), name, tasks: members }))
    .toSorted((one, other) => one.number - other.number);
}

/** Whole percents, halves up; of nothing, 0. So 199 of 200 are 100 %, and then `phases` calls the phase complete. */
export const percentOf = (part: number, total: number): number =>
  total > 0 ? Math.round((part / total) * 100) : 0;
