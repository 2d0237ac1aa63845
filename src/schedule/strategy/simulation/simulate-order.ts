import { at } from "../../../core/graph/digraph.ts";
import { normal, seededRandom } from "../../../core/random.ts";
import type { PartialOrder } from "../order/model.ts";
import {
  allowedBy,
  earliest,
  networkOf,
  timesFor,
  type Network,
  type Times,
} from "../order/network.ts";
import { normalProbability, quantileAt } from "./pert-quantiles.ts";
import { spreadTables, type Spread } from "./spread.ts";

export interface SimulationOptions {
  readonly runs: number;
  readonly seed: number;
  /** How far all durations go up and down together, 0 … 1 (a normal copula): 0 is each by its own luck, 1 all by the same. */
  readonly correlation: number;
  readonly events: readonly RiskEvent[];
  /** What is remembered of each run: when the last of these nodes ends. */
  readonly moments: readonly (readonly number[])[];
}

/** Something that happens or not in a run, all of it at once. */
export interface RiskEvent {
  readonly id: string;
  /** 0 … 1 */
  readonly probability: number;
  /** Nodes that it hits, each with what it does to the work that is left: `work × factor + minutes`. */
  readonly hits: readonly {
    readonly node: number;
    readonly factor: number;
    readonly minutes: number;
  }[];
}

/** What came of the runs, by run. */
export interface Runs {
  readonly ends: Float64Array;
  readonly moments: readonly Float64Array[];
  /** By node. */
  readonly criticalIn: Uint32Array;
  readonly meanWork: Float64Array;
  /** Correlation of the node's work with the end. */
  readonly sensitivity: Float64Array;
}

const EVENTS = 7_919;
/** A tenth of a minute: less is rounding. */
const EXACT = 0.1;

/**
 * A reserve is used up before anything takes longer: who needs less than the likely time is done sooner in the same proportion, who needs
 * more takes it from the reserve first. `factor` is of the work, the answer of the duration that has the reserve in it.
 */
export const withReserve = (factor: number, reserve: number): number =>
  factor <= 1 ? factor : Math.max(1, factor * (1 - reserve));

/**
 * The policy of a schedule, many times: who does what in which order stays, each begins as soon as it can (earliest start policy; Igelmund
 * and Radermacher, Networks 13 (1983) 1–28). Durations are drawn from a beta-PERT each. The same arguments give the same runs.
 */
export function simulateOrder(
  order: PartialOrder,
  spreads: readonly Spread[],
  options: SimulationOptions,
): Runs {
  const network = networkOf(order);
  const times = timesFor(network);
  const draw = drawing(order, spreads, options);
  const work = new Float64Array(network.size);
  const sums = new Sums(network.size);
  const ends = new Float64Array(options.runs);
  const moments = options.moments.map(() => new Float64Array(options.runs));
  const criticalIn = new Uint32Array(network.size);
  const marks = { counts: criticalIn, marked: new Uint8Array(network.size) };
  for (let run = 0; run < options.runs; run++) {
    draw(work);
    const end = earliest(network, work, times);
    ends[run] = end;
    sums.add(work, end);
    markCritical(network, { times, work, end }, marks);
    options.moments.forEach((nodes, index) => {
      let last = 0;
      for (const node of nodes) last = Math.max(last, times.to[node] ?? 0);
      const list = moments[index];
      if (list) list[run] = last;
    });
  }
  return { ends, moments, criticalIn, meanWork: sums.means(), sensitivity: sums.correlations() };
}

/** Fills in the work of one more run. */
function drawing(
  { nodes }: PartialOrder,
  spreads: readonly Spread[],
  { seed, correlation, events }: SimulationOptions,
): (work: Float64Array) => void {
  const factorsOf = drawnFactors(nodes, spreads, { seed, correlation });
  // Of its own, so that the same seed draws the same durations with and without events.
  const chance = seededRandom(seed + EVENTS);
  const factors = new Float64Array(nodes.length);
  const open = Float64Array.from(nodes, (node) => node.open);
  const certain = Float64Array.from(nodes, (node) => node.work - node.open);
  const reserves = Float64Array.from(nodes, (node) => node.reserve);
  const added = new Float64Array(nodes.length);
  return (work) => {
    factorsOf(factors);
    added.fill(0);
    for (const { probability, hits } of events)
      if (chance() < probability)
        for (const { node, factor, minutes } of hits) {
          factors[node] = at(factors, node) * factor;
          added[node] = at(added, node) + minutes;
        }
    for (let node = 0; node < work.length; node++) {
      const [left, reserve] = [at(open, node), at(reserves, node)];
      const planned = left * (1 - reserve);
      const extra = planned > 0 ? at(added, node) / planned : 0;
      work[node] = at(certain, node) + left * withReserve(at(factors, node) + extra, reserve);
    }
  };
}

/** Fills in by what the durations of one more run differ from the likely ones: 1 for what is certain. */
function drawnFactors(
  nodes: PartialOrder["nodes"],
  spreads: readonly Spread[],
  { seed, correlation }: Pick<SimulationOptions, "seed" | "correlation">,
): (factors: Float64Array) => void {
  const random = seededRandom(seed);
  const tables = spreads.map(spreadTables());
  const varying = Uint32Array.from(nodes.keys()).filter(
    (node) => tables[node] !== undefined && nodes[node]?.open !== 0,
  );
  const [shared, own] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
  const low = Float64Array.from(spreads, ({ optimistic }) => optimistic);
  const width = Float64Array.from(
    spreads,
    ({ optimistic, pessimistic }) => pessimistic - optimistic,
  );
  return (factors) => {
    const luck = shared === 0 ? 0 : shared * normal(random);
    factors.fill(1);
    for (const node of varying) {
      const table = tables[node];
      const probability = normalProbability(luck + own * normal(random));
      if (table) factors[node] = at(low, node) + at(width, node) * quantileAt(table, probability);
    }
  };
}

/** Counts what the end of a run hangs on: each whose delay would have delayed it. */
function markCritical(
  network: Network,
  {
    times,
    work,
    end,
  }: { readonly times: Times; readonly work: Float64Array; readonly end: number },
  { counts, marked }: { readonly counts: Uint32Array; readonly marked: Uint8Array },
): void {
  const { size, order, starts, sources, fixed } = network;
  marked.fill(0);
  const asked = { times, node: 0, work: 0 };
  for (let rank = size - 1; rank >= 0; rank--) {
    const node = order[rank] ?? 0;
    if (marked[node] === 0 && (times.to[node] ?? 0) < end - EXACT) continue;
    counts[node] = (counts[node] ?? 0) + 1;
    if (fixed[node] === 1) continue;
    asked.node = node;
    asked.work = work[node] ?? 0;
    const ready = (times.ready[node] ?? 0) - EXACT;
    for (let arc = starts[node] ?? 0; arc < (starts[node + 1] ?? 0); arc++)
      if (allowedBy(network, arc, asked) >= ready) marked[sources[arc] ?? 0] = 1;
  }
}

/** Sums of what is needed for means and correlations, without keeping the runs. */
class Sums {
  readonly #work: Float64Array;
  readonly #squares: Float64Array;
  readonly #products: Float64Array;
  #end = 0;
  #endSquares = 0;
  #count = 0;

  constructor(size: number) {
    this.#work = new Float64Array(size);
    this.#squares = new Float64Array(size);
    this.#products = new Float64Array(size);
  }

  add(work: Float64Array, end: number): void {
    this.#count++;
    this.#end += end;
    this.#endSquares += end * end;
    for (let node = 0; node < work.length; node++) {
      const each = work[node] ?? 0;
      this.#work[node] = (this.#work[node] ?? 0) + each;
      this.#squares[node] = (this.#squares[node] ?? 0) + each * each;
      this.#products[node] = (this.#products[node] ?? 0) + each * end;
    }
  }

  means(): Float64Array {
    return this.#work.map((sum) => (this.#count === 0 ? 0 : sum / this.#count));
  }

  correlations(): Float64Array {
    const count = this.#count;
    const ends = count * this.#endSquares - this.#end ** 2;
    return this.#work.map((sum, node) => {
      const own = count * (this.#squares[node] ?? 0) - sum ** 2;
      const both = count * (this.#products[node] ?? 0) - sum * this.#end;
      // What does not vary has no correlation; rounding leaves a rest of about 1e-10 of the squares.
      if (
        own <= 1e-9 * count * (this.#squares[node] ?? 0) ||
        ends <= 1e-9 * count * this.#endSquares
      )
        return 0;
      return Math.max(-1, Math.min(1, both / Math.sqrt(own * ends)));
    });
  }
}
