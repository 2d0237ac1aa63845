import { at, orderOfPairs } from "../../../core/graph/digraph.ts";
import type { LinkKind } from "../../project/project.ts";
import type { Gaps } from "./gaps.ts";
import { NO_GAPS } from "./gaps.ts";
import type { Arc, PartialOrder } from "./model.ts";

/** A partial order as arrays, to go through it ten thousand times. Times are positions on the axis. */
export interface Network {
  readonly size: number;
  readonly order: Uint32Array;
  /** The arcs into node n are `starts[n]` … `starts[n + 1] - 1`. */
  readonly starts: Uint32Array;
  readonly sources: Uint32Array;
  /** Index in `KINDS`. */
  readonly kinds: Uint8Array;
  readonly lags: Float64Array;
  readonly releases: Float64Array;
  readonly fixed: Uint8Array;
  readonly gaps: readonly Gaps[];
}

export interface Times {
  /** Earliest start by what is waited for alone, before absences of its own people. */
  readonly ready: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

const KINDS: readonly LinkKind[] = ["FS", "SS", "FF", "SF"];
const [FS, SS, FF] = [0, 1, 2];

const made = new WeakMap<PartialOrder, Network>();

/** The network of an order, made once for each. */
export function networkOf(order: PartialOrder): Network {
  const network = made.get(order) ?? makeNetwork(order);
  made.set(order, network);
  return network;
}

/** As if there were only the arcs that `keep` keeps, no dates, no absences, and nothing had started. */
export function bareNetworkOf(order: PartialOrder, keep: (arc: Arc) => boolean): Network {
  const network = makeNetwork({ ...order, arcs: order.arcs.filter((arc) => keep(arc)) });
  return {
    ...network,
    releases: new Float64Array(network.size),
    fixed: new Uint8Array(network.size),
    gaps: network.gaps.map(() => NO_GAPS),
  };
}

function makeNetwork({ nodes, order, arcs }: PartialOrder): Network {
  const sorted = orderOfPairs(
    nodes.length,
    Uint32Array.from(arcs, ({ to }) => to),
    Uint32Array.from(arcs, ({ from }) => from),
  );
  const starts = new Uint32Array(nodes.length + 1);
  for (const { to } of arcs) starts[to + 1] = at(starts, to + 1) + 1;
  for (let node = 1; node <= nodes.length; node++)
    starts[node] = at(starts, node) + at(starts, node - 1);
  const [sources, kinds] = [new Uint32Array(arcs.length), new Uint8Array(arcs.length)];
  const lags = new Float64Array(arcs.length);
  sorted.forEach((index, place) => {
    const arc = arcs[index];
    if (!arc) return;
    sources[place] = arc.from;
    kinds[place] = KINDS.indexOf(arc.kind);
    lags[place] = arc.lag;
  });
  return {
    size: nodes.length,
    order,
    starts,
    sources,
    kinds,
    lags,
    releases: Float64Array.from(nodes, ({ release }) => Math.max(0, release)),
    fixed: Uint8Array.from(nodes, ({ fixed }) => Number(fixed)),
    gaps: nodes.map(({ gaps }) => gaps),
  };
}

export const timesFor = ({ size }: Network): Times => ({
  ready: new Float64Array(size),
  from: new Float64Array(size),
  to: new Float64Array(size),
});

/** When each can start, at the earliest, by one arc: what its source allows. `work` is the node's own. */
export function allowedBy(
  network: Network,
  arc: number,
  { times, node, work }: { readonly times: Times; readonly node: number; readonly work: number },
): number {
  const source = at(network.sources, arc);
  const kind = at(network.kinds, arc);
  const base =
    at(kind === FS || kind === FF ? times.to : times.from, source) + at(network.lags, arc);
  return kind === FS || kind === SS ? base : (network.gaps[node] ?? NO_GAPS).retreat(base, work);
}

/** Everything as soon as what it waits for allows; the end of the last one is returned. O(nodes + arcs). */
export function earliest(network: Network, work: ArrayLike<number>, times: Times): number {
  const { order, starts, sources, kinds, lags, releases, fixed, gaps } = network;
  const asked = { times, node: 0, work: 0 };
  let end = 0;
  for (let rank = 0; rank < order.length; rank++) {
    const node = at(order, rank);
    const own = gaps[node] ?? NO_GAPS;
    const minutes = work[node] ?? 0;
    asked.node = node;
    asked.work = minutes;
    let ready = at(releases, node);
    if (fixed[node] === 0)
      for (let arc = at(starts, node); arc < at(starts, node + 1); arc++) {
        // Nearly all are of this kind.
        const allowed =
          kinds[arc] === FS
            ? at(times.to, at(sources, arc)) + at(lags, arc)
            : allowedBy(network, arc, asked);
        if (allowed > ready) ready = allowed;
      }
    const isPlain = own === NO_GAPS;
    const from = isPlain || fixed[node] === 1 ? ready : own.enter(ready);
    const to = isPlain ? from + minutes : own.advance(from, minutes);
    times.ready[node] = ready;
    times.from[node] = from;
    times.to[node] = to;
    end = Math.max(end, to);
  }
  return end;
}

/** Everything as late as an end of the whole allows. What has started holds back nothing that it does not wait for any more. O(nodes + arcs). */
export function latest(network: Network, work: ArrayLike<number>, end: number): Times {
  const { order, starts, sources, kinds, lags, fixed, gaps } = network;
  const times = timesFor(network);
  times.from.fill(Infinity);
  times.to.fill(end);
  for (let rank = order.length - 1; rank >= 0; rank--) {
    const node = at(order, rank);
    const own = gaps[node] ?? NO_GAPS;
    const from = Math.min(at(times.from, node), own.retreat(at(times.to, node), work[node] ?? 0));
    const to = Math.min(at(times.to, node), own.advance(from, work[node] ?? 0));
    times.from[node] = from;
    times.to[node] = to;
    if (fixed[node] === 1) continue;
    for (let arc = at(starts, node); arc < at(starts, node + 1); arc++) {
      const source = at(sources, arc);
      const kind = at(kinds, arc);
      const bound = (kind === FS || kind === SS ? from : to) - at(lags, arc);
      const side = kind === FS || kind === FF ? times.to : times.from;
      side[source] = Math.min(at(side, source), bound);
    }
  }
  return times;
}
