import { oneLine } from "../../core/text.ts";
import type { PhaseStanding, PhaseState, StatusAnswer } from "../../plan/answers/status-answer.ts";
import { composeLine, symbolsOf, wrapText, type Cell, type Style, type Tone } from "../style.ts";
import { plural } from "../figure-lines.ts";
import { openBoxesText } from "./checklist-text.ts";
import {
  damagedLines,
  headLines,
  keyColumns,
  keysText,
  keyText,
  labelled,
  problemText,
  problemTone,
  progressBar,
  prose,
  tallyText,
  taskCells,
  taskText,
} from "./plan-words.ts";
import { upstreamLines } from "./upstream-lines.ts";

const BAR = 8;
const COUNT = 8;
const EXTRA = 15;

const PHASE_TONES: Readonly<Record<PhaseState, Tone>> = {
  done: "good",
  failed: "bad",
  "in-progress": "accent",
  ready: "plain",
  waiting: "quiet",
};

/** How a plan stands: a line for each phase, the whole, and what runs, failed and comes next. */
export function statusLines(answer: StatusAnswer, style: Style): string[] {
  const { plan, phases, outside, tally, problems } = answer;
  const columns = keyColumns(
    phases.map(({ key }) => key),
    6,
  );
  return [
    ...headLines(plan, style),
    ...upstreamLines(answer.needsFirst, style),
    ...damagedLines(answer.damaged, style),
    "",
    ...phases.map((phase) => phaseLine(phase, columns, style)),
    ...(outside ? [outsideLine(outside, columns, style)] : []),
    ...(phases.length > 0 || outside ? [""] : []),
    composeLine(style, [
      { text: " ", columns: 1 },
      ...progressBar(tally, 20, style),
      { text: `  ${tallyText(tally)}`, tone: "strong" },
    ]),
    "",
    ...taskBlock("in progress", answer.running, style),
    ...failedBlock(answer.failed, style),
    ...taskBlock("next", answer.next, style),
    ...passedOverLines(answer.passedOver, style),
    ...(answer.statusFile === null
      ? []
      : [labelled(style, "status file", oneLine(answer.statusFile, 400))]),
    ...runLines(answer.runs, style),
    ...checklistLines(answer.checklists, style),
    labelled(style, "problems", problemText(problems), problemTone(problems)),
  ];
}

/** A phase with its bar, its counts, and what keeps it. */
export function phaseLine(phase: PhaseStanding, columns: number, style: Style): string {
  const tone = PHASE_TONES[phase.state];
  const title = Math.max(10, style.width - columns - BAR - COUNT - EXTRA - 8);
  const settled = phase.tally.done + phase.tally.skipped;
  return composeLine(style, [
    { text: ` ${phaseSymbol(phase.state, style)} `, tone },
    { text: keyText(phase.key), columns: columns + 2, tone: "strong" },
    { text: oneLine(phase.title, 200), columns: title },
    { text: "  " },
    ...progressBar(phase.tally, BAR, style),
    { text: `${settled}/${phase.tally.tasks}`, columns: COUNT, align: "right" },
    { text: "  " },
    ...extraCells(phase),
  ]);
}

function phaseSymbol(state: PhaseState, style: Style): string {
  const { good, bad, partial, pending, arrow } = symbolsOf(style);
  return {
    done: good,
    failed: bad,
    "in-progress": partial,
    ready: arrow.slice(0, 1),
    waiting: pending,
  }[state];
}

function extraCells({ tally, state, waitsFor, verifications }: PhaseStanding): readonly Cell[] {
  const open = verifications.filter(({ ticked, criteria }) => ticked < criteria);
  if (tally.failed > 0) return [{ text: `${tally.failed} failed`, tone: "bad" }];
  if (tally.inProgress > 0) return [{ text: `${tally.inProgress} in progress`, tone: "accent" }];
  if (state === "waiting" && waitsFor.length > 0)
    return [{ text: `after ${keysText(waitsFor, 3)}`, tone: "quiet" }];
  if (tally.open === 0 && open.length > 0)
    return [
      {
        text: `verify ${sum(open.map(({ ticked }) => ticked))}/${sum(open.map(({ criteria }) => criteria))}`,
        tone: "warn",
      },
    ];
  return state === "ready" ? [{ text: "ready" }] : [];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** Runs that are shown, the last ones. */
const MOST_RUNS = 3;

const RUN_TONES = { open: "accent", completed: "good", failed: "bad" } as const;

/** The last runs that the status file tells of, the newest first. */
function runLines(runs: StatusAnswer["runs"], style: Style): string[] {
  const shown = runs.slice(-MOST_RUNS).toReversed();
  const earlier = runs.length - shown.length;
  return shown.map((run, index) => {
    const more = earlier > 0 && index === shown.length - 1 ? `; ${earlier} earlier` : "";
    const [done, failed] = [run.tasksCompleted ?? 0, run.tasksFailed ?? 0];
    return composeLine(style, [
      { text: index === 0 ? " runs" : "", columns: 13, tone: "quiet" },
      { text: run.state, columns: 11, tone: RUN_TONES[run.state] },
      { text: timeText(run.startedAt), columns: 22 },
      { text: `${plural(done, "task")} done, ${failed} failed${more}`, tone: "quiet" },
    ]);
  });
}

/** `2026-02-03T04:05:06.789Z` without what nobody reads; other writings as they are. */
function timeText(written: string | null): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]{0,12}Z$/.exec(written ?? "") ?? [];
  return day === undefined ? oneLine(written ?? "at no time", 20) : `${day} ${time} UTC`;
}

function passedOverLines(checks: StatusAnswer["passedOver"], style: Style): string[] {
  const [only, another] = checks;
  if (!only) return [];
  const begun = another ? "their phases were left behind" : "its phase was left behind";
  const keys = keysText(checks.map(({ key }) => key));
  const text = `${keys}: nobody ticked ${another ? "them" : "it"}, but ${begun}`;
  return wrapText(text, Math.max(20, style.width - EXTRA)).map((line, index) =>
    labelled(style, index === 0 ? "passed over" : "", line, "warn"),
  );
}

function checklistLines(checklists: StatusAnswer["checklists"], style: Style): string[] {
  if (checklists.length === 0) return [];
  const open = openBoxesText(checklists);
  const tone = open === undefined ? "good" : "warn";
  return [labelled(style, "checklists", open ?? "all boxes ticked", tone)];
}

const outsideLine = (tally: NonNullable<StatusAnswer["outside"]>, columns: number, style: Style) =>
  phaseLine(
    {
      key: "",
      title: "outside of phases",
      place: { file: "" },
      state: tally.percent === 100 ? "done" : tally.failed > 0 ? "failed" : "ready",
      tally,
      verifications: [],
      waitsFor: [],
    },
    columns,
    style,
  );

function taskBlock(label: string, tasks: StatusAnswer["running"], style: Style): string[] {
  const columns = keyColumns(tasks.map(({ key }) => key));
  return tasks.map((task, index) =>
    composeLine(style, [
      { text: ` ${index === 0 ? label : ""}`, columns: 13, tone: "quiet" },
      ...taskCells(task, columns, style),
    ]),
  );
}

function failedBlock(tasks: StatusAnswer["failed"], style: Style): string[] {
  return tasks.flatMap((task, index) => [
    ...taskBlock(index === 0 ? "failed" : "", [task], style),
    ...(task.error === null ? [] : prose(taskText(task.error), style, "bad", 15)),
  ]);
}
