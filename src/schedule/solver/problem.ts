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
  /** Units of each resource, the same at all times. */
  readonly capacities: Int32Array;
  readonly demands: Demands;
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
}

/** An element that is there: indices here are in range by construction. */
export const int = (values: Int32Array, index: number): number => values[index] ?? 0;

/** The problem of these parts. The arcs must have no cycle, and no demand may exceed its capacity. */
export function makeProblem(parts: ProblemParts): Problem {
  const size = parts.durations.length;
  const durations = Int32Array.from(parts.durations);
  const arcs = parts.arcs.map(({ from, to, lag = int(durations, from) }) => ({ from, to, lag }));
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
    capacities: Int32Array.from(parts.capacities),
    demands: demandRows(parts.demands),
  };
}

/**
 * The problem run backwards in time: activities in the mirrored schedule start where they end in this one, counted from its end. An arc
 * s(j) ≥ s(i) + lag becomes s'(i) ≥ s'(j) + lag + d(j) - d(i).
 */
export function mirrored({ before, after, durations, ...rest }: Problem): Problem {
  const turn = ({ starts, others, lags }: Arcs, sign: 1 | -1): Arcs => {
    const turned = new Int32Array(lags.length);
    for (let node = 0; node < rest.size; node++)
      for (let arc = int(starts, node); arc < int(starts, node + 1); arc++)
        turned[arc] =
          int(lags, arc) + sign * (int(durations, node) - int(durations, int(others, arc)));
    return { starts, others, lags: turned };
  };
  return { ...rest, durations, before: turn(after, -1), after: turn(before, 1) };
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

function demandRows(demands: readonly (readonly number[])[]): Demands {
  const starts = new Int32Array(demands.length + 1);
  const [resources, amounts]: [number[], number[]] = [[], []];
  for (const [activity, row] of demands.entries()) {
    for (const [resource, amount] of row.entries()) {
      if (amount <= 0) continue;
      resources.push(resource);
      amounts.push(amount);
    }
    starts[activity + 1] = resources.length;
  }
  return { starts, resources: Int32Array.from(resources), amounts: Int32Array.from(amounts) };
}
