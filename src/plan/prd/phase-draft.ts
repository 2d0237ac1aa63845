import type { Criterion, DeclaredFile, PlanLine } from "../model.ts";
import type { PhaseBlock } from "./find-phases.ts";
import type { PlacedLine } from "./outline.ts";
import type { LineShape } from "./task-shape.ts";

/** Words that say what something waits for, where they stand. */
export interface Words {
  readonly text: string;
  readonly line: PlacedLine;
  /** Where `text` begins on the line, in UTF-16 units. */
  readonly at: number;
}

export interface TaskDraft {
  readonly id: string | undefined;
  readonly line: PlacedLine;
  /** Where the bullet or heading stands. */
  readonly at: number;
  readonly text: string;
  readonly mark: LineShape["mark"];
  readonly parallel: boolean | undefined;
  readonly labels: readonly string[];
  /** How it is written; `numbered` ids are made of the phase's number and the number in the list. */
  readonly form: "box" | "heading" | "numbered" | "bullet";
  readonly parent: TaskDraft | undefined;
  readonly indent: number;
  readonly details: PlanLine[];
  readonly files: DeclaredFile[];
  readonly needs: Words[];
  readonly criteria: Criterion[];
  /** Words of a field that says how long it takes. */
  effort: Words | undefined;
}

/** A list of criteria under one heading or field. */
export interface CriteriaDraft {
  readonly title: string;
  readonly line: PlacedLine;
  readonly at: number;
  readonly criteria: Criterion[];
}

/** What stands in a phase, before ids are resolved. */
export interface PhaseDraft {
  readonly block: PhaseBlock;
  readonly tasks: TaskDraft[];
  /** Boxes under Deliverables: tasks where there are no others, else criteria. */
  readonly deliverables: TaskDraft[];
  readonly criteria: CriteriaDraft[];
  readonly dependencies: Words[];
  /** Whether a field or heading for dependencies is there, also where it says None. */
  saysDependencies: boolean;
  /** Whether dependencies are bullets below it. */
  bulleted: boolean;
  /** Lines of the strategy for parallel work, which say what is to be done after what. */
  readonly strategy: Words[];
  readonly outputs: Words[];
  goal: string | undefined;
  effort: Words | undefined;
}
