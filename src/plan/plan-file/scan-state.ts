import type { FoldPart } from "../../core/markdown/folded.ts";
import type { SourceLine } from "../../core/markdown/source-lines.ts";
import { UniqueKeys } from "../unique-keys.ts";
import type { DraftPhase, Drafts, DraftTask, DraftVerification, Words } from "./drafts.ts";
import type { Source } from "./source.ts";

interface OpenTask {
  readonly indent: number;
  readonly task: DraftTask;
}

/** Where the reading of a file stands. */
export interface Scan {
  readonly source: Source;
  readonly drafts: Drafts;
  readonly phaseKeys: UniqueKeys;
  readonly taskKeys: UniqueKeys;
  /** Tasks by phase and id, for ids like 1.2.3 that belong to a 1.2. */
  readonly byId: Map<string, DraftTask>;
  phase: DraftPhase | undefined;
  /** The block that criteria belong to. */
  verification: DraftVerification | undefined;
  /** Whether that block is for criteria of the plan or phase, begun by a heading or a field: then every box in it is one. */
  criteria: "heading" | "field" | undefined;
  section: "criteria" | "dependencies" | "upstream" | "verify" | "other" | "beside";
  sectionLevel: number;
  /** The last heading that is no phase. */
  heading: { readonly title: string; readonly index: number } | undefined;
  /** Tasks that lines below may belong to, the innermost last. */
  readonly open: OpenTask[];
  note:
    | { readonly parts: FoldPart[]; readonly position: number; readonly list?: boolean }
    | undefined;
  /** Lines with a pipeline-start of which it is not known yet whether a heading follows; and those that belong to the next phase. */
  readonly starts: { readonly index: number; readonly words: Words }[];
  readonly pending: Words[];
}

export const newScan = (source: Source): Scan => ({
  source,
  drafts: {
    title: "",
    phases: [],
    tasks: [],
    verifications: [],
    notes: [],
    upstream: [],
    problems: [],
  },
  phaseKeys: new UniqueKeys(),
  taskKeys: new UniqueKeys(),
  byId: new Map(),
  phase: undefined,
  verification: undefined,
  criteria: undefined,
  section: "other",
  sectionLevel: 0,
  heading: undefined,
  open: [],
  note: undefined,
  starts: [],
  pending: [],
});

/** The task that a line of this indent belongs to; tasks further in are left. */
export function ownerOf(scan: Scan, indent: number): DraftTask | undefined {
  while ((scan.open.at(-1)?.indent ?? -1) >= indent) scan.open.pop();
  return scan.open.at(-1)?.task;
}

export function leaveTasks(scan: Scan): void {
  scan.open.length = 0;
}

export function lineAt(scan: Scan, index: number): SourceLine {
  const line = scan.source.lines[index];
  if (!line) throw new Error("No such line.");
  return line;
}
