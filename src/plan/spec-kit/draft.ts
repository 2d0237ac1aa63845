import type { SourceLine } from "../../core/markdown/source-lines.ts";
import type { PhaseHeading } from "./phase-heading.ts";
import type { SectionKind } from "./sections.ts";
import type { TaskLine } from "./task-line.ts";

/** What the scanner finds in a tasks.md, in the order of the document, before anything is made of it. */
export interface Draft {
  title: string;
  readonly phases: DraftPhase[];
  readonly tasks: DraftTask[];
  readonly sections: DraftSection[];
  readonly notes: DraftNote[];
  readonly checkpoints: DraftCheckpoint[];
  /** Boxes that are criteria of the whole plan. */
  readonly criteria: DraftTask[];
  /** What looks like a task, and where it was found instead. */
  readonly lookAlikes: {
    readonly line: SourceLine;
    readonly shape: TaskLine;
    readonly why: "fence" | "legend";
  }[];
}

export interface DraftPhase extends PhaseHeading {
  readonly key: string;
  readonly line: SourceLine;
  readonly level: number;
  /** Where the title stands on the line. */
  readonly at: number;
}

/** A heading below a phase, or one that is no phase. */
export interface DraftSection {
  readonly kind: SectionKind;
  readonly title: string;
  readonly line: SourceLine;
  readonly level: number;
  readonly phase: DraftPhase | undefined;
  /** Its heading or a note under it says that its tests are written first. */
  testsFirst: SourceLine | undefined;
  /** Lines of a gate. */
  readonly lines: SourceLine[];
}

export interface DraftTask {
  key: string;
  readonly line: SourceLine;
  readonly shape: TaskLine;
  readonly phase: DraftPhase | undefined;
  readonly section: DraftSection | undefined;
  readonly parent: DraftTask | undefined;
  readonly details: SourceLine[];
  readonly kind: "box" | "bullet" | "heading";
}

/** Lines that may say what waits for what: one bullet with what it continues on, a row, a line of a diagram. */
export interface DraftNote {
  readonly kind: "text" | "row" | "header" | "diagram" | "mermaid";
  readonly lines: SourceLine[];
  /** Columns before it. */
  readonly indent: number;
  /** The phase that it stands in, for a note inside one. */
  readonly phase: DraftPhase | undefined;
  /** What the label at its head says in place of a task: `**Depends on**: US2`. */
  readonly section: DraftSection | undefined;
}

export interface DraftCheckpoint {
  readonly phase: DraftPhase | undefined;
  readonly lines: SourceLine[];
  /** Where its words begin on the first line. */
  readonly at: number;
  readonly title: string;
}
