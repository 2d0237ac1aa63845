import type { Project } from "../project/project.ts";
import type { Basis } from "./basis.ts";
import type { Wave, Price } from "./waves.ts";
import type { Scheduler } from "./what-if.ts";

/** How often a project is scheduled anew for prices; what comes after stays without one. */
const TRIED = 40;

/** The waves with what it would cost to make a barrier of each, as far as `TRIED` goes, the first ones first. */
export function withPrices(
  waves: readonly Wave[],
  basis: Basis,
  scheduler: Scheduler,
): readonly Wave[] {
  return waves.map((wave, index) => {
    if (index === waves.length - 1 || index >= TRIED) return wave;
    const later = waves
      .slice(index + 1)
      .flatMap(({ units }) => units.flatMap(({ activities }) => activities));
    const barrier = withBarrier(basis.project, wave, later);
    return {
      ...wave,
      barrier: priceOf(basis, scheduler(barrier).makespan, basis.schedule.makespan),
    };
  });
}

/** What it costs that all waves are barriers at once: waves as they are often run. */
export function priceOfAllBarriers(
  waves: readonly Wave[],
  basis: Basis,
  scheduler: Scheduler,
): Price {
  const all = waves.slice(0, -1).reduce((project, wave, index) => {
    const next = waves[index + 1]?.units.flatMap(({ activities }) => activities) ?? [];
    return withBarrier(project, wave, next);
  }, basis.project);
  return priceOf(basis, scheduler(all).makespan, basis.schedule.makespan);
}

/** What each declared sync point costs, by scheduling without it; by id. */
export function syncPrices(basis: Basis, scheduler: Scheduler): ReadonlyMap<string, Price> {
  const { project, schedule } = basis;
  return new Map(
    project.syncPoints.slice(0, TRIED).map(({ id }) => {
      const without = {
        ...project,
        syncPoints: project.syncPoints.filter((each) => each.id !== id),
      };
      return [id, priceOf(basis, schedule.makespan, scheduler(without).makespan)] as const;
    }),
  );
}

/** What the reserve of everybody's time makes the whole longer by. */
export const bufferPrice = (basis: Basis, scheduler: Scheduler): Price =>
  basis.project.buffer === 0
    ? priceOf(basis, 0, 0)
    : priceOf(basis, basis.schedule.makespan, scheduler({ ...basis.project, buffer: 0 }).makespan);

/** `tight`: the makespan with the constraint, `loose` without it. */
function priceOf({ timeline }: Basis, tight: number, loose: number): Price {
  const minutes = Math.max(0, tight - loose);
  return { minutes, days: minutes / timeline.dayMinutes, noise: Math.max(0, loose - tight) };
}

/** A sync point of no time between a wave and what comes later. */
function withBarrier(project: Project, wave: Wave, later: readonly string[]): Project {
  const taken = new Set(project.syncPoints.map(({ id }) => id));
  let id = `wave-${wave.number}`;
  while (taken.has(id)) id += "'";
  return {
    ...project,
    syncPoints: [
      ...project.syncPoints,
      {
        id,
        title: wave.name,
        after: wave.units.flatMap(({ activities }) => activities),
        before: later,
        minutes: 0,
        participants: [],
        triggers: [],
        preparation: [],
        criteria: [],
        onFailure: [],
        deliverables: [],
      },
    ],
  };
}
