import type { FilePlace } from "../../core/place.ts";
import type { PlanDiagnostic, UpstreamPlan } from "../model.ts";
import { phasesState, type PhaseProgress } from "../progress/phases-state.ts";
import type { StatusRun } from "../status/model.ts";
import type { Checklist } from "../spec-kit/read-checklist.ts";
import { checksUnder } from "./checks-under.ts";
import { checklistStandings, type ChecklistStanding } from "./checklists-answer.ts";
import type { PlanHead, ProblemCount, Tally, TaskLine } from "./plan-head.ts";
import { isSettled, standingOptions, stateOf, taskLines, type PlanView } from "./plan-view.ts";
import { countProblems, tallyOf } from "./tally.ts";

/** How a phase stands: `waiting` when none of its tasks may begin yet. */
export type PhaseState = "done" | "failed" | "in-progress" | "ready" | "waiting";

/** A verification's check boxes, those with ids that are tasks, too. */
export interface VerificationStanding {
  readonly key: string;
  readonly ticked: number;
  readonly criteria: number;
  readonly blocking: boolean;
  /** All boxes are ticked, there are none, or what waits for it was begun. */
  readonly passed: boolean;
}

export interface PhaseStanding {
  readonly key: string;
  readonly title: string;
  readonly place: FilePlace;
  readonly state: PhaseState;
  readonly tally: Tally;
  readonly verifications: readonly VerificationStanding[];
  /** Keys of the phases that have to be finished first and are not. */
  readonly waitsFor: readonly string[];
}

export interface FailedTask extends TaskLine {
  /** What the status file says of it. */
  readonly error: string | null;
}

/** A run as the status file has it: somebody worked through tasks of the plan. Times are as written. */
export interface PastRun {
  readonly id: string | null;
  /** `open`: nobody wrote down that it ended. */
  readonly state: "open" | "completed" | "failed";
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  /** How many tasks it completed and failed; null where it doesn't say. */
  readonly tasksCompleted: number | null;
  readonly tasksFailed: number | null;
  readonly place: FilePlace;
}

/** How a plan stands. */
export interface StatusAnswer {
  readonly plan: PlanHead;
  /** What the plan says other plans must do first; advisory. */
  readonly needsFirst: readonly UpstreamPlan[];
  readonly tally: Tally;
  readonly phases: readonly PhaseStanding[];
  /** Tasks outside of phases; null where there are none. */
  readonly outside: Tally | null;
  readonly running: readonly TaskLine[];
  readonly failed: readonly FailedTask[];
  /** What can be begun now, at most 3. */
  readonly next: readonly TaskLine[];
  /** Checks that nobody ticked, of phases that were left behind; they count as skipped. */
  readonly passedOver: readonly TaskLine[];
  readonly problems: ProblemCount;
  /** The status file that states were read from, beside the boxes; null where there is none. */
  readonly statusFile: string | null;
  /** All runs that the status file tells of, in its order. */
  readonly runs: readonly PastRun[];
  /** Of a feature of Spec Kit. */
  readonly checklists: readonly ChecklistStanding[];
  /** What is wrong with a status file that is there and can't be read: states are those of the boxes, and nothing is named as next. */
  readonly damaged: PlanDiagnostic | null;
}

/** What of a status is found elsewhere. */
interface Besides {
  /** What can be begun next. */
  readonly next: readonly TaskLine[];
  readonly checklists: readonly Checklist[];
  /** Of the status file. */
  readonly runs: readonly StatusRun[];
}

/** How the plan of a view stands. */
export function statusAnswer(view: PlanView, { next, checklists, runs }: Besides): StatusAnswer {
  const lines = taskLines(view);
  const outside = lines.filter(({ phase }) => phase === null);
  return {
    plan: view.head,
    needsFirst: view.plan.upstream,
    tally: tallyOf(lines.map(({ state }) => state)),
    phases: phaseStandings(view),
    outside: outside.length === 0 ? null : tallyOf(outside.map(({ state }) => state)),
    running: lines.filter(({ state }) => state === "in-progress"),
    failed: lines
      .filter(({ state }) => state === "failed")
      .map((line) => ({ ...line, error: view.errors.get(line.key) ?? null })),
    next: view.damaged ? [] : next,
    passedOver: lines.filter(({ key }) => isPassedOver(view, key)),
    problems: countProblems(view.diagnostics),
    statusFile: view.statusFile,
    runs: runs.map(pastRun),
    damaged: view.damaged,
    checklists: checklistStandings(checklists),
  };
}

function pastRun(run: StatusRun): PastRun {
  const { id, startedAt, completedAt, tasksCompleted, tasksFailed, place } = run;
  const ended = (tasksFailed ?? 0) > 0 ? "failed" : "completed";
  return {
    id: id ?? null,
    state: completedAt === undefined ? "open" : ended,
    startedAt: startedAt ?? null,
    completedAt: completedAt ?? null,
    tasksCompleted: tasksCompleted ?? null,
    tasksFailed: tasksFailed ?? null,
    place,
  };
}

const isPassedOver = ({ graph, progress }: PlanView, key: string): boolean =>
  progress.get(graph.indexOf.get(key) ?? -1)?.passedOver === true;

/** How each phase stands, in the order of the plan. */
export function phaseStandings(view: PlanView): readonly PhaseStanding[] {
  const verifications = verificationsOf(view);
  return phasesState(view.graph, view.progress, standingOptions(view)).map((one) => {
    const { phase, counts, tasks, percent, waitsFor } = one;
    return {
      key: phase.key,
      title: phase.title,
      place: phase.place,
      state: stateOfPhase(one),
      tally: {
        tasks,
        open: counts.open,
        inProgress: counts["in-progress"],
        done: counts.done,
        failed: counts.failed,
        skipped: counts.skipped,
        percent,
      },
      verifications: verifications.get(phase.key) ?? [],
      waitsFor,
    };
  });
}

function stateOfPhase({ state, counts }: PhaseProgress): PhaseState {
  if (state === "complete") return "done";
  if (counts.failed > 0) return "failed";
  if (counts.done + counts.skipped + counts["in-progress"] > 0) return "in-progress";
  return state === "waiting" ? "waiting" : "ready";
}

function verificationsOf(view: PlanView): ReadonlyMap<string, readonly VerificationStanding[]> {
  const found = new Map<string, VerificationStanding[]>();
  const under = checksUnder(view.plan);
  for (const one of view.plan.verifications) {
    if (one.phase === undefined) continue;
    const own = one.criteria.flatMap(({ box }) => (box ? [box.state] : []));
    const boxes = [...own, ...(under.get(one) ?? []).map((key) => stateOf(view, key))];
    const some = found.get(one.phase) ?? [];
    found.set(one.phase, some);
    some.push({
      key: one.key,
      ticked: boxes.filter(isSettled).length,
      criteria: boxes.length,
      blocking: one.blocking,
      passed: view.standing.passed(view.graph.indexOf.get(one.key) ?? -1),
    });
  }
  return found;
}
