import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { ConflictsAnswer } from "../../plan/answers/conflicts-answer.ts";
import type { DepsAnswer } from "../../plan/answers/deps-answer.ts";
import type { Doubt } from "../../plan/answers/doubts.ts";
import type { NextAnswer } from "../../plan/answers/next-answer.ts";
import type { PhasesAnswer } from "../../plan/answers/phases-answer.ts";
import type { Tally, TaskLine } from "../../plan/answers/plan-head.ts";
import type { ProgressAnswer } from "../../plan/answers/progress-answer.ts";
import type { PhaseState, StatusAnswer } from "../../plan/answers/status-answer.ts";
import type { ValidateAnswer } from "../../plan/answers/validate-answer.ts";
import type { WhyAnswer } from "../../plan/answers/why-answer.ts";
import type { BoxState } from "../../plan/model.ts";

/**
 * Answers as lines for programs that read logs: a word in brackets, then `key=value` with blanks between. No value has a
 * blank in it. `[PROGRESS]` lines are those of S4's own tool (FORMATS §1.4), with more of the same kind behind them.
 */

const value = (text: string): string => oneLine(text, 200).replace(/\s+/g, "_") || "-";

function marker(name: string, values: Readonly<Record<string, string | number | boolean>>): string {
  const pairs = Object.entries(values).map(([key, one]) => `${key}=${value(String(one))}`);
  return `[${name}] ${pairs.join(" ")}`;
}

/** The words that S4's own tool writes. */
const STATES: Readonly<Record<BoxState, string>> = {
  open: "pending",
  "in-progress": "started",
  done: "completed",
  failed: "failed",
  skipped: "skipped",
};

const PHASE_STATES: Readonly<Record<PhaseState, string>> = {
  waiting: "waiting",
  ready: "pending",
  "in-progress": "started",
  done: "completed",
  failed: "failed",
};

const taskMarker = (task: TaskLine): string =>
  marker("PROGRESS", { task: task.key, status: STATES[task.state] });

const phaseMarkers = (phases: StatusAnswer["phases"] | ProgressAnswer["phases"]): string[] =>
  phases.map(({ key, state, tally }) =>
    marker("PROGRESS", { phase: key, status: PHASE_STATES[state], percent: tally.percent }),
  );

const summary = (tally: Tally): string =>
  `[PROGRESS] summary completed=${tally.done} pending=${tally.open} failed=${tally.failed} in_progress=${tally.inProgress} skipped=${tally.skipped} total=${tally.tasks}`;

/** Every task that is not open, every phase, the plan, its counts. */
export const progressMarkers = ({ tasks, phases, state, tally }: ProgressAnswer): string[] => [
  ...tasks.filter((task) => task.state !== "open").map(taskMarker),
  ...phaseMarkers(phases),
  `[PROGRESS] plan status=${state} percent=${tally.percent}`,
  summary(tally),
];

export const statusMarkers = ({ running, failed, phases, tally }: StatusAnswer): string[] => [
  ...[...running, ...failed].map(taskMarker),
  ...phaseMarkers(phases),
  summary(tally),
];

export const phasesMarkers = ({ phases }: PhasesAnswer): string[] => phaseMarkers(phases);

export const nextMarkers = ({ tasks, passedOver, verifications }: NextAnswer): string[] => [
  ...tasks.flatMap(({ key, rank, critical, estimateMinutes, doubts }) => [
    marker("NEXT", { task: key, rank, critical, minutes: estimateMinutes }),
    ...doubtMarkers(key, doubts),
  ]),
  ...passedOver.map(({ key, because, beside }) =>
    marker("HELD", { task: key, because, beside: beside ?? "" }),
  ),
  ...verifications.map(({ key }) => marker("VERIFY", { task: key })),
];

export const depsMarkers = ({ edges, criticalPath, cycles }: DepsAnswer): string[] => [
  ...edges.map(({ dependency, dependent, origin, strength, place }) =>
    marker("EDGE", {
      from: dependency,
      to: dependent,
      origin,
      strength,
      place: formatPlace(place),
    }),
  ),
  ...criticalPath.map((task) => marker("CRITICAL", { task })),
  ...cycles.map(({ code, place }) => marker("CYCLE", { code, place: formatPlace(place) })),
];

const doubtMarkers = (task: string, doubts: readonly Doubt[]): string[] =>
  doubts.map(({ kind, place }) => marker("DOUBT", { task, kind, place: formatPlace(place) }));

export const whyMarkers = ({ task, verdict, edges, doubts }: WhyAnswer): string[] => [
  marker("WHY", { task: task.key, verdict }),
  ...doubtMarkers(task.key, doubts),
  ...edges.map(({ dependency, state, passed, origin, place }) =>
    marker("WAITS", {
      task: dependency,
      status: STATES[state],
      passed: passed ? "yes" : "no",
      origin,
      place: formatPlace(place),
    }),
  ),
];

export const validateMarkers = ({ diagnostics, problems }: ValidateAnswer): string[] => [
  ...diagnostics.map(({ code, severity, place }) =>
    marker("PROBLEM", { code, severity, place: formatPlace(place) }),
  ),
  marker("PROBLEMS", { ...problems }),
];

export const conflictMarkers = ({ conflicts, history }: ConflictsAnswer): string[] => [
  ...conflicts.contentions.flatMap(({ listed }) =>
    listed.map(({ a, b, resource, kind, sure, exclusive }) =>
      marker("CONFLICT", { tasks: `${a},${b}`, resource, kind, guessed: !sure, exclusive }),
    ),
  ),
  ...(history?.likely ?? []).map(({ task, writer, rule }) =>
    marker("HISTORY", {
      tasks: `${task},${writer}`,
      changes: rule.from,
      mostly_with: rule.to,
      together: rule.together,
      of: rule.changes,
    }),
  ),
  marker("CONFLICTS", {
    write_write: conflicts.writeWrite,
    read_write: conflicts.readWrite,
    complete: conflicts.complete,
  }),
];
