import { placeOn, type SourceLine } from "../../core/markdown/source-lines.ts";
import { oneLine } from "../../core/text.ts";
import type { PlanDiagnostic } from "../model.ts";
import { boxState } from "./box-state.ts";
import type { Draft } from "./draft.ts";
import type { MadeTask } from "./make-tasks.ts";

/** Spec Kit's own line of a task: `- [ ] T012 [P] [US1] Description with path`. */
const STRICT = /^- \[[ xX]\] T\d{3,9} (?:\[P\] )?(?:\[US\d{1,3}\] )?(?=\S)/;

interface Read {
  readonly draft: Draft;
  readonly made: readonly MadeTask[];
  readonly lines: readonly SourceLine[];
  readonly file: string;
}

/** What a reader of the strict grammar drops or reads differently, and what can't be read at all. */
export function strictFindings({ draft, made, lines, file }: Read): readonly PlanDiagnostic[] {
  return [
    ...made.flatMap(taskFindings),
    ...duplicates(made),
    ...phaseFindings(draft, file),
    ...draft.lookAlikes.map(({ line, shape }) => fenced(line, shape.id ?? "", file)),
    ...lines.filter(({ cut }) => cut).map((line) => tooLong(line, file)),
  ];
}

function taskFindings({ task, draft, facts }: MadeTask): PlanDiagnostic[] {
  const { line, shape, kind } = draft;
  const found: PlanDiagnostic[] = [];
  const { place } = task;
  const mark = shape.box?.mark;
  if (mark !== undefined && boxState(mark, shape.id, shape.text) === undefined) {
    found.push({
      code: "PLAN_BOX_UNKNOWN",
      severity: "warning",
      message: `the box says [${oneLine(mark, 4)}], which means nothing known; the task counts as open`,
      place,
      hint: "Write [ ], [x], [-] for skipped, [~] for in progress or [!] for failed.",
      original: "dropped",
    });
  }
  if (task.id === undefined) return found;
  const strict = STRICT.test(line.text);
  const extra = strict ? misreadLabels(line.text, facts.labels, facts.parallel) : undefined;
  if (!strict) {
    const why = oddities(draft, kind);
    found.push({
      code: "PLAN_TASK_NOT_STRICT",
      severity: "info",
      message: `task ${oneLine(task.id, 40)} is read here, but Spec Kit's strict line does not match it: ${why}`,
      place,
      hint: "Write it as `- [ ] T012 [P] [US1] Description with path` if other tools have to see it.",
      original: "dropped",
    });
  } else if (extra !== undefined) {
    found.push({
      code: "PLAN_LABEL_NOT_STRICT",
      severity: "info",
      message: `the strict line takes ${oneLine(extra, 80)} of task ${oneLine(task.id, 40)} for part of its description`,
      place,
      hint: "Write [P] first, then at most one story, as in `T012 [P] [US1]`, if other tools have to see it.",
      original: "misread",
    });
  }
  if (draft.phase === undefined) {
    found.push({
      code: "PLAN_TASK_OUTSIDE_PHASE",
      severity: "info",
      message: `task ${oneLine(task.id, 40)} stands in no phase, so it waits for none`,
      place,
      hint: "Move it below the heading of a phase, or say what it depends on.",
    });
  }
  return found;
}

/** Why the strict line does not match, in words. */
function oddities({ line, shape }: MadeTask["draft"], kind: "box" | "bullet" | "heading"): string {
  const why: string[] = [];
  if (kind === "heading") why.push("it is a heading");
  if (kind === "bullet") why.push("it has no box");
  if (shape.box?.mark === "") why.push("its box is empty");
  if (shape.box && !/^[ xX]?$/.test(shape.box.mark))
    why.push(`its box says [${oneLine(shape.box.mark, 4)}]`);
  if (shape.bulletAt > 0) why.push("it is indented");
  if (shape.bullet !== "-" && kind !== "heading")
    why.push(`its bullet is ${oneLine(shape.bullet, 8)}`);
  if (/^T\d+[A-Za-z]$/.test(shape.id ?? "")) why.push("its id ends in a letter");
  else if (!/^T\d+$/.test(shape.id ?? "")) why.push("its id is no T with digits");
  else if (!/^T\d{3,9}$/.test(shape.id ?? "")) why.push("its id has not three digits");
  if (shape.also.length > 0) why.push("it has several ids");
  if (shape.dressed) why.push("its id is in other signs");
  if (shape.text === "") why.push("it says nothing");
  if (why.length === 0)
    why.push(line.text.startsWith("- ") ? "its spaces are others" : "it begins with a mark");
  return why.join(", ");
}

function misreadLabels(
  text: string,
  labels: readonly string[],
  parallel: boolean,
): string | undefined {
  const rest = text.replace(STRICT, "");
  const first = /^\s*\[([^\][]{1,80})\](?!\()/.exec(rest)?.[1];
  if (first !== undefined && labels.includes(first.trim())) return `[${first}]`;
  return parallel && !/\[P\] /.test(text.slice(0, text.length - rest.length))
    ? "its mark of parallel work"
    : undefined;
}

function duplicates(made: readonly MadeTask[]): PlanDiagnostic[] {
  const first = new Map<string, MadeTask>();
  return made.flatMap((one): PlanDiagnostic[] => {
    const { id, place } = one.task;
    const known = id === undefined ? undefined : first.get(id);
    if (id !== undefined && !known) first.set(id, one);
    if (id === undefined || !known) return [];
    return [
      {
        code: "PLAN_DUPLICATE_ID",
        severity: "warning",
        message: `the id ${oneLine(id, 40)} is taken: line ${known.task.place.line ?? 0} has it`,
        place,
        hint: `Give one of them another id; this one is known as ${oneLine(one.task.key, 40)}.`,
        original: "misread",
      },
    ];
  });
}

function phaseFindings({ phases }: Draft, file: string): PlanDiagnostic[] {
  return phases
    .filter(({ line }) => !/^## Phase (?:\d{1,3}(?:\.\d)?|N): \S/.test(line.text))
    .map((phase) => ({
      code: "PLAN_PHASE_NOT_STRICT",
      severity: "info",
      message: `phase ${oneLine(phase.key, 40)} is read here, but its heading is not written as Spec Kit's template has it`,
      place: { file, ...placeOn(phase.line, phase.line.text.search(/\S/)) },
      hint: "Write `## Phase 3: Title` if other tools have to see it.",
      original: "misread",
    }));
}

const fenced = (line: SourceLine, id: string, file: string): PlanDiagnostic => ({
  code: "PLAN_TASK_IN_FENCE",
  severity: "info",
  message: `task ${oneLine(id, 40)} stands in a code block and is an example`,
  place: { file, ...placeOn(line, line.text.search(/\S/)) },
  hint: "Move it out of the code block if it is a task.",
  original: "misread",
});

const tooLong = (line: SourceLine, file: string): PlanDiagnostic => ({
  code: "PLAN_LINE_CUT",
  severity: "warning",
  message: "the line is longer than 64 KiB; what comes after that is not read",
  place: { file, line: line.number, column: 1 },
  hint: "Break the line.",
});
