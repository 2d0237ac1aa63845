import { at } from "../core/graph/digraph.ts";
import { sharedSequence } from "../plan/progress/sequences-of.ts";
import type { Executable } from "./executable.ts";
import type { Frontier } from "./frontier.ts";
import { EXECUTION_PATTERNS } from "./patterns.ts";
import type { RunRules, RunState } from "./run-state.ts";
import { soonReady } from "./soon-ready.ts";
import { startOrder } from "./start-order.ts";
import { isActive, isFinished } from "./task-state.ts";
import type { WhyNot } from "./why-not.ts";

/** Which ready tasks may start beside what is at work. Knows nothing of dependencies: those are behind what is ready. */
export interface Admission {
  /** Keys of the current batch; a new one where the last has ended. `ready` in the order to be started. */
  readonly batchOf: (ready: Iterable<number>) => readonly string[];
  /** Why a task may not start now, given what is at work and what was taken. Ask after `batchOf`. */
  readonly refuses: (node: number) => WhyNot | undefined;
  readonly take: (node: number) => void;
  /** Keep workers for all that is more urgent than this node and is ready soon (`soon-ready.ts`). Ask before `refuses`, in the order to be started. */
  readonly keepFor: (node: number) => void;
}

interface Given {
  readonly frontier: Frontier;
  readonly state: RunState;
  readonly rules: RunRules;
  /** Tasks and verifications at work. */
  readonly active: readonly number[];
}

export function admission(work: Executable, { frontier, state, rules, active }: Given): Admission {
  const { limits } = rules;
  const rule = EXECUTION_PATTERNS[rules.pattern];
  const apart = apartness(work, rule.lanes);
  const beside = [...active];
  const isLanding = (node: number) => frontier.stateOf(node).status === "landing";
  const places = countPlaces(work, active);
  // what is landed takes no worker
  let busy = active.filter((node) => !isLanding(node)).length;
  let soon: number[] | undefined;
  let batch: ReadonlySet<string> | undefined;
  const key = (node: number) => work.graph.nodes[node]?.key ?? "";
  const add = (node: number): void => {
    busy++;
    beside.push(node);
    places.add(node);
  };
  return {
    batchOf(ready) {
      if (!rule.batched) return [];
      const size = limits.batch ?? limits.workers;
      const open = state.batch.filter((each) => isOfBatch(work, frontier, each));
      const chosen = open.length > 0 ? open : chooseBatch(ready, { size, beside, apart }).map(key);
      batch = new Set(chosen);
      return chosen;
    },
    keepFor(node) {
      // The only worker there is would just stand still.
      if (state.landsSoon !== true || rule.batched || limits.workers === 1) return;
      const first = startOrder(work, frontier, rules);
      soon ??= soonReady(work, { frontier, state, rules, active }).toSorted(
        (a, b) => first(a, b) || a - b,
      );
      while (busy < limits.workers && soon[0] !== undefined && first(soon[0], node) < 0) {
        const [kept] = soon.splice(0, 1);
        // What lands gives back what it keeps others from.
        const stays = beside.filter((other) => !isLanding(other));
        if (kept !== undefined && !places.refuses(kept, limits) && !apart(kept, stays)) add(kept);
      }
    },
    refuses(node) {
      if (batch && !batch.has(key(node))) return { kind: "batch", size: batch.size };
      if (busy >= limits.workers) return { kind: "limit", of: "workers", most: limits.workers };
      return places.refuses(node, limits) ?? apart(node, beside);
    },
    take: add,
  };
}

/** Still to be waited for: not what failed for good, nor what waits for a person. */
function isOfBatch({ graph }: Executable, frontier: Frontier, key: string): boolean {
  const node = graph.indexOf.get(key);
  if (node === undefined) return false;
  const own = frontier.stateOf(node);
  if (isActive(own)) return true;
  if (isFinished(own) || own.status === "blocked") return false;
  return own.status === "failed" ? !own.final : !frontier.isHeld(node);
}

type Apart = (node: number, beside: readonly number[]) => WhyNot | undefined;

/** As many as fit beside each other, those first that come first. */
function chooseBatch(
  ready: Iterable<number>,
  {
    size,
    beside,
    apart,
  }: { readonly size: number; readonly beside: readonly number[]; readonly apart: Apart },
): readonly number[] {
  const taken: number[] = [];
  for (const node of ready) {
    if (taken.length >= size) break;
    if (!apart(node, [...beside, ...taken])) taken.push(node);
  }
  return taken;
}

/** What keeps a task from running beside others: groups, resources, and in lanes whatever dependencies tie it to. */
function apartness(work: Executable, lanes: boolean): Apart {
  const { graph, sequences, laneOf, clash } = work;
  const key = (node: number) => graph.nodes[node]?.key ?? "";
  return (node, beside) => {
    for (const other of beside) {
      const shared = sharedSequence(sequences.get(node), sequences.get(other));
      if (shared) return { kind: "sequence", beside: key(other), over: shared.range };
      const over = clash(key(node), key(other));
      if (over !== undefined) return { kind: "conflict", beside: key(other), over };
      if (lanes && at(laneOf, node) >= 0 && at(laneOf, node) === at(laneOf, other))
        return { kind: "tied", beside: key(other) };
    }
    return undefined;
  };
}

/** How many plans and phases have something at work. */
function countPlaces(work: Executable, active: readonly number[]) {
  const { graph, phaseOf } = work;
  const plans = new Set<number>();
  /** By plan, the names of its phases that have something at work. */
  const phases = new Map<number, Set<string>>();
  const add = (node: number): void => {
    const plan = graph.nodes[node]?.plan ?? 0;
    plans.add(plan);
    phases.set(plan, (phases.get(plan) ?? new Set<string>()).add(phaseOf[node] ?? ""));
  };
  active.forEach(add);
  return {
    add,
    refuses(node: number, limits: RunRules["limits"]): WhyNot | undefined {
      const plan = graph.nodes[node]?.plan ?? 0;
      if (limits.plans !== undefined && !plans.has(plan) && plans.size >= limits.plans)
        return { kind: "limit", of: "plans", most: limits.plans };
      const own = phases.get(plan);
      const inNew = own?.has(phaseOf[node] ?? "") !== true;
      return limits.phases !== undefined && inNew && (own?.size ?? 0) >= limits.phases
        ? { kind: "limit", of: "phases", most: limits.phases }
        : undefined;
    },
  };
}
