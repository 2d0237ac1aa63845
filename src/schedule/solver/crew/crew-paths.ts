import { inOrder } from "../in-order.ts";
import { int } from "../problem.ts";
import { endOfWork } from "./calendar.ts";
import { NEVER, ticksOf, type CrewProblem } from "./crew-problem.ts";
import { FROM_START, TO_END } from "./link-arcs.ts";

/** Longest paths through a problem with the quickest option and people for each activity, and everybody free. */
export interface CrewPaths {
  /** Earliest start of each. */
  readonly heads: Int32Array;
  /** Earliest end of each. */
  readonly ends: Int32Array;
  /** From the start of each to the end of the last that must come after it, at least its own ticks. */
  readonly tails: Int32Array;
  /** The same from its end, at least 0. */
  readonly rests: Int32Array;
  /** No schedule is shorter. */
  readonly length: number;
}

/** Activities up to which absences are looked at for earliest ends. */
const EXACT = 5_000;

/** @throws Error if the arcs have a cycle */
export function crewPaths(problem: CrewProblem): CrewPaths {
  const { size } = problem;
  const order = inOrder(problem);
  const { heads, ends } = forwards(problem, order);
  const { tails, rests } = backwards(problem, order);
  let length = 0;
  for (let node = 0; node < size; node++)
    length = Math.max(
      length,
      int(heads, node) + int(tails, node),
      int(ends, node) + int(rests, node),
    );
  return { heads, ends, tails, rests, length };
}

function forwards(problem: CrewProblem, order: Int32Array): Pick<CrewPaths, "heads" | "ends"> {
  const { size, before, releases, fixed } = problem;
  const [heads, ends] = [new Int32Array(size), new Int32Array(size)];
  for (const node of order) {
    let [head, end] = [Math.max(0, int(releases, node)), 0];
    for (let arc = int(before.starts, node); arc < int(before.starts, node + 1); arc++) {
      const kind = int(before.kinds, arc);
      const from = (kind & FROM_START) === 0 ? ends : heads;
      const earliest = int(from, int(before.others, arc)) + int(before.lags, arc);
      if ((kind & TO_END) === 0) head = Math.max(head, earliest);
      else end = Math.max(end, earliest);
    }
    const place = fixed.get(node);
    heads[node] = place?.start ?? head;
    ends[node] = place?.end ?? Math.max(end, earliestEnd(problem, node, head));
  }
  return { heads, ends };
}

function backwards(
  { size, after, least }: CrewProblem,
  order: Int32Array,
): Pick<CrewPaths, "tails" | "rests"> {
  const [tails, rests] = [new Int32Array(size), new Int32Array(size)];
  for (const node of order.toReversed()) {
    let [tail, rest] = [0, 0];
    for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++) {
      const kind = int(after.kinds, arc);
      const to = (kind & TO_END) === 0 ? tails : rests;
      const length = int(after.lags, arc) + int(to, int(after.others, arc));
      if ((kind & FROM_START) === 0) rest = Math.max(rest, length);
      else tail = Math.max(tail, length);
    }
    rests[node] = rest;
    tails[node] = Math.max(tail, int(least, node) + rest);
  }
  return { tails, rests };
}

/** When the quickest people of the quickest option are done who begin at a tick, each need for itself. */
function earliestEnd(
  { size, options, pools, calendars }: CrewProblem,
  node: number,
  start: number,
): number {
  const { needs } = options;
  let earliest = NEVER;
  for (let option = int(options.starts, node); option < int(options.starts, node + 1); option++) {
    let end = start + int(options.least, option);
    const [first, last] = [int(needs.starts, option), int(needs.starts, option + 1)];
    const isUneven =
      size <= EXACT && int(options.uniform, option) === 0 && int(options.work, option) > 0;
    for (let need = isUneven ? first : last; need < last; need++) {
      const pool = pools[int(needs.pools, need)];
      if (!pool) continue;
      const dones = pool.members.map((person, place) =>
        endOfWork(
          calendars[person],
          start,
          ticksOf(int(options.work, option), pool.factors[place] ?? 1),
        ),
      );
      end = Math.max(end, int(dones.toSorted(), int(needs.counts, need) - 1));
    }
    earliest = Math.min(earliest, end);
  }
  return earliest;
}
