import { at } from "../../core/graph/digraph.ts";
import { Heap } from "../../core/heap.ts";
import { isWork } from "../../plan/graph/model.ts";
import type { Executable } from "../executable.ts";
import { isHeldUpBy, isTroubled, needsPerson, type Frontier } from "../frontier.ts";
import { EXECUTION_PATTERNS } from "../patterns.ts";
import { stateOfTask, type RunRules, type RunState } from "../run-state.ts";
import { isFinished, type TaskState } from "../task-state.ts";
import { edgesOut, type EdgesOut } from "./edges-out.ts";

/**
 * What `frontierOf` gives, kept true while a run goes on: a change costs what it reaches, not what the plan has. Nodes are looked at in the
 * order of the graph, so that each is settled when those behind it are. Only as true as it is told: `set` for every state, `release` for every point.
 */
export class LiveFrontier implements Frontier {
  readonly passed: Uint8Array;
  readonly stuckOn: Int32Array;
  readonly #work: Executable;
  readonly #overlapping: boolean;
  readonly #states: TaskState[];
  /** 1 for sync points that wait for a word besides. */
  readonly #gated: Uint8Array;
  readonly #opened: Uint8Array;
  /** By edge, whether it holds; by node, how many into it do. */
  readonly #holds: Uint8Array;
  readonly #held: Uint32Array;
  readonly #out: EdgesOut;
  /** By end of a phase, the ends that come after it; and how many before one are not passed. */
  readonly #endsAfter = new Map<number, number[]>();
  readonly #endsBefore: Uint32Array;
  /** 1 where what a node is stuck on has to be looked up. */
  readonly #unsure: Uint8Array;
  readonly #queue: Heap<number>;
  readonly #queued: Uint8Array;
  readonly #troubled = new Set<number>();
  readonly #ready = new Set<number>();
  /** By node, what it holds up, as it was asked last; empty when something moved. */
  readonly #heldUp = new Map<number, readonly number[]>();
  #moved: number[] = [];

  constructor(work: Executable, state: RunState, rules: RunRules) {
    const { nodes, edges, order } = work.graph;
    const size = nodes.length;
    this.#work = work;
    this.#overlapping = EXECUTION_PATTERNS[rules.pattern].overlapping;
    this.#states = nodes.map(({ key }) => stateOfTask(state, key));
    this.#gated = Uint8Array.from(nodes, ({ key }) =>
      Number(rules.gates?.has(key) === true && !state.released.has(key)),
    );
    this.passed = new Uint8Array(size);
    this.stuckOn = new Int32Array(size).fill(-1);
    this.#opened = new Uint8Array(size);
    this.#out = edgesOut(work.graph);
    this.#holds = Uint8Array.from(edges, ({ cut }) => Number(!cut));
    this.#held = new Uint32Array(size);
    edges.forEach(({ to, cut }) => {
      if (!cut) this.#held[to] = at(this.#held, to) + 1;
    });
    this.#endsBefore = new Uint32Array(size);
    if (this.#overlapping) this.#orderEnds();
    const rank = new Uint32Array(size);
    order.forEach((node, place) => (rank[node] = place));
    this.#queue = new Heap((one, other) => at(rank, one) < at(rank, other));
    this.#queued = new Uint8Array(size);
    this.#unsure = new Uint8Array(size).fill(1);
    for (const node of order) this.#push(node);
    this.#settle();
  }

  set(node: number, state: TaskState): void {
    this.#states[node] = state;
    this.#unsure[node] = 1;
    if (at(this.stuckOn, node) >= 0) this.#heldUp.clear();
    this.#push(node);
    this.#settle();
  }

  release(node: number): void {
    this.#gated[node] = 0;
    this.#push(node);
    this.#settle();
  }

  /** Nodes that may stand otherwise than when this was asked last. */
  moved(): readonly number[] {
    const moved = this.#moved;
    this.#moved = [];
    return moved;
  }

  readonly stateOf = (node: number): TaskState => {
    const own = this.#states[node];
    if (own) return own;
    throw new Error(`there is no node ${node}`);
  };

  readonly isHeld = (node: number): boolean => at(this.#held, node) > 0;

  readonly heldBy = (node: number): number => at(this.#held, node);

  readonly holding = (node: number): readonly number[] => {
    const { graph, edges } = this.#work;
    const sources: number[] = [];
    for (let edge = at(graph.into, node); edge < at(graph.into, node + 1); edge++)
      if (at(this.#holds, edge) === 1) sources.push(at(edges.from, edge));
    return sources;
  };

  readonly troubled = (): readonly number[] => [...this.#troubled].toSorted((a, b) => a - b);

  readonly ready = (): Iterable<number> => this.#ready;

  readonly heldUp = (root: number, most: number): readonly number[] => {
    const known = this.#heldUp.get(root) ?? this.#allHeldUp(root);
    this.#heldUp.set(root, known);
    return known.slice(0, most);
  };

  #allHeldUp(root: number): readonly number[] {
    const { nodes } = this.#work.graph;
    return this.#states.flatMap((own, node) =>
      isWork(nodes[node]) && isHeldUpBy(root, { own, node, stuckOn: at(this.stuckOn, node) })
        ? [node]
        : [],
    );
  }

  #orderEnds(): void {
    for (const [end, before] of this.#work.phasesBefore) {
      this.#endsBefore[end] = before.length;
      for (const each of before) {
        const known = this.#endsAfter.get(each);
        if (known) known.push(end);
        else this.#endsAfter.set(each, [end]);
      }
    }
  }

  #push(node: number): void {
    if (at(this.#queued, node) === 1) return;
    this.#queued[node] = 1;
    this.#queue.push(node);
  }

  #settle(): void {
    for (let node = this.#queue.pop(); node !== undefined; node = this.#queue.pop()) {
      this.#queued[node] = 0;
      this.#look(node);
      this.#moved.push(node);
    }
  }

  #look(node: number): void {
    const before = {
      passed: at(this.passed, node),
      opened: at(this.#opened, node),
      stuck: at(this.stuckOn, node),
    };
    if (isWork(this.#work.graph.nodes[node])) this.#lookAtWork(node);
    else {
      this.#opened[node] = Number(at(this.#endsBefore, node) === 0);
      const free = at(this.#held, node) === 0 && at(this.#gated, node) === 0;
      this.passed[node] = Number(free && at(this.#opened, node) === 1);
    }
    this.#lookUpStuck(node);
    const moved =
      at(this.passed, node) !== before.passed || at(this.#opened, node) !== before.opened;
    const stuck = at(this.stuckOn, node);
    if (stuck !== before.stuck) this.#heldUp.clear();
    if (moved || stuck !== before.stuck)
      this.#tellOn(node, { stuckMoved: stuck !== before.stuck, wasStuck: before.stuck >= 0 });
    if (at(this.passed, node) !== before.passed) this.#tellEnds(node);
  }

  #lookAtWork(node: number): void {
    const own = this.stateOf(node);
    this.passed[node] = Number(isFinished(own));
    if (isTroubled(own)) this.#troubled.add(node);
    else this.#troubled.delete(node);
    if (own.status === "open" && at(this.#held, node) === 0) this.#ready.add(node);
    else this.#ready.delete(node);
  }

  /** The first edge that holds and comes from what is stuck, unless it is stuck on itself. */
  #lookUpStuck(node: number): void {
    const { graph, edges } = this.#work;
    if (isWork(graph.nodes[node]) && needsPerson(this.stateOf(node))) {
      this.stuckOn[node] = node;
      this.#unsure[node] = 1;
      return;
    }
    if (at(this.#unsure, node) === 0) return;
    this.#unsure[node] = 0;
    this.stuckOn[node] = -1;
    if (at(this.#held, node) === 0) return;
    for (let edge = at(graph.into, node); edge < at(graph.into, node + 1); edge++) {
      if (at(this.#holds, edge) === 0) continue;
      const stuck = at(this.stuckOn, at(edges.from, edge));
      if (stuck < 0) continue;
      this.stuckOn[node] = stuck;
      return;
    }
  }

  /** Those that wait for a node are looked at where that changes them. */
  #tellOn(
    node: number,
    { stuckMoved, wasStuck }: { readonly stuckMoved: boolean; readonly wasStuck: boolean },
  ): void {
    const { starts, edges, targets } = this.#out;
    const aboutStuck = stuckMoved || wasStuck;
    for (let place = at(starts, node); place < at(starts, node + 1); place++) {
      const edge = at(edges, place);
      const to = at(targets, place);
      const held = at(this.#holds, edge);
      const holds = this.#edgeHolds(edge, node);
      if (held === holds && !(stuckMoved && holds === 1)) continue;
      if (aboutStuck) this.#unsure[to] = 1;
      const count = at(this.#held, to) + holds - held;
      const crossed = count === 0 || at(this.#held, to) === 0;
      this.#holds[edge] = holds;
      this.#held[to] = count;
      if (crossed || aboutStuck) this.#push(to);
    }
  }

  #edgeHolds(edge: number, from: number): number {
    const { cut, order } = this.#work.edges;
    if (at(cut, edge) === 1 || at(this.passed, from) === 1) return 0;
    return Number(!(this.#overlapping && at(order, edge) === 1 && at(this.#opened, from) === 1));
  }

  #tellEnds(node: number): void {
    const by = at(this.passed, node) === 1 ? -1 : 1;
    for (const end of this.#endsAfter.get(node) ?? []) {
      this.#endsBefore[end] = at(this.#endsBefore, end) + by;
      this.#push(end);
    }
  }
}
