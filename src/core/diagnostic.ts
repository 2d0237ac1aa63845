import type { FilePlace } from "./place.ts";

/** How bad a diagnostic is: an `error` stops the work, a `warning` is worth a look, an `info` is for the record. */
export type Severity = "error" | "warning" | "info";

/** A problem at a place in the user's text, with what to do about it. */
export interface Diagnostic {
  /** Stable, upper-case, e.g. `SPEC_VAGUE_WORDING`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence; text from the user's file is quoted and cut, never longer than needed. */
  readonly message: string;
  readonly place: FilePlace;
  /** What to do next, as one imperative sentence. */
  readonly hint: string;
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Order for people: by place in the file, worst first on one place. */
export const compareDiagnostics = (a: Diagnostic, b: Diagnostic): number =>
  a.place.file.localeCompare(b.place.file) ||
  (a.place.line ?? 0) - (b.place.line ?? 0) ||
  (a.place.column ?? 0) - (b.place.column ?? 0) ||
  RANK[a.severity] - RANK[b.severity] ||
  a.code.localeCompare(b.code);
