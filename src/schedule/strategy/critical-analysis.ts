import { bareNetworkOf, earliest, latest, networkOf, timesFor } from "./order/network.ts";
import type { PartialOrder } from "./order/model.ts";
import { startReasons, type StartReason } from "./order/start-reasons.ts";
import type { Reason } from "./reason.ts";

/** What decides when the whole ends, and what has room (MISSION WV-04). All minutes are of the axis of working time. */
export interface CriticalAnalysis {
  /** By precedence alone, as if people and resources were without limit: the longest path with the durations of the schedule. */
  readonly path: { readonly activities: readonly string[]; readonly minutes: number };
  /** By precedence and by who and what was waited for: from the start of the schedule to its end. */
  readonly chain: CriticalChain;
  /** In the order of the project's activities. */
  readonly activities: readonly ActivityRoom[];
}

export interface CriticalChain {
  /** In the order of time. Sync points are among them. */
  readonly steps: readonly ChainStep[];
  /** From the first step's start to the last one's end: the makespan where the chain begins with the project. */
  readonly minutes: number;
}

export interface ChainStep {
  /** Id of an activity or of a sync point. */
  readonly id: string;
  readonly kind: "activity" | "sync";
  readonly from: number;
  readonly to: number;
  /** What ties it to the step before, or what the chain begins with. */
  readonly why: Reason;
}

export interface ActivityRoom {
  readonly activity: string;
  readonly from: number;
  readonly to: number;
  /** How much later it can start (has it started: end) with the same end of the whole, people and resources in the same order. None for what is done. */
  readonly totalSlack: number;
  /** The same without moving anything else. */
  readonly freeSlack: number;
  readonly onPath: boolean;
  /** `totalSlack` is 0, and it is not done. */
  readonly critical: boolean;
  /** What it waited for. */
  readonly why: Reason;
}

/** Half a minute: less is rounding. */
const EXACT = 0.5;

export function criticalAnalysis(order: PartialOrder): CriticalAnalysis {
  const reasons = startReasons(order);
  const path = criticalPath(order);
  const room = slacks(order);
  const onPath = new Set(path.activities);
  return {
    path,
    chain: criticalChain(order, reasons),
    activities: order.nodes.slice(0, order.activities).map((node, index): ActivityRoom => {
      const done = node.fixed && node.open === 0;
      const totalSlack = done ? 0 : (room.total[index] ?? 0);
      return {
        activity: node.id,
        from: node.from,
        to: node.to,
        totalSlack,
        freeSlack: done ? 0 : Math.min(totalSlack, room.free[index] ?? 0),
        onPath: onPath.has(node.id),
        critical: totalSlack < EXACT && !done,
        why: reasons[index]?.why ?? { kind: "start" },
      };
    }),
  };
}

/** Along arcs of links and sync points alone, as if nothing were shared, nobody away and no date set. */
function criticalPath(order: PartialOrder): CriticalAnalysis["path"] {
  const network = bareNetworkOf(order, ({ why }) => why.kind === "link" || why.kind === "sync");
  const spans = order.nodes.map(({ from, to }) => to - from);
  const early = timesFor(network);
  const minutes = earliest(network, spans, early);
  const late = latest(network, spans, minutes);
  const activities = [...network.order].flatMap((node) => {
    const tight = (late.from[node] ?? 0) - (early.from[node] ?? 0) < EXACT;
    return tight && node < order.activities ? [order.nodes[node]?.id ?? ""] : [];
  });
  return { activities, minutes };
}

interface Slacks {
  readonly total: readonly number[];
  readonly free: readonly number[];
}

function slacks(order: PartialOrder): Slacks {
  const { nodes } = order;
  const network = networkOf(order);
  const end = nodes.reduce((last, { to }) => Math.max(last, to), 0);
  const late = latest(
    network,
    nodes.map(({ work }) => work),
    end,
  );
  const room = (node: number) =>
    nodes[node]?.fixed === true
      ? (late.to[node] ?? 0) - (nodes[node]?.to ?? 0)
      : (late.from[node] ?? 0) - (nodes[node]?.from ?? 0);
  const free = nodes.map(({ to }) => end - to);
  for (const { from, to, kind, lag } of order.arcs) {
    const [source, target] = [nodes[from], nodes[to]];
    if (!source || !target || target.fixed) continue;
    const start = kind === "FS" || kind === "FF" ? source.to : source.from;
    const limit = kind === "FS" || kind === "SS" ? target.from : target.to;
    free[from] = Math.min(free[from] ?? 0, limit - lag - start);
  }
  return {
    total: nodes.map((_, node) => Math.max(0, room(node))),
    free: free.map((each) => Math.max(0, each)),
  };
}

/** Back from what ends last, each time to what it waited for, up to what is done. */
function criticalChain({ nodes }: PartialOrder, reasons: readonly StartReason[]): CriticalChain {
  const seen = new Set<number>();
  const steps: ChainStep[] = [];
  let node = nodes.reduce(
    (last, { to }, index) => (to > (nodes[last]?.to ?? -1) ? index : last),
    0,
  );
  for (let each = nodes[node]; each && !seen.has(node); each = nodes[node]) {
    seen.add(node);
    // What is done delays nothing any more.
    if (each.fixed && each.open === 0) break;
    const { why, source = -1 } = reasons[node] ?? { why: { kind: "start" } };
    steps.push({ id: each.id, kind: each.kind, from: each.from, to: each.to, why });
    node = source;
  }
  steps.reverse();
  return { steps, minutes: (steps.at(-1)?.to ?? 0) - (steps[0]?.from ?? 0) };
}
