import { chainShares, criticalChain, type ChainLink, type ChainPart } from "./critical-chain.ts";
import type { TaskStatusName } from "../../core/plan-event.ts";
import type { ExecutionHistory, TaskAttempt, TaskHistory } from "./execution-history.ts";

/** What a run came to, or has come to so far. Times are milliseconds; shares 0 … 1. */
export interface ExecutionFigures {
  /** From its first event to its end, or to `now`. */
  readonly makespanMs: number;
  /** Of it, the time in which nothing was at work because a person was waited for. */
  readonly waitedMs: number;
  readonly workers: number;
  /** Time that workers were busy: agents, checks and what goes with them, attempts that came to nothing too. */
  readonly busyMs: number;
  /** Time that agents were at work, as it was measured where they ran. */
  readonly workMs: number;
  readonly checksMs: number;
  /** Time in which batches were merged and tested; workers go on meanwhile. */
  readonly landingMs: number;
  /** Busy time of attempts that came to nothing. */
  readonly lostMs: number;
  /** Busy time of ended attempts that was neither an agent's work nor a check: workspaces, collecting, judging. */
  readonly overheadMs: number;
  /** Busy time of all the workers' time, without what a person was waited for. */
  readonly utilisation: number;
  /** Overhead of the busy time of those attempts (S4 wants less than 0.1). */
  readonly overhead: number;
  /** Busy time of attempts that came to something, to the makespan without waits for a person: how much faster than one by one. */
  readonly speedUp: number;
  readonly attempts: number;
  readonly counts: Readonly<Record<TaskStatusName, number>>;
  readonly batches: number;
  readonly chain: readonly ChainLink[];
  readonly chainShares: readonly { readonly part: ChainPart; readonly ms: number }[];
}

/** `now`: what counts as the end of what lasts, for a run that has not ended. */
export function executionFigures(history: ExecutionHistory, now: number): ExecutionFigures {
  const end = Math.max(history.endedAt ?? now, history.startedAt);
  const makespanMs = end - history.startedAt;
  const waitedMs = waitedFor(history, end);
  const sums = { busy: 0, lost: 0, work: 0, checks: 0, attempts: 0, over: 0, known: 0 };
  for (const task of history.tasks.values()) {
    const busy = busyByAttempt(task, end);
    for (const { ms } of busy.values()) sums.busy += ms;
    for (const attempt of task.attempts) {
      const { workMs = 0, checks } = attempt;
      const { ms, lasts } = busy.get(attempt.number) ?? NOT_BUSY;
      const checksMs = checks.reduce((sum, { durationMs }) => sum + durationMs, 0);
      sums.attempts++;
      sums.work += workMs;
      sums.checks += checksMs;
      if (cameToNothing(attempt)) sums.lost += ms;
      // What lasts, and what never told how long its agent worked, says nothing of what was between.
      if (lasts || (attempt.workMs === undefined && task.planned.kind === "task")) continue;
      sums.known += ms;
      // A verification in prose is an agent's work and a check.
      const accounted =
        task.planned.kind === "task" ? workMs + checksMs : Math.max(workMs, checksMs);
      sums.over += Math.max(0, ms - accounted);
    }
  }
  const active = Math.max(0, makespanMs - waitedMs);
  const chain = criticalChain(history);
  return {
    makespanMs,
    waitedMs,
    workers: history.workers,
    busyMs: sums.busy,
    workMs: sums.work,
    checksMs: sums.checks,
    landingMs: history.landings.reduce((sum, { from, to = end }) => sum + to - from, 0),
    lostMs: sums.lost,
    overheadMs: sums.over,
    utilisation: ratio(sums.busy, active * history.workers),
    overhead: ratio(sums.over, sums.known),
    speedUp: ratio(sums.busy - sums.lost, active),
    attempts: sums.attempts,
    counts: countsOf(history),
    batches: history.landings.length,
    chain,
    chainShares: chainShares(chain),
  };
}

interface Busy {
  readonly ms: number;
  readonly lasts: boolean;
}

const NOT_BUSY: Busy = { ms: 0, lasts: false };

/** How long each attempt took a worker, by its number. */
function busyByAttempt({ stretches }: TaskHistory, end: number): ReadonlyMap<number, Busy> {
  const busy = new Map<number, Busy>();
  for (const stretch of stretches) {
    if (stretch.lane === undefined) continue;
    const { ms, lasts } = busy.get(stretch.attempt) ?? NOT_BUSY;
    busy.set(stretch.attempt, {
      ms: ms + Math.max(0, (stretch.to ?? end) - stretch.from),
      lasts: lasts || stretch.to === undefined,
    });
  }
  return busy;
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

/** Whether it is over and nothing of it was kept. */
export const cameToNothing = ({ last }: Pick<TaskAttempt, "last">): boolean =>
  last === "failed" || last === "conflicted" || last === "canceled";

export function countsOf({
  tasks,
}: Pick<ExecutionHistory, "tasks">): Readonly<Record<TaskStatusName, number>> {
  const counts = {
    open: 0,
    running: 0,
    verifying: 0,
    landing: 0,
    done: 0,
    failed: 0,
    blocked: 0,
    skipped: 0,
  };
  for (const { status } of tasks.values()) counts[status]++;
  return counts;
}

/** Time in which something waited for a person, and nothing was at work or on the way in. */
function waitedFor({ tasks, startedAt }: ExecutionHistory, end: number): number {
  const changes: { readonly at: number; readonly active: number; readonly asks: number }[] = [];
  const add = (from: number, to: number, active: number, asks: number) =>
    changes.push({ at: from, active, asks }, { at: to, active: -active, asks: -asks });
  for (const { stretches, retryAt } of tasks.values())
    for (const [index, stretch] of stretches.entries()) {
      const to = Math.min(end, stretch.to ?? end);
      const last = index === stretches.length - 1;
      if (stretch.status === "blocked") add(stretch.from, to, 0, 1);
      else if (ACTIVE.has(stretch.status)) add(stretch.from, to, 1, 0);
      // Before the next attempt it goes on by itself; failed for good a person is waited for.
      else if (stretch.final || (stretch.status === "failed" && last && retryAt === undefined))
        add(stretch.from, to, 0, 1);
      else if (stretch.status === "failed") add(stretch.from, to, 1, 0);
    }
  changes.sort((a, b) => a.at - b.at);
  let [active, asks, waited, time] = [0, 0, 0, startedAt];
  for (const change of changes) {
    if (asks > 0 && active === 0) waited += Math.max(0, change.at - time);
    time = Math.max(time, change.at);
    active += change.active;
    asks += change.asks;
  }
  return waited;
}

const ACTIVE: ReadonlySet<TaskStatusName> = new Set(["running", "verifying", "landing"]);
