import { Heap } from "../../core/heap.ts";
import type { FreeAt } from "./free-at.ts";
import { isBefore } from "./key-heap.ts";
import { int, type Problem } from "./problem.ts";

/** Activities that are ready and wait for resources, each with the one that it lacks. */
export interface WaitingRoom {
  /** One that may have room now. */
  offer(node: number): void;
  /** Take out the first that fits, by key; undefined if none does. */
  next(now: number): number | undefined;
  isEmpty(): boolean;
  /** A drop began or ended. */
  changed(): void;
  /** Has given back what it took. */
  freed(node: number): void;
}

/** So many that wait for a resource are looked at and do not fit, then the others behind them are left to wait. */
const PATIENCE = 100;

/**
 * @param free units of each resource that nobody has: the caller's, read each time
 * @param levels what drops leave
 */
export function waitingRoom(
  problem: Problem,
  keys: Float64Array,
  free: Int32Array,
  levels: FreeAt,
): WaitingRoom {
  const { demands } = problem;
  const lacks = lacking(problem, free, levels);
  const line = waitingLine(problem, keys, free);
  return {
    offer: (node) => line.offered.push(node),
    next(now) {
      const aside: [number, number][] = [];
      let found: number | undefined;
      while (found === undefined && aside.length < PATIENCE) {
        const { heap, resource } = line.foremost();
        const node = heap.pop();
        if (node === undefined) break;
        const missing = lacks(node, now);
        if (missing === undefined) found = node;
        else if (missing === resource) aside.push([missing, node]);
        else line.wait(missing, node);
      }
      for (const [resource, node] of aside) line.wait(resource, node);
      return found;
    },
    isEmpty: () => [...line.waiting.values()].every(({ size }) => size === 0),
    changed() {
      for (const resource of line.waiting.keys()) line.stirred.add(resource);
    },
    freed(node) {
      for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++)
        line.stirred.add(int(demands.resources, slot));
    },
  };
}

function waitingLine(problem: Problem, keys: Float64Array, free: Int32Array) {
  const byKey = (): Heap<number> => new Heap((one, other) => isBefore(keys, one, other));
  const offered = byKey();
  /** By the resource that they lack. */
  const waiting = new Map<number, Heap<number>>();
  /** Resources that something was given back of, and that somebody may have room with. */
  const stirred = new Set<number>();
  const least = leastDemands(problem);
  const wait = (resource: number, node: number): void => {
    const heap = waiting.get(resource) ?? byKey();
    waiting.set(resource, heap);
    heap.push(node);
  };
  /** The heap with the smallest key at its top, of those that may have room, and the resource it waits for. */
  const foremost = (): { heap: Heap<number>; resource: number | undefined } => {
    let [heap, resource]: [Heap<number>, number | undefined] = [offered, undefined];
    for (const kind of stirred) {
      const other = waiting.get(kind);
      const first = other?.peek();
      if (!other || first === undefined || int(free, kind) < int(least, kind)) {
        stirred.delete(kind);
        continue;
      }
      const top = heap.peek();
      if (top === undefined || isBefore(keys, first, top)) [heap, resource] = [other, kind];
    }
    return { heap, resource };
  };
  return { offered, waiting, stirred, wait, foremost };
}

/** The first resource of which an activity that starts now has too little until it ends. */
function lacking(problem: Problem, free: Int32Array, levels: FreeAt) {
  const { demands, durations } = problem;
  const lostIn = lossesOf(problem, levels);
  return (node: number, now: number): number | undefined => {
    const end = now + int(durations, node);
    if (end === now) return undefined;
    for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++) {
      const resource = int(demands.resources, slot);
      const left = int(free, resource) - lostIn(resource, now, end);
      if (left < int(demands.amounts, slot)) return resource;
    }
    return undefined;
  };
}

/** The least that any activity takes of each resource. */
function leastDemands({ capacities, demands }: Problem): Int32Array {
  const least = new Int32Array(capacities.length).fill(2 ** 30);
  for (const [slot, resource] of demands.resources.entries())
    least[resource] = Math.min(int(least, resource), int(demands.amounts, slot));
  return least;
}

/** How many units of a resource the drops between two ticks take away at most. */
function lossesOf({ capacities }: Problem, { ticks, units }: FreeAt) {
  const kinds = capacities.length;
  return (resource: number, from: number, to: number): number => {
    let least = int(capacities, resource);
    for (let at = 0; at < ticks.length && int(ticks, at) < to; at++)
      if ((ticks[at + 1] ?? Infinity) > from)
        least = Math.min(least, int(units, at * kinds + resource));
    return int(capacities, resource) - least;
  };
}
