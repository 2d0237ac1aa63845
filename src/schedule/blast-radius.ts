import { at, targetsOf } from "../core/graph/digraph.ts";
import { PATTERNS, type Pattern } from "./patterns.ts";
import type { PreparedWork } from "./work.ts";

/** How many tasks cannot run when one fails for good. */
export interface BlastRadius {
  /** Expected, when each task fails as likely as any other. */
  readonly mean: number;
  readonly most: number;
  /** Tasks that were tried: all of them up to a size, evenly spread ones of larger plans. */
  readonly tried: number;
}

const TRIED_ALL = 2000;
const TRIED_OF_MORE = 200;

/**
 * By dependencies, and by barriers where the pattern has them: the group of a failed task never ends, so nothing opens that waits
 * for its end. Running everything at once holds up nothing, and builds on what failed.
 */
export function blastRadius(work: PreparedWork, pattern: Pattern): BlastRadius {
  const { groups, window, safe } = PATTERNS[pattern];
  const tasks = work.minutes.flatMap((minutes, node) => (minutes > 0 ? [node] : []));
  if (!safe || tasks.length === 0) return { mean: 0, most: 0, tried: tasks.length };
  const groupOf = { none: undefined, phases: work.phaseOf, levels: work.levelOf }[groups];
  const step = tasks.length <= TRIED_ALL ? 1 : tasks.length / TRIED_OF_MORE;
  const tried = Math.ceil(tasks.length / step);
  let [sum, most] = [0, 0];
  for (let index = 0; index < tried; index++) {
    const failed = at(tasks, Math.floor(index * step));
    const group = groupOf ? at(groupOf, failed) : -1;
    const closed = group < 0 ? Infinity : group + window;
    const behind = reached(work, failed);
    const held = (node: number) =>
      behind.has(node) || (groupOf ? at(groupOf, node) >= closed : false);
    const count = tasks.filter((node) => node !== failed && held(node)).length;
    sum += count;
    most = Math.max(most, count);
  }
  return { mean: sum / tried, most, tried };
}

function reached({ forward }: PreparedWork, from: number): ReadonlySet<number> {
  const seen = new Set<number>([from]);
  for (const node of seen) for (const next of targetsOf(forward, node)) seen.add(next);
  return seen;
}
