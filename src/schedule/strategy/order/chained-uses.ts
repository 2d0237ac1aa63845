import type { Arc, OrderNode } from "./model.ts";
import type { Reason } from "../reason.ts";

/** What is occupied: a person, a team's limit, a shared resource. */
export interface Occupation {
  readonly capacity: number;
  readonly occupants: readonly Occupant[];
  readonly why: (after: string) => Reason;
}

export interface Occupant {
  readonly node: number;
  readonly amount: number;
}

interface Strand {
  /** Undefined for units that nobody has had yet. */
  readonly last: number | undefined;
  readonly units: number;
}

/**
 * The order in which a resource is handed on, as arcs: its units are strands that go from one occupant to the next (chaining; Policella
 * et al., ICAPS 2004). Units are taken first from what an occupant waits for anyway, then from who had them last, so that
 * few waits are added. Where a schedule uses more than there is (what has started may), nothing is put in order.
 */
export function chainedUses(
  { capacity, occupants, why }: Occupation,
  nodes: readonly OrderNode[],
  given: { readonly ranks: Uint32Array; readonly links: readonly Arc[] },
): readonly Arc[] {
  const wanted = occupants.reduce((sum, { amount }) => sum + amount, 0);
  if (wanted <= capacity) return [];
  const time = (node: number) => nodes[node]?.from ?? 0;
  const end = (strand: Strand) =>
    strand.last === undefined ? -Infinity : (nodes[strand.last]?.to ?? 0);
  const inTime = occupants.toSorted(
    (a, b) =>
      time(a.node) - time(b.node) || (given.ranks[a.node] ?? 0) - (given.ranks[b.node] ?? 0),
  );
  const linked = capacity > 1 ? linkedPairs(given.links, occupants) : new Set<string>();
  const arcs: Arc[] = [];
  let strands: readonly Strand[] = [{ last: undefined, units: capacity }];
  for (const { node, amount } of inTime) {
    const preference = (strand: Strand) =>
      strand.last !== undefined && linked.has(`${strand.last} ${node}`) ? 1 : 0;
    const sorted = strands.toSorted((a, b) => preference(b) - preference(a) || end(b) - end(a));
    const kept: Strand[] = [];
    let missing = amount;
    for (const strand of sorted) {
      const taken = end(strand) <= time(node) ? Math.min(missing, strand.units) : 0;
      missing -= taken;
      if (strand.units > taken) kept.push({ last: strand.last, units: strand.units - taken });
      const before = taken > 0 && strand.last !== undefined ? nodes[strand.last] : undefined;
      if (before && strand.last !== undefined)
        arcs.push({ from: strand.last, to: node, kind: "FS", lag: 0, why: why(before.id) });
    }
    strands = [...kept, { last: node, units: amount }];
  }
  return arcs;
}

function linkedPairs(links: readonly Arc[], occupants: readonly Occupant[]): ReadonlySet<string> {
  const among = new Set(occupants.map(({ node }) => node));
  return new Set(
    links.flatMap(({ from, to }) => (among.has(from) && among.has(to) ? [`${from} ${to}`] : [])),
  );
}
