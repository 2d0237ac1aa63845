import { ID_PROBLEMS, type ProblemKind } from "../report.ts";

/** What can be wrong with a dependency JSON before its claims are checked; the message is said where it is found. */
export const REPORT = {
  syntax: {
    code: "PLAN_JSON_SYNTAX",
    severity: "error",
    hint: "Correct brackets, quotes and commas here; nothing of this document was read.",
  },
  feature: {
    code: "PLAN_JSON_EXTRA",
    severity: "warning",
    hint: "Remove it: it is read past here, other programs refuse the whole file.",
  },
  duplicate: {
    code: "PLAN_JSON_DUPLICATE_KEY",
    severity: "warning",
    hint: "Keep one of the two; the last one is read.",
  },
  empty: {
    code: "PLAN_JSON_EMPTY",
    severity: "error",
    hint: "Write phases, tasks, nodes with edges, or waves.",
  },
  field: {
    code: "PLAN_JSON_FIELD",
    severity: "warning",
    hint: "Give it an id or a name; it was left out.",
  },
  ...ID_PROBLEMS,
  strength: {
    code: "PLAN_STRENGTH_UNKNOWN",
    severity: "warning",
    hint: "Write hard or soft; it is read as hard.",
  },
  strengths: {
    code: "PLAN_STRENGTH_CONTRADICTS",
    severity: "warning",
    hint: "Say the same in both places; hard counts.",
  },
  effort: {
    code: "PLAN_DURATION_UNREADABLE",
    severity: "warning",
    hint: "Write a number and a unit: 3 weeks, 2 days, 4 hours.",
  },
  matrix: {
    code: "PLAN_EDGES_FROM_MATRIX",
    severity: "info",
    hint: "Write edges with source and target: a matrix does not say which way it is to be read.",
  },
  tooMany: {
    code: "PLAN_TOO_MANY_EDGES",
    severity: "error",
    hint: "Let phases wait for phases rather than each task for all tasks of a phase.",
  },
} satisfies Readonly<Record<string, ProblemKind>>;
