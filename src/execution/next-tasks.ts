import { isWork } from "../plan/graph/model.ts";
import { admission } from "./admission.ts";
import type { Executable } from "./executable.ts";
import { FAILURE_MODES, failureOf } from "./failure-mode.ts";
import { frontierOf, type Frontier } from "./frontier.ts";
import type { RunRules, RunState } from "./run-state.ts";
import { startOrder } from "./start-order.ts";
import { isActive, isFinished } from "./task-state.ts";
import { heldBy, type WhyNot } from "./why-not.ts";

/** What to do now. A function of the states alone: whoever asks twice, or replays in another order, hears the same. */
export interface Decision {
  /** To be started now, the most urgent first. */
  readonly start: readonly StartNow[];
  /** Tasks whose parts are all finished: done, with nothing to run. By key, in the order of the document. */
  readonly settle: readonly string[];
  /** Keys of attempts that are to be ended (failure mode `kill`). */
  readonly end: readonly string[];
  /** What belongs to the batch at work, to be given back with the next state. */
  readonly batch: readonly string[];
  readonly standing: RunStanding;
}

export interface StartNow {
  readonly key: string;
  readonly kind: "task" | "verification";
  /** Tried before. */
  readonly retry: boolean;
  /** Whether it is known what it writes; where not, no mark of the plan could be held against its files. */
  readonly filesKnown: boolean;
}

/**
 * `going`: something is at work or starts now. `waiting`: nothing is, and a wait or a person's word will let it go on. `stuck`: work is
 * left and nothing leads on by itself: something failed for good, or the run was stopped. `completed`: nothing is left.
 */
export type RunStanding = "going" | "waiting" | "stuck" | "completed";

/** PX-05, DESIGN decision 5. O(nodes + edges + ready × at work). */
export function nextTasks(work: Executable, state: RunState, rules: RunRules): Decision {
  const { decision } = decided(work, state, rules);
  return decision;
}

/** For every task and verification that is neither finished nor at work nor started now: why not. In the order of the document. */
export function whyNotStarted(
  work: Executable,
  state: RunState,
  rules: RunRules,
): ReadonlyMap<string, WhyNot> {
  const { frontier, reasons, decision } = decided(work, state, rules);
  const now = new Set([...decision.settle, ...decision.start.map(({ key }) => key)]);
  const found = new Map<string, WhyNot>();
  work.graph.nodes.forEach((node, index) => {
    const own = frontier.stateOf(index);
    if (!isWork(node) || isFinished(own) || isActive(own) || now.has(node.key)) return;
    found.set(node.key, reasons.get(index) ?? ownReason(work, frontier, index));
  });
  return found;
}

function ownReason(work: Executable, frontier: Frontier, node: number): WhyNot {
  const own = frontier.stateOf(node);
  if (own.status === "blocked") return { kind: "question", message: own.question.message };
  if (own.status !== "failed") return heldBy(work, frontier, node);
  return own.final ? { kind: "failed", message: own.reason.message } : { kind: "backoff" };
}

interface Decided {
  readonly decision: Decision;
  readonly frontier: Frontier;
  /** Of tasks that are ready and not started. */
  readonly reasons: ReadonlyMap<number, WhyNot>;
}

function decided(work: Executable, state: RunState, rules: RunRules): Decided {
  const { nodes } = work.graph;
  const frontier = frontierOf(work, state, rules);
  const found = sorted(work, frontier, rules);
  const failed = failureOf(work.graph, state);
  const mode = FAILURE_MODES[rules.failures];
  const ends = failed !== undefined && mode.ends;
  const stopped = state.stopped ?? (failed === undefined || mode.starts ? undefined : failed);
  const allowed = admission(work, { frontier, state, rules, active: found.active });
  const batch = stopped === undefined ? allowed.batchOf(found.ready) : state.batch;
  const start: StartNow[] = [];
  const reasons = new Map<number, WhyNot>();
  for (const node of found.ready) {
    if (stopped === undefined) allowed.keepFor(node);
    const reason: WhyNot | undefined =
      stopped === undefined ? allowed.refuses(node) : { kind: "stopped", by: stopped };
    if (reason) reasons.set(node, reason);
    else {
      allowed.take(node);
      start.push(startOf(work, frontier, node));
    }
  }
  const key = (node: number) => nodes[node]?.key ?? "";
  const decision: Decision = {
    start,
    settle: found.settle.map(key),
    end: ends
      ? found.active.filter((node) => frontier.stateOf(node).status !== "landing").map(key)
      : [],
    batch,
    standing: standingOf(
      {
        ready: found.ready.length,
        settle: found.settle.length,
        active: found.active.length,
        unfinished: found.unfinished,
        awaited: found.awaited,
        starting: start.length,
      },
      stopped !== undefined,
    ),
  };
  return { decision, frontier, reasons };
}

export function startOf(work: Executable, frontier: Frontier, node: number): StartNow {
  const own = frontier.stateOf(node);
  const { key = "", kind } = work.graph.nodes[node] ?? {};
  return {
    key,
    kind: kind === "verification" ? kind : "task",
    retry: own.status === "open" && own.tries.attempt > 0,
    filesKnown: work.knowsFiles(key),
  };
}

interface Sorted {
  /** Open, and held back by nothing, in the order to be started. */
  readonly ready: readonly number[];
  readonly settle: readonly number[];
  readonly active: readonly number[];
  readonly unfinished: number;
  /** Waits for a backoff or for a person. */
  readonly awaited: number;
}

/** How much stands how: what `Sorted` lists, and what is started by the decision. */
export interface Counts {
  readonly ready: number;
  readonly settle: number;
  readonly active: number;
  readonly unfinished: number;
  readonly awaited: number;
  readonly starting: number;
}

function sorted(work: Executable, frontier: Frontier, rules: RunRules): Sorted {
  const ready: number[] = [];
  const settle: number[] = [];
  const active: number[] = [];
  let [unfinished, awaited] = [0, 0];
  work.graph.nodes.forEach((node, index) => {
    if (!isWork(node)) {
      if (rules.gates?.has(node.key) === true && isGateDue(frontier, index)) awaited++;
      return;
    }
    const own = frontier.stateOf(index);
    if (isFinished(own)) return;
    unfinished++;
    if (isActive(own)) active.push(index);
    else if (own.status === "blocked" || (own.status === "failed" && !own.final)) awaited++;
    else if (own.status === "open" && !frontier.isHeld(index))
      (work.parts.has(index) ? settle : ready).push(index);
  });
  const first = startOrder(work, frontier, rules);
  ready.sort((a, b) => first(a, b) || a - b);
  return { ready, settle, active, unfinished, awaited };
}

const isGateDue = (frontier: Frontier, node: number): boolean =>
  frontier.passed[node] === 0 && !frontier.isHeld(node);

export function standingOf(
  { active, settle, unfinished, awaited, ready, starting }: Counts,
  stopped: boolean,
): RunStanding {
  if (unfinished === 0) return "completed";
  if (active > 0 || settle > 0 || starting > 0) return "going";
  if (stopped) return "stuck";
  return awaited > 0 || ready > 0 ? "waiting" : "stuck";
}
