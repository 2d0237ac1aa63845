/**
 * A resource-constrained project scheduling problem (RCPSP; Pritsker, Watters and Wolfe 1969) in the form solvers work on: integer ticks,
 * activities 0 … size-1, arrays only. What an activity, a resource or a tick is, the caller knows.
 */
export interface Problem {
  readonly size: number;
  /** Ticks, ≥ 0. */
  readonly durations: Int32Array;
  /** Into each activity: an activity starts no earlier than each of `others` starts plus its lag (which may be negative). */
  readonly before: Arcs;
  /** The same out of each activity. */
  readonly after: Arcs;
  /** No activity starts earlier: ticks from the beginning. */
  readonly releases: Int32Array;
  /** Ticks that the whole still lasts after an activity has ended: 0, but mirrored it is the release. */
  readonly deliveries: Int32Array;
  /** Tick by which each is to have ended, NEVER where it does not matter; a schedule may miss it, and says by how much. */
  readonly deadlines: Int32Array;
  /** Units of each resource, the same at all times but for the drops. */
  readonly capacities: Int32Array;
  readonly drops: readonly Drop[];
  readonly demands: Demands;
}

/** A deadline that is none. */
export const NEVER = 2 ** 30;

/** From tick `from` to tick `to` a resource has `units` less than its capacity; drops of one time add up. */
export interface Drop {
  readonly resource: number;
  readonly from: number;
  readonly to: number;
  readonly units: number;
}

/** Those of activity a at `starts[a]` … `starts[a + 1] - 1`. */
export interface Arcs {
  readonly starts: Int32Array;
  readonly others: Int32Array;
  /** From start to start, in ticks: "after it has ended" is its duration. */
  readonly lags: Int32Array;
}

/** Those of activity a at `starts[a]` … `starts[a + 1] - 1`; amounts are at least 1. */
export interface Demands {
  readonly starts: Int32Array;
  readonly resources: Int32Array;
  readonly amounts: Int32Array;
}

/** `to` starts at least `lag` ticks after `from` starts; without a lag, when `from` has ended. */
export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly lag?: number;
}

export interface ProblemParts {
  readonly durations: readonly number[];
  readonly arcs: readonly Arc[];
  readonly capacities: readonly number[];
  /** For each activity, how much it takes of each resource; missing ones are 0. */
  readonly demands: readonly (readonly number[])[];
  /** For each activity; missing ones are 0. */
  readonly releases?: readonly number[];
  /** For each activity; missing ones are NEVER. */
  readonly deadlines?: readonly number[];
  readonly drops?: readonly Drop[];
}

/** An element that is there: indices here are in range by construction. */
export const int = (values: Int32Array, index: number): number => values[index] ?? 0;

/**
 * The problem of these parts. The caller sees to it that the arcs have no cycle.
 *
 * @throws Error where an activity needs more than there is, so that no schedule exists
 */
export function makeProblem(parts: ProblemParts): Problem {
  const size = parts.durations.length;
  const durations = Int32Array.from(parts.durations);
  const perNode = (values: readonly number[] | undefined, missing: number): Int32Array =>
    Int32Array.from({ length: size }, (_, node) => values?.[node] ?? missing);
  const arcs = parts.arcs.map(({ from, to, lag = int(durations, from) }) => ({ from, to, lag }));
  const demands = demandRows(parts.demands, size);
  for (let node = 0; node < size; node++)
    for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++) {
      const resource = int(demands.resources, slot);
      const needed = int(durations, node) > 0 ? int(demands.amounts, slot) : 0;
      if (needed > (parts.capacities[resource] ?? 0))
        throw new Error(`Activity ${node} takes ${needed} of resource ${resource}: too much.`);
    }
  return {
    size,
    durations,
    before: rows(
      size,
      arcs.map(({ from, to, lag }) => [to, from, lag]),
    ),
    after: rows(
      size,
      arcs.map(({ from, to, lag }) => [from, to, lag]),
    ),
    releases: perNode(parts.releases, 0),
    deliveries: new Int32Array(size),
    deadlines: perNode(parts.deadlines, NEVER),
    capacities: Int32Array.from(parts.capacities),
    drops: parts.drops ?? [],
    demands,
  };
}

/**
 * The problem run backwards in time: activities in the mirrored schedule start where they end in this one, counted from its end. An arc
 * s(j) ≥ s(i) + lag becomes s'(i) ≥ s'(j) + lag + d(j) - d(i); releases and deliveries change places. Where deadlines and drops are, only
 * who knows the end can say: here they are as in the problem (`two-sides.ts`, `resource-usage.ts`).
 */
export function mirrored(problem: Problem): Problem {
  const { size, before, after, durations, releases, deliveries } = problem;
  const turn = ({ starts, others, lags }: Arcs, sign: 1 | -1): Arcs => {
    const turned = new Int32Array(lags.length);
    for (let node = 0; node < size; node++)
      for (let arc = int(starts, node); arc < int(starts, node + 1); arc++)
        turned[arc] =
          int(lags, arc) + sign * (int(durations, node) - int(durations, int(others, arc)));
    return { starts, others, lags: turned };
  };
  return {
    ...problem,
    before: turn(after, -1),
    after: turn(before, 1),
    releases: deliveries,
    deliveries: releases,
  };
}

function rows(size: number, entries: readonly (readonly [number, number, number])[]): Arcs {
  const starts = new Int32Array(size + 1);
  for (const [node] of entries) starts[node + 1] = int(starts, node + 1) + 1;
  for (let node = 1; node <= size; node++) starts[node] = int(starts, node) + int(starts, node - 1);
  const next = starts.slice();
  const others = new Int32Array(entries.length);
  const lags = new Int32Array(entries.length);
  for (const [node, other, lag] of entries) {
    const slot = int(next, node);
    others[slot] = other;
    lags[slot] = lag;
    next[node] = slot + 1;
  }
  return { starts, others, lags };
}

function demandRows(demands: readonly (readonly number[])[], size: number): Demands {
  const starts = new Int32Array(size + 1);
  const [resources, amounts]: [number[], number[]] = [[], []];
  for (let activity = 0; activity < size; activity++) {
    for (const [resource, amount] of (demands[activity] ?? []).entries()) {
      if (amount <= 0) continue;
      resources.push(resource);
      amounts.push(amount);
    }
    starts[activity + 1] = resources.length;
  }
  return { starts, resources: Int32Array.from(resources), amounts: Int32Array.from(amounts) };
}
