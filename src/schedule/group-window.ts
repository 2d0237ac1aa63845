import { at, type Numbers } from "../core/graph/digraph.ts";

/** Which groups may have work in progress: those up to `window` from the first that is not finished. */
export interface GroupWindow {
  readonly isOpen: (node: number) => boolean;
  /** A ready node of a group that is not open waits here. */
  readonly keep: (node: number) => void;
  /** A node is done: the ready nodes that this lets begin. */
  readonly finish: (node: number) => readonly number[];
  /** The kept nodes of the first group that has any. */
  readonly release: () => readonly number[];
}

const NONE: readonly number[] = [];

/** Groups are numbers in order; nodes of a group below 0, and all without groups, are always open. */
export function groupWindow(
  groupOf: Numbers | undefined,
  window: number,
  size: number,
): GroupWindow {
  const left: number[] = [];
  const kept = new Map<number, number[]>();
  const group = (node: number) => (groupOf ? at(groupOf, node) : -1);
  for (let node = 0; node < size; node++)
    if (group(node) >= 0) {
      while (left.length <= group(node)) left.push(0);
      left[group(node)] = at(left, group(node)) + 1;
    }
  let first = 0;
  const skipFinished = () => {
    while (first < left.length && at(left, first) === 0) first++;
  };
  const take = (key: number): readonly number[] => {
    const nodes = kept.get(key) ?? NONE;
    kept.delete(key);
    return nodes;
  };
  skipFinished();
  return {
    isOpen: (node) => group(node) < first + window,
    keep: (node) => {
      const nodes = kept.get(group(node));
      if (nodes) nodes.push(node);
      else kept.set(group(node), [node]);
    },
    finish: (node) => {
      if (group(node) < 0) return NONE;
      left[group(node)] = at(left, group(node)) - 1;
      const before = first;
      skipFinished();
      if (first === before || kept.size === 0) return NONE;
      const opened = Array.from({ length: first - before }, (_, step) => before + window + step);
      return opened.flatMap(take);
    },
    release: () => (kept.size === 0 ? NONE : take(Math.min(...kept.keys()))),
  };
}
