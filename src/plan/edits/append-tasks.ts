import { readLines, type SourceLine } from "../../core/markdown/source-lines.ts";
import { ok } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import type { Phase, Plan, PlanText } from "../model.ts";
import { insertLines } from "./insert-lines.ts";
import { nextIds, nextPhase } from "./next-ids.ts";
import { refused, type Edited } from "./refused.ts";

export interface NewTask {
  /** What is to be done, on one line, without id. */
  readonly text: string;
  /** Spec Kit's `[P]`. */
  readonly parallel?: boolean;
  /** Spec Kit's story, `US1`. */
  readonly story?: string;
}

export interface Addition {
  /** Key of the phase at whose end they are put; a phase of their own without it. */
  readonly phase?: string;
  /** Of the phase of their own. */
  readonly title?: string;
  readonly tasks: readonly NewTask[];
}

export interface Appended {
  readonly text: string;
  /** Ids that the tasks were given, in their order. */
  readonly ids: readonly string[];
}

/** Spec Kit's `/speckit.converge` calls the phase so. */
const TITLE = "Convergence";

/**
 * Add tasks; nothing that is there is changed, moved or renumbered, ids are never used again. In a tasks.md of Spec Kit they
 * come to the end, in a phase of their own, as `/speckit.converge` does it; in a plan of S4 at the end of a
 * phase. Line ends are those of the place, and a file without a final newline stays one. No tasks, no change.
 * Errors: PLAN_EDIT_REFUSED; PLAN_TASK_UNKNOWN for a phase that isn't there.
 */
export function appendTasks(source: PlanText, plan: Plan, addition: Addition): Edited<Appended> {
  const unfit = addition.tasks.find(
    ({ text }) => text.trim() === "" || oneLine(text, 4000) !== text.trim(),
  );
  if (unfit)
    return refused(
      "PLAN_EDIT_REFUSED",
      `"${oneLine(unfit.text, 60)}" can't be the text of a task.`,
      {
        hint: "Give one line of plain text.",
        place: { file: source.file },
      },
    );
  if (addition.tasks.length === 0) return ok({ text: source.text, ids: [] });
  if (plan.dialect === "spec-kit" && addition.phase === undefined)
    return appendPhase(source, plan, addition);
  if (plan.dialect === "plan-file" && addition.phase !== undefined)
    return appendToPhase(source, plan, addition.phase, addition.tasks);
  const { message, hint } = REFUSALS[plan.dialect];
  return refused("PLAN_EDIT_REFUSED", message, {
    hint: hint(plan.phases.map(({ key }) => oneLine(key, 24))),
    place: { file: source.file },
  });
}

interface Refusal {
  readonly message: string;
  readonly hint: (phases: readonly string[]) => string;
}

const MOST_PHASES = 8;

/** Why tasks are not added to a plan of each dialect, and what to do. */
const REFUSALS: Readonly<Record<Plan["dialect"], Refusal>> = {
  "plan-file": {
    message: "It is not said to which phase the tasks belong.",
    hint: (phases) =>
      phases.length === 0
        ? "Give the plan a phase: `## Phase 1: …`."
        : `Give one of its phases with --phase: ${phases.slice(0, MOST_PHASES).join(", ")}${phases.length > MOST_PHASES ? ` and ${phases.length - MOST_PHASES} more` : ""}.`,
  },
  "spec-kit": {
    message: "Tasks of Spec Kit are not added to a phase.",
    hint: () => "Name no phase: Spec Kit adds tasks at the end, in a phase of their own.",
  },
  prd: {
    message: "Tasks are not added to a PRD.",
    hint: () => "Write them into the document.",
  },
  "dependency-json": {
    message: "Tasks are not added to dependency JSON.",
    hint: () => "Make the document anew with the tool that made it.",
  },
};

function appendPhase(source: PlanText, plan: Plan, { title, tasks }: Addition): Edited<Appended> {
  const probe = readLines(`${source.text}
x`).at(-1);
  if (probe?.kind !== "text" || probe.text !== "x")
    return refused("PLAN_EDIT_REFUSED", `At its end, ${source.file} is inside code or a comment.`, {
      hint: "Close the fence or the comment; tasks that are added there would not be seen.",
      place: { file: source.file, line: (probe?.number ?? 2) - 1, column: 1 },
    });
  const ids = nextIds(plan, tasks.length);
  const added = [
    `## Phase ${nextPhase(plan)}: ${title ?? TITLE}`,
    "",
    ...tasks.map(({ text, parallel, story }, at) =>
      [`- [ ] ${ids[at]}`, parallel ? "[P]" : "", story ? `[${story}]` : "", text.trim()]
        .filter((part) => part !== "")
        .join(" "),
    ),
  ];
  return ok({ text: insertLines(source.text, source.text.length, added, { apart: true }), ids });
}

function appendToPhase(
  source: PlanText,
  plan: Plan,
  key: string,
  tasks: readonly NewTask[],
): Edited<Appended> {
  const phase = plan.phases.find((each) => each.key === key && each.place.file === source.file);
  if (!phase)
    return refused("PLAN_TASK_UNKNOWN", `The plan has no phase ${oneLine(key, 40)}.`, {
      hint:
        plan.phases.length === 0
          ? "The plan has no phases; write a heading like `## Phase 1: Name` first."
          : `Take one that is there: ${plan.phases
              .slice(0, 20)
              .map((each) => oneLine(each.key, 20))
              .join(", ")}.`,
      place: { file: source.file },
    });
  const lines = readLines(source.text);
  const after = lastLineOf(phase, plan, lines);
  if (!after)
    return refused("PLAN_CHANGED", `${source.file} is not what it was when it was read.`, {
      hint: "Run the command again.",
      place: phase.place,
    });
  const ids = nextIds(plan, tasks.length, phase);
  const added = tasks.map(({ text }, at) => `- [ ] ${ids[at]} ${text.trim()}`);
  const end = endOf(after, source.text);
  const apart = !/^\s*(?:[-*+]|\d{1,9}[.)])\s/.test(after.text) && !/^\s+\S/.test(after.text);
  return ok({ text: insertLines(source.text, end, added, { apart }), ids });
}

/** Where a line ends, its line end included. */
function endOf({ start }: SourceLine, text: string): number {
  const pattern = /\r\n|\n|\r/g;
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  return found ? found.index + found[0].length : text.length;
}

/** The last line of a phase's last task with all that belongs to it; of the phase's head where it has none. */
function lastLineOf(
  phase: Phase,
  plan: Plan,
  lines: readonly SourceLine[],
): SourceLine | undefined {
  const own = plan.tasks.filter((task) => task.phase === phase.key);
  const working = own.filter(({ verifies }) => !verifies);
  const starts = (working.length > 0 ? working : own).map(({ place }) => place.line ?? 0);
  const start = starts.reduce((one, other) => Math.max(one, other), 0);
  const belongs = start > 0 ? isBelow : isHead;
  let last = (start > 0 ? start : (phase.place.line ?? 0)) - 1;
  for (let at = last + 1; at < lines.length; at++) {
    const line = lines[at];
    if (!line || !belongs(line)) break;
    if (line.text.trim() !== "") last = at;
  }
  return lines[last];
}

/** Blank, code, or further in than a bullet of its own. */
const isBelow = ({ kind, text }: SourceLine): boolean => kind === "code" || /^(?:\s|$)/.test(text);

/** What stands below the heading of a phase before anything else begins. */
const isHead = ({ kind, text }: SourceLine): boolean =>
  kind === "code" || !/^(?:#{1,6}\s|---|\*\*VERIFY)/.test(text);
