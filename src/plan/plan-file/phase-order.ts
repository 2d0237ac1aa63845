import type { FilePlace } from "../../core/place.ts";
import type { Origin, PhaseDependency } from "../model.ts";

/** Phases that a note calls parallel. */
export type ParallelGroup = ReadonlySet<string>;

export interface OrderRequest {
  /** Keys in the order of the document. */
  readonly phases: readonly string[];
  readonly groups: readonly ParallelGroup[];
  /** Phases to be done before all others, with the words that say so. */
  readonly first: ReadonlyMap<string, FilePlace>;
  /** What the text says that a phase waits for. */
  readonly stated: ReadonlyMap<string, readonly PhaseDependency[]>;
  /** Where a phase's heading stands. */
  readonly placeOf: (phase: string) => FilePlace;
}

/** Most dependencies between phases that are made; wide parallel groups one after the other have the product of their widths. */
const MOST = 200_000;

interface Front {
  readonly base: readonly string[];
}

/**
 * What each phase waits for: the one before it in the document, as S4's standard says ("phases run in order"). Phases of a
 * parallel group wait for what was before the first of them, not for each other, and what follows waits for all. Phases that
 * are to be done first come before the rest. What is stated comes on top, in place of a barrier to the same phase.
 */
export function orderPhases(
  request: OrderRequest,
): ReadonlyMap<string, readonly PhaseDependency[]> {
  const { phases, first, stated, placeOf } = request;
  const groupOf = groupsOf(request.groups);
  const fronts = new Map<number, Front>();
  const after = new Map<string, readonly PhaseDependency[]>();
  let front = new Set<string>();
  let made = 0;
  for (const phase of [
    ...phases.filter((key) => first.has(key)),
    ...phases.filter((key) => !first.has(key)),
  ]) {
    const group = groupOf.get(phase);
    const known = group === undefined ? undefined : fronts.get(group);
    const base = known?.base ?? [...front];
    if (group !== undefined && !known) fronts.set(group, { base });
    if (!known) front = new Set();
    front.add(phase);
    made += base.length;
    const said = stated.get(phase) ?? [];
    const barriers = made > MOST ? base.slice(-1) : base;
    const named = new Set(said.map((dependency) => dependency.phase));
    after.set(phase, [
      ...barriers
        .filter((key) => !named.has(key) && key !== phase)
        .map((key) => waitFor(key, phase, first, placeOf)),
      ...said,
    ]);
  }
  return after;
}

function waitFor(
  key: string,
  phase: string,
  first: ReadonlyMap<string, FilePlace>,
  placeOf: (phase: string) => FilePlace,
): PhaseDependency {
  const said = first.has(phase) ? undefined : first.get(key);
  const origin: Origin = said ? "explicit" : "barrier";
  return { phase: key, origin, strength: "hard", place: said ?? placeOf(phase) };
}

/** One number for all groups that share a phase. */
function groupsOf(groups: readonly ParallelGroup[]): ReadonlyMap<string, number> {
  const parents = groups.map((_, index) => index);
  const rootOf = (index: number): number => {
    let at = index;
    for (let up = parents[at]; up !== undefined && up !== at; up = parents[at]) {
      parents[at] = parents[up] ?? up;
      at = up;
    }
    return at;
  };
  const seen = new Map<string, number>();
  groups.forEach((group, index) => {
    for (const phase of group) {
      const before = seen.get(phase);
      if (before === undefined) seen.set(phase, index);
      else parents[rootOf(index)] = rootOf(before);
    }
  });
  return new Map(Array.from(seen, ([phase, index]) => [phase, rootOf(index)]));
}
