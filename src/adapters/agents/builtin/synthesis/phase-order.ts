import type { PlannedPhase } from "./plan-model.ts";

/** Numbers of the phases that tasks of this one wait for, directly. */
export const phasesBefore = (phase: PlannedPhase): readonly number[] =>
  [
    ...new Set(
      phase.tasks.flatMap(({ dependsOn }) => dependsOn.map((id) => Number.parseInt(id, 10))),
    ),
  ]
    .filter((number) => number !== phase.number)
    .toSorted((a, b) => a - b);

/** Phases by the round in which they can be worked on: those of one round need nothing of each other. */
export function rounds(phases: readonly PlannedPhase[]): readonly (readonly PlannedPhase[])[] {
  const roundOf = new Map<number, number>();
  for (const phase of phases)
    roundOf.set(
      phase.number,
      1 + Math.max(-1, ...phasesBefore(phase).map((number) => roundOf.get(number) ?? -1)),
    );
  const last = Math.max(-1, ...roundOf.values());
  return Array.from({ length: last + 1 }, (_, round) =>
    phases.filter(({ number }) => roundOf.get(number) === round),
  );
}

/** The chain of phases that wait for each other with most likely effort, or where nobody estimated, with most tasks. */
export function longestChain(phases: readonly PlannedPhase[]): readonly PlannedPhase[] {
  const estimated = phases.some(({ effort }) => effort !== undefined);
  const best = new Map<number, { readonly chain: readonly PlannedPhase[]; length: number }>();
  for (const phase of phases) {
    const own = estimated ? (phase.effort?.[1] ?? 0) : phase.tasks.length;
    const before = phasesBefore(phase)
      .flatMap((number) => best.get(number) ?? [])
      .toSorted((a, b) => b.length - a.length)[0];
    best.set(phase.number, {
      chain: [...(before?.chain ?? []), phase],
      length: (before?.length ?? 0) + own,
    });
  }
  return [...best.values()].toSorted((a, b) => b.length - a.length)[0]?.chain ?? [];
}
