import type { Dependency, Phase, PhaseDependency } from "../model.ts";
import type { Ids } from "./assemble.ts";
import type { Facts } from "./facts.ts";
import { placeOf } from "../../core/json-values.ts";

interface Barriers {
  readonly after: ReadonlyMap<string, readonly PhaseDependency[]>;
  readonly dependencies: readonly Dependency[];
}

/** Pairs of tasks of two waves are written out up to this many; then each task of a wave waits for the last one of the wave before. */
const MAX_PAIRS = 10_000;

/**
 * What waits for what where documents do not say it: each wave for the one before, or, without waves, each phase for the one
 * before. Of several lists of waves the first counts.
 */
export function waveBarriers(facts: Facts, ids: Ids, phases: readonly Phase[]): Barriers {
  const after = new Map<string, PhaseDependency[]>();
  const dependencies: Dependency[] = [];
  const barrier = { origin: "barrier", strength: "hard" } as const;
  const [list] = facts.waves;
  if (!list) {
    phases.forEach(({ key, place }, at) => {
      const before = phases[at - 1];
      if (before) after.set(key, [{ phase: before.key, place, ...barrier }]);
    });
    return { after, dependencies };
  }
  let before: readonly string[] = [];
  let tasksBefore: readonly string[] = [];
  for (const wave of list.waves) {
    const place = placeOf(wave.value);
    const found = wave.members.map(({ word }) => ({
      phase: ids.phases.find(word),
      task: ids.tasks.find(word),
    }));
    const members = [...new Set(found.flatMap(({ phase }) => phase ?? []))];
    const tasks = [
      ...new Set(found.flatMap(({ phase, task }) => (phase === undefined ? (task ?? []) : []))),
    ];
    for (const phase of members)
      if (!after.has(phase))
        after.set(
          phase,
          before
            .filter((other) => other !== phase)
            .map((other) => ({ phase: other, place, ...barrier })),
        );
    const sources =
      tasksBefore.length * tasks.length > MAX_PAIRS ? tasksBefore.slice(-1) : tasksBefore;
    for (const dependent of tasks)
      for (const dependency of sources)
        if (dependency !== dependent)
          dependencies.push({ dependency, dependent, place, ...barrier });
    if (members.length > 0) before = members;
    if (tasks.length > 0) tasksBefore = tasks;
  }
  return { after, dependencies };
}
