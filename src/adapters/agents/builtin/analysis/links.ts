/** `from` needs `to` first. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** Whether `goal` is reached from `start` along the links. */
function reaches(
  needs: ReadonlyMap<string, ReadonlySet<string>>,
  start: string,
  goal: string,
): boolean {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === goal) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(needs.get(at) ?? []));
  }
  return false;
}

/**
 * The links that fit together without a cycle, in the order given: of links that contradict each other the earlier
 * (better evidenced) one stays. A link from a thing to itself, or said before, is dropped.
 */
export function acyclic<T extends Link>(links: readonly T[]): readonly T[] {
  const needs = new Map<string, Set<string>>();
  const kept: T[] = [];
  for (const link of links) {
    if (needs.get(link.from)?.has(link.to) || reaches(needs, link.to, link.from)) continue;
    const targets = needs.get(link.from) ?? new Set<string>();
    needs.set(link.from, targets.add(link.to));
    kept.push(link);
  }
  return kept;
}
