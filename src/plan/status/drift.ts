import { oneLine } from "../../core/text.ts";
import type { Plan, PlanDiagnostic, RelatedPlace } from "../model.ts";
import { currentPhaseOf } from "./change-status.ts";
import { countStates, TASK_STATES, type PlanStatus, type StatusTask } from "./model.ts";
import { matchRecords, type DifferingRecord, type MatchedStatus } from "./match-records.ts";
import { recordedTasks } from "./new-status.ts";

/** How many ids a message names. */
const MOST_NAMED = 5;

/**
 * Where a status file has drifted from itself and from its plan: one diagnostic for each kind of drift, with the first place and
 * the number of cases. A change through `moveTasks` mends counts and phase on its way.
 */
export function statusDrift(read: PlanStatus, plan: Plan): readonly PlanDiagnostic[] {
  const status = matchRecords(read, plan);
  return [
    ...status.diagnostics,
    ...otherPlan(status, plan),
    ...wrongCounts(status),
    ...notStarted(status),
    ...phaseBehind(status),
    ...openRuns(status),
    ...otherVersion(status),
    ...otherTexts(status),
    ...goneTasks(status),
    ...missingTasks(status, plan),
    ...otherBoxes(status, plan),
  ];
}

type Found = readonly PlanDiagnostic[];
type Told = Omit<PlanDiagnostic, "place"> & { readonly place?: PlanDiagnostic["place"] };

const told = ({ file }: PlanStatus, { place, ...rest }: Told): Found => [
  { ...rest, place: place ?? { file, line: 1, column: 1 } },
];

const fileName = (path: string) => path.split("/").at(-1);

function otherPlan(status: PlanStatus, plan: Plan): Found {
  const { planPath } = status;
  if (planPath === undefined || planPath === plan.file) return [];
  const same = fileName(planPath) === fileName(plan.file);
  return told(status, {
    code: "PLAN_STATUS_OTHER_PLAN",
    severity: same ? "info" : "warning",
    original: "misread",
    message: `The status file is of ${oneLine(planPath, 120)}, not of ${plan.file}.`,
    hint: same
      ? "If the plan was moved, write its new path into planPath; plans of one name share a status file."
      : "Give the plan a name of its own: status files are found by the name alone.",
  });
}

function wrongCounts(status: PlanStatus): Found {
  const counts = countStates(status.tasks.map(({ state }) => state));
  const { summary } = status;
  if (!summary)
    return told(status, {
      code: "PLAN_STATUS_COUNTS",
      severity: "info",
      message: "The status file has no summary.",
      hint: "The next change writes it.",
    });
  const wrong = (["totalTasks", ...TASK_STATES] as const).filter(
    (key) => summary[key] !== counts[key] && !(summary[key] === undefined && counts[key] === 0),
  );
  if (wrong.length === 0) return [];
  const each = wrong.map((key) => `${key} is ${summary[key] ?? "missing"}, counted ${counts[key]}`);
  return told(status, {
    code: "PLAN_STATUS_COUNTS",
    severity: "warning",
    message: `The summary is not what the tasks say: ${each.join("; ")}.`,
    hint: "The next change sets it right.",
  });
}

function notStarted(status: PlanStatus): Found {
  const completed = status.tasks.filter(({ state }) => state === "completed");
  const found = completed.filter(({ startedAt }) => startedAt === undefined);
  const [first] = found;
  if (!first) return [];
  return told(status, {
    code: "PLAN_STATUS_NOT_STARTED",
    severity: "info",
    message: `${found.length} of ${completed.length} completed ${completed.length === 1 ? "task has" : "tasks have"} no startedAt: ${named(found)}.`,
    place: first.place,
    hint: "How long they took is not known; start tasks before they are done.",
  });
}

function phaseBehind(status: PlanStatus): Found {
  const phase = currentPhaseOf(status.tasks);
  if (phase === undefined || phase === status.currentPhase) return [];
  const written =
    status.currentPhase === undefined ? "missing" : `"${oneLine(status.currentPhase, 60)}"`;
  return told(status, {
    code: "PLAN_STATUS_PHASE_BEHIND",
    severity: "info",
    original: "misread",
    message: `currentPhase is ${written}, the work is at "${oneLine(phase, 60)}".`,
    hint: "The next change sets it right.",
  });
}

function openRuns(status: PlanStatus): Found {
  const open = status.runs.filter(({ completedAt }) => completedAt === undefined);
  const [first] = open;
  if (!first) return [];
  const ids = open.slice(0, MOST_NAMED).map(({ id }) => oneLine(id ?? "without id", 40));
  return told(status, {
    code: "PLAN_STATUS_RUN_OPEN",
    severity: "info",
    message: `${open.length} of ${status.runs.length} ${status.runs.length === 1 ? "run was" : "runs were"} never closed: ${ids.join(", ")}.`,
    place: first.place,
    hint: "Close those that have ended.",
  });
}

/** What both say, of the first of them. */
const bothTexts = ({ record, task }: DifferingRecord): string =>
  `${oneLine(task.key, 40)} is "${oneLine(record.description ?? "", 80)}" in the status file and "${oneLine(task.text, 80)}" in the plan`;

const planPlaces = (differing: readonly DifferingRecord[]): readonly RelatedPlace[] =>
  differing.slice(0, MOST_NAMED).map(({ task }) => ({
    message: `Task ${oneLine(task.key, 40)} of the plan.`,
    place: task.place,
  }));

function otherVersion(status: MatchedStatus): Found {
  const { unlike, compared } = status;
  const [first] = unlike;
  if (!first || !status.otherVersion) return [];
  return told(status, {
    code: "PLAN_STATUS_OTHER_VERSION",
    severity: "error",
    original: "misread",
    message: `The status file is of another version of the plan: ${unlike.length} of ${compared} records have the id of a task and the text of another. ${bothTexts(first)}.`,
    place: first.record.place,
    related: planPlaces(unlike),
    hint: "Don't go by the states shown. Take the plan that the file was made for out of git, or move the status file away and tick anew.",
  });
}

function otherTexts(status: MatchedStatus): Found {
  const { unlike, reworded, compared } = status;
  const found = status.otherVersion || unlike.length === 0 ? reworded : unlike;
  const [first] = found;
  if (!first) return [];
  return told(status, {
    code: "PLAN_STATUS_TEXT_DIFFERS",
    severity: found === unlike ? "warning" : "info",
    message: `${found.length} of ${compared} records have another text than the task of their id: ${bothTexts(first)}.`,
    place: first.record.place,
    related: planPlaces(found),
    hint:
      found === unlike
        ? "See whether each is the same task: a record counts for the task of its id."
        : "The tasks were put in other words since; their records count.",
  });
}

function goneTasks(status: MatchedStatus): Found {
  const { gone } = status;
  const [first] = gone;
  if (!first) return [];
  return told(status, {
    code: "PLAN_STATUS_TASK_GONE",
    severity: "warning",
    message: `${gone.length} ${gone.length === 1 ? "task of the status file is" : "tasks of the status file are"} not in the plan: ${named(gone)}.`,
    place: first.place,
    hint: "Their records are kept and count for nothing here; put a task back into the plan under its id, if it is still one.",
  });
}

function missingTasks(status: PlanStatus, plan: Plan): Found {
  const known = new Set(status.tasks.map(({ key }) => key));
  const missing = recordedTasks(plan).filter(({ key }) => !known.has(key));
  const [first] = missing;
  if (!first) return [];
  return told(status, {
    code: "PLAN_STATUS_TASK_MISSING",
    severity: "warning",
    original: "dropped",
    message: `${missing.length} tasks of the plan have no record in the status file: ${named(missing)}.`,
    place: first.place,
    hint: "They count as pending; changing one of them makes its record.",
  });
}

function otherBoxes(status: PlanStatus, plan: Plan): Found {
  const states = new Map(status.tasks.map(({ key, state }) => [key, state]));
  const other = plan.tasks.filter(({ key, box }) => {
    const state = states.get(key);
    return box && state !== undefined && (box.state === "done") !== (state === "completed");
  });
  const [first] = other;
  if (!first) return [];
  return told(status, {
    code: "PLAN_STATUS_BOX_DIFFERS",
    severity: "info",
    original: "misread",
    message: `The boxes of ${other.length} tasks say something else than the status file: ${named(other)}.`,
    place: first.place,
    hint: "The status file counts, but for a ticked box whose record is pending; `wavegate plans tick` of such a task makes them agree.",
  });
}

const named = (tasks: readonly Pick<StatusTask, "key">[]): string =>
  tasks
    .slice(0, MOST_NAMED)
    .map(({ key }) => oneLine(key, 40))
    .join(", ") + (tasks.length > MOST_NAMED ? ", …" : "");
