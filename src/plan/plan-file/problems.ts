import type { FilePlace } from "../../core/place.ts";
import type { PlanDiagnostic } from "../model.ts";

/** What can be said of a plan file: code, severity, what S4's own tool makes of it (FORMATS §1.2), hint. docs/plans-diagnostics.md explains each. */
const KINDS = [
  ["PLAN_BOX_FORM", "warning", "dropped", "Write the box as `[ ]` or `[x]`."],
  [
    "PLAN_BOX_MARK",
    "info",
    "dropped",
    "Write `[ ]` or `[x]` if the original should see the task; other states are in status.json.",
  ],
  ["PLAN_BOX_TICKED", "info", "misread", "Mark it complete in status.json for the original, too."],
  ["PLAN_BOX_UNKNOWN", "warning", "dropped", "Write one of `[ ]`, `[x]`, `[~]`, `[-]`, `[!]`."],
  [
    "PLAN_CRITERION_WITH_ID",
    "info",
    "misread",
    "Let the criterion begin with a word, not with a number like a task's.",
  ],
  [
    "PLAN_DEPENDENCY_FORM",
    "info",
    "dropped",
    "Write `(depends: 1.1, 1.2)`, all ids one by one, if the original should see it.",
  ],
  ["PLAN_DEPENDENCY_IN_CODE", "info", "misread", "Leave the example out of the task's first line."],
  [
    "PLAN_DEPENDENCY_UNKNOWN",
    "error",
    undefined,
    "Name a task or phase of this plan, or take the words out.",
  ],
  ["PLAN_DUPLICATE_ID", "warning", "misread", "Give one of the tasks another id."],
  ["PLAN_DUPLICATE_PHASE", "warning", undefined, "Give each phase a number of its own."],
  ["PLAN_EMPTY", "warning", undefined, "Write tasks as `- [ ] 1.1 …` under `## Phase 1: …`."],
  [
    "PLAN_ID_FORM",
    "info",
    "dropped",
    "Write the id bare, as `1.2` or `1.2.3`, with a space behind, if the original should see the task.",
  ],
  ["PLAN_LINE_CUT", "warning", undefined, "Break the line: what stands behind 64 KiB is not read."],
  [
    "PLAN_LINE_ENDINGS",
    "warning",
    "dropped",
    "Save the file with LF line endings if the original should read it.",
  ],
  ["PLAN_MOJIBAKE", "warning", undefined, "Save the file as UTF-8; `‚Äî` or `â€”` was a dash."],
  [
    "PLAN_NOTE_FORM",
    "info",
    "dropped",
    "Write `**Execution Note:** Tasks 1.1-1.3 are [SEQUENTIAL] - reason`, ids of one phase, if the original should see it.",
  ],
  [
    "PLAN_NOTE_MISREAD",
    "info",
    "misread",
    "Write a range within one phase, if the original should read it so.",
  ],
  [
    "PLAN_NOTE_UNREAD",
    "info",
    undefined,
    "Say what is meant as `Tasks … are [SEQUENTIAL]` or `Phases … are [PARALLEL]`, if it is more than a remark.",
  ],
  [
    "PLAN_PARALLEL_CONTRADICTED",
    "warning",
    undefined,
    "Correct one of the two; what orders the tasks counts here.",
  ],
  [
    "PLAN_PHASE_FORM",
    "info",
    "misread",
    "Write `## Phase 2: Title` if the original should see the phase.",
  ],
  [
    "PLAN_PHASE_IN_CODE",
    "info",
    "misread",
    "Indent or change the example, so that no line of it looks like a phase.",
  ],
  [
    "PLAN_PIPELINE_START",
    "warning",
    undefined,
    "Write `(pipeline-start: when 1.3 completes)` with a task of this plan.",
  ],
  [
    "PLAN_TASK_BULLET",
    "info",
    "dropped",
    "Begin the line with `- ` if the original should see the task.",
  ],
  [
    "PLAN_TASK_IN_FENCE",
    "info",
    "misread",
    "Indent the example, so that no line of it looks like a task.",
  ],
  [
    "PLAN_TASK_IN_COMMENT",
    "info",
    "misread",
    "Take the task out of the file if it is no task any more.",
  ],
  [
    "PLAN_TASK_INDENTED",
    "info",
    "dropped",
    "Write the task without indent if the original should see it.",
  ],
  [
    "PLAN_TASK_NO_ID",
    "info",
    "dropped",
    "Give it an id, as `- [ ] 1.4 …`, if the original should see the task.",
  ],
  ["PLAN_TASK_OUTSIDE_PHASE", "info", "misread", "Move the task under the heading of its phase."],
  ["PLAN_TEMPLATE_VARIABLE", "warning", undefined, "Fill the template's variable in."],
  ["PLAN_TOO_MANY_REFERENCES", "error", undefined, "Name phases instead of long ranges of tasks."],
  [
    "PLAN_VERIFY_BOX",
    "info",
    "dropped",
    "Write `**VERIFY Phase 1:**` with criteria below; a check that should run as a task needs an id.",
  ],
  ["PLAN_VERIFY_SUBJECT", "warning", undefined, "Name the phase or task that is verified."],
] as const satisfies readonly (readonly [
  string,
  PlanDiagnostic["severity"],
  PlanDiagnostic["original"],
  string,
])[];

export type ProblemCode = (typeof KINDS)[number][0];

const BY_CODE = new Map<string, (typeof KINDS)[number]>(KINDS.map((kind) => [kind[0], kind]));

/** A diagnostic of a plan file. `message` is one sentence; text of the file in it has gone through `oneLine`. */
export function problem(code: ProblemCode, place: FilePlace, message: string): PlanDiagnostic {
  const [, severity, original, hint] = BY_CODE.get(code) ?? KINDS[0];
  return { code, severity, message, place, hint, ...(original === undefined ? {} : { original }) };
}
