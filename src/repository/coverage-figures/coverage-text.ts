/** Covered and all lines of one source file. */
export interface FileCoverage {
  readonly path: string;
  readonly covered: number;
  readonly total: number;
}

/** What a coverage file says: its files, and its own total where it states one. */
export interface ReadCoverage {
  readonly files: readonly FileCoverage[];
  readonly covered: number;
  readonly total: number;
}

/** The text is not in its format; the message says how, and is for people. */
export class BrokenCoverage extends Error {}
