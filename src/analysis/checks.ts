import type { FilePlace } from "../core/place.ts";
import type { Plan } from "../plan/model.ts";

/** What is checked at one place of a plan: a verification, or a task that only checks (`- [ ] VERIFY 1: …`). */
export interface Check {
  readonly key: string;
  /** Key of the phase that is checked; undefined for tasks outside of phases and for the whole plan. */
  readonly phase: string | undefined;
  /** Of what: a phase, some tasks, or the whole plan. */
  readonly of: "phase" | "tasks" | "plan";
  /** Where each criterion stands; a task that checks is one itself. */
  readonly criteria: readonly FilePlace[];
  readonly boxes: number;
  readonly commands: number;
  readonly blocking: boolean;
  /** Whether anything behind it waits for it: it blocks, and a phase comes behind its own, or it is about tasks. */
  readonly holdsBack: boolean;
  readonly place: FilePlace;
}

/** All checks of a plan, in the order of its files. */
export function checksOf({ phases, tasks, verifications }: Plan): readonly Check[] {
  const waitedFor = new Set(phases.flatMap(({ after }) => after.map(({ phase }) => phase)));
  const written = verifications.map((each): Check => {
    const of = each.tasks ? "tasks" : each.phase === undefined ? "plan" : "phase";
    const behind = of === "tasks" || (each.phase !== undefined && waitedFor.has(each.phase));
    return {
      key: each.key,
      phase: each.phase,
      of,
      criteria: each.criteria.map(({ place }) => place),
      boxes: each.criteria.filter(({ box }) => box !== undefined).length,
      commands: each.commands.length,
      blocking: each.blocking,
      holdsBack: each.blocking && behind,
      place: each.place,
    };
  });
  const ticked = tasks
    .filter(({ verifies }) => verifies)
    .map(({ key, phase, box, command, place }): Check => ({
      key,
      phase,
      of: phase === undefined ? "tasks" : "phase",
      criteria: [place],
      boxes: box ? 1 : 0,
      commands: command === undefined ? 0 : 1,
      blocking: true,
      holdsBack: phase !== undefined && waitedFor.has(phase),
      place,
    }));
  return [...written, ...ticked].toSorted(({ place: a }, { place: b }) =>
    a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1,
  );
}
