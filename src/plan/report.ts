import type { Severity } from "../core/diagnostic.ts";
import type { FilePlace } from "../core/place.ts";
import { oneLine } from "../core/text.ts";
import type { PlanDiagnostic } from "./model.ts";

/** A kind of problem as a reader's table has it; the message is said where it is found. */
export interface ProblemKind {
  readonly code: string;
  readonly severity: Severity;
  readonly hint: string;
  /** What the original tools of the format make of it. */
  readonly original?: "dropped" | "misread";
}

/** What can be wrong with ids in any dialect that is read leniently. */
export const ID_PROBLEMS = {
  duplicateId: {
    code: "PLAN_DUPLICATE_ID",
    severity: "warning",
    hint: "Give each its own id: what names the id means the first.",
  },
  unknownId: {
    code: "PLAN_DEPENDENCY_UNKNOWN",
    severity: "error",
    hint: "Correct the id, or add what it names; there is no dependency as it is.",
  },
  self: {
    code: "PLAN_SELF_DEPENDENCY",
    severity: "error",
    hint: "Name what was meant, or take it out.",
  },
} satisfies Readonly<Record<string, ProblemKind>>;

/** A diagnostic of a kind; `message` is a sentence without its full stop that may quote the user's words. */
export const note = (kind: ProblemKind, place: FilePlace, message: string): PlanDiagnostic => ({
  code: kind.code,
  severity: kind.severity,
  message: oneLine(message, 300),
  place,
  hint: kind.hint,
  ...(kind.original === undefined ? {} : { original: kind.original }),
});

/** A word of the user's, quoted and cut. */
export const quoted = (word: string): string => `"${oneLine(word, 60)}"`;
