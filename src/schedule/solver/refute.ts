import { narrowByEnergy, type Shared } from "./energetic.ts";
import { freeAt } from "./free-at.ts";
import { cliques, incompatiblePairs, narrowByPairs } from "./incompatible.ts";
import { narrowByLosses } from "./losses.ts";
import { longestPaths } from "./paths.ts";
import { int, type Problem } from "./problem.ts";
import { narrowByArcs, windowsOf, type Windows } from "./windows.ts";

/** Sets of pairwise incompatible activities that are looked at as a resource of one unit. */
const CLIQUES = 6;

/** Says of makespans that no schedule is so short. What it does not refute may still be impossible. */
export interface Refuter {
  /** By arcs, pairs that cannot run at once, drops, and the energy of resources and of sets of such pairs. */
  readonly refutes: (makespan: number) => boolean;
  /**
   * The same, and by trying out for each activity that it starts in a part of its window (Martin and Shmoys 1996: shaving). Takes some hundred
   * times as long.
   *
   * @param isOver asked between tries; when it is, what is not refuted by then stays so
   */
  readonly refutesByTrying: (makespan: number, isOver: () => boolean) => boolean;
}

export function refuter(problem: Problem): Refuter {
  const isImpossible = narrowing(problem);
  const begin = (makespan: number): Windows | undefined => {
    const windows = windowsOf(problem, makespan);
    const isEmpty = windows.earliest.some((tick, node) => tick > int(windows.latest, node));
    return isEmpty || isImpossible(windows) ? undefined : windows;
  };
  return {
    refutes: (makespan) => begin(makespan) === undefined,
    refutesByTrying(makespan, isOver) {
      const windows = begin(makespan);
      if (!windows) return true;
      const shave = shaver(windows, isImpossible);
      for (let isNarrower = true; isNarrower;) {
        isNarrower = false;
        for (let node = 0; node < problem.size; node++) {
          if (isOver()) return false;
          const result = shave(node);
          if (result === "impossible") return true;
          isNarrower ||= result === "narrower";
        }
      }
      return false;
    },
  };
}

/** Tries out that an activity starts in the first or last part of its window: the half, then less and less; what is impossible is cut off. */
function shaver(windows: Windows, isImpossible: (windows: Windows) => boolean) {
  const { earliest, latest } = windows;
  const attempt: Windows = { earliest: earliest.slice(), latest: latest.slice() };
  const fails = (node: number, first: number, last: number): boolean => {
    attempt.earliest.set(earliest);
    attempt.latest.set(latest);
    attempt.earliest[node] = first;
    attempt.latest[node] = last;
    return isImpossible(attempt);
  };
  return (node: number): "same" | "narrower" | "impossible" => {
    let result: "same" | "narrower" = "same";
    for (let part = (int(latest, node) - int(earliest, node) + 1) >> 1; part > 0; part >>= 1) {
      const [first, last] = [int(earliest, node), int(latest, node)];
      if (last - first < part) continue;
      if (fails(node, first, first + part - 1)) earliest[node] = first + part;
      else if (fails(node, last - part + 1, last)) latest[node] = last - part;
      else continue;
      result = "narrower";
      if (isImpossible(windows)) return "impossible";
    }
    return result;
  };
}

/** Narrows windows by all rules until none has more to say. True when a window is empty. */
function narrowing(problem: Problem): (windows: Windows) => boolean {
  const { order } = longestPaths(problem);
  const pairs = incompatiblePairs(problem);
  const shared = [...resources(problem), ...madeUp(problem, pairs)];
  const rules = [
    (windows: Windows) => narrowByArcs(problem, order, windows),
    (windows: Windows) => narrowByPairs(problem, pairs, windows),
    ...shared.flatMap((one) => [
      (windows: Windows) => narrowByLosses(one, windows),
      (windows: Windows) => narrowByEnergy(one, windows),
    ]),
  ];
  return (windows) => {
    for (let isNarrower = true; isNarrower;) {
      isNarrower = false;
      for (const rule of rules) {
        const result = rule(windows);
        if (result === "impossible") return true;
        isNarrower ||= result === "narrower";
      }
    }
    return false;
  };
}

function resources(problem: Problem): readonly Shared[] {
  const { size, durations, demands, capacities } = problem;
  const { ticks, units } = freeAt(problem)(undefined);
  return Array.from(capacities, (capacity, resource) => {
    const users = [];
    for (let node = 0; node < size; node++)
      for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++)
        if (int(demands.resources, slot) === resource && int(durations, node) > 0)
          users.push({ node, duration: int(durations, node), units: int(demands.amounts, slot) });
    const lost = Array.from(ticks, (from, at) => ({
      from,
      to: ticks[at + 1] ?? from,
      units: capacity - int(units, at * capacities.length + resource),
    }));
    return { users, capacity, lost };
  });
}

const madeUp = (problem: Problem, pairs: Int32Array): readonly Shared[] =>
  cliques(problem, pairs)
    .slice(0, CLIQUES)
    .map((members) => ({
      users: members.map((node) => ({ node, duration: int(problem.durations, node), units: 1 })),
      capacity: 1,
      lost: [],
    }));
