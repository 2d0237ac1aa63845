import { asksOf } from "../../history/execution/asks.ts";
import { compareWithPlan } from "../../history/execution/compare-with-plan.ts";
import { executionFigures } from "../../history/execution/execution-figures.ts";
import type { ExecutionHistory } from "../../history/execution/execution-history.ts";

/** How a run that carries out plans stands, as `--json` shows it: durations in milliseconds, plans in minutes, shares 0 … 1. */
export function executionReport(history: ExecutionHistory, now: number) {
  const { plans, workers, pattern, failures, base, branch, target, head } = history;
  const { tasks, plannedMinutes, factor } = compareWithPlan(history, now);
  return {
    plans,
    workers,
    pattern,
    failures,
    base,
    branch,
    target,
    head,
    plannedMinutes,
    factor,
    figures: executionFigures(history, now),
    asks: history.end ? [] : asksOf(history),
    points: history.points,
    held: history.held,
    tasks: tasks.map(({ task, planned, actual, activeMs, factor: own }) => ({
      ...task.planned,
      status: task.status,
      since: new Date(task.since).toISOString(),
      plannedStart: planned?.start,
      plannedEnd: planned?.end,
      begun: actual && new Date(actual.from).toISOString(),
      ended: actual && !actual.lasts ? new Date(actual.to).toISOString() : undefined,
      activeMs,
      factor: own,
      attempts: task.attempts,
      words: task.words,
    })),
    landings: history.landings,
    concerns: history.concerns,
    checkpoints: history.checkpoints,
    notes: history.notes,
  };
}
