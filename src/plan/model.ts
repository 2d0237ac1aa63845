import type { Diagnostic } from "../core/diagnostic.ts";
import type { FilePlace } from "../core/place.ts";

/**
 * What a plan says, whatever its dialect (FORMATS: S4 plans; Spec Kit's tasks.md; PRDs and phase files; dependency JSON). A plan
 * is what is written: barriers between phases and what follows from verifications are made by `plan/graph`.
 */
export interface Plan {
  /** The file that the user named; further files of the same plan are in places. */
  readonly file: string;
  readonly dialect: Dialect;
  readonly title: string;
  /** In the order of the document. Tasks outside of phases belong to none. */
  readonly phases: readonly Phase[];
  /** In the order of the document; a sub-task comes after its parent. */
  readonly tasks: readonly Task[];
  readonly verifications: readonly Verification[];
  /** What the text says of which task waits for which; keys of tasks that exist. */
  readonly dependencies: readonly Dependency[];
  /** Tasks that run one at a time, in the order given. Their edges are made by the graph. */
  readonly sequences: readonly Sequence[];
  /** What the text says runs in parallel; the order of the document does not hold between these. */
  readonly together?: readonly ParallelTasks[];
  /** What other plans this one says it needs; advisory. */
  readonly upstream: readonly UpstreamPlan[];
  readonly diagnostics: readonly PlanDiagnostic[];
}

/** `plan-file`: S4. `spec-kit`: tasks.md and its extensions. `prd`: PRD markdown and phase files. `dependency-json`: S3's inputs. */
export type Dialect = "plan-file" | "spec-kit" | "prd" | "dependency-json";

export interface Phase {
  /** Unique in the plan: the number as written (`1`, `3b`, `2A`, `3.1`), with `#2`, … for further phases of that number. */
  readonly key: string;
  /** As written, without number and annotations: `Foundational (Blocking Prerequisites)`. */
  readonly title: string;
  /** Other ids that documents have for it. */
  readonly aliases?: readonly string[];
  readonly place: FilePlace;
  /** What the whole phase waits for. The reader fills it whole: for a dialect whose phases run in order, the phase before, as `barrier`. */
  readonly after: readonly PhaseDependency[];
  /** `pipeline-start: when 1.3 completes`: the phase may begin when these are done, in place of barriers. */
  readonly startsWhen: readonly TaskMention[];
  /** Spec Kit's story that the phase builds, e.g. `US1`. */
  readonly story?: string;
  readonly objective?: string;
  readonly estimate?: Estimate;
}

export interface PhaseDependency {
  /** Key of the phase that must be finished. */
  readonly phase: string;
  readonly origin: Origin;
  readonly strength: Strength;
  /** The words that say so; for a barrier, the heading of the phase that waits. */
  readonly place: FilePlace;
  readonly reason?: string;
}

/** A task named at a place. */
export interface TaskMention {
  readonly task: string;
  readonly place: FilePlace;
}

/**
 * What a box says. `[ ]` open, `[x]` `[X]` done; what `[-]`, `[~]` and `[!]` mean depends on the dialect
 * (`plan/box-states.ts`).
 */
export type BoxState = "open" | "done" | "in-progress" | "skipped" | "failed";

export interface Box {
  /** The character between the brackets. */
  readonly mark: string;
  readonly state: BoxState;
  /** Where `mark` is in the text of its file, in UTF-16 units. */
  readonly offset: number;
}

export interface Task {
  /** Unique in the plan: the id; `L12` (the line) where it has none; with `#2`, … for further tasks of that id. */
  readonly key: string;
  /** As written, without bold: `1.4`, `T012a`. Undefined where the task has none. */
  readonly id: string | undefined;
  /** The bullet, or the heading or JSON value that is the task. */
  readonly place: FilePlace;
  /** Undefined where the dialect has no box for it; its state is then `state`, else `open`, unless a status file knows more. */
  readonly box: Box | undefined;
  /** What words say of a task without a box: `"status": "complete"`. */
  readonly state?: BoxState;
  /** Words on its line behind id and labels, annotations left in. One line. */
  readonly text: string;
  /** Lines that belong to it below, as they are, without boxes of sub-tasks. */
  readonly details: readonly PlanLine[];
  /** Key of its phase. */
  readonly phase: string | undefined;
  /** Key of the task whose sub-task this is. The parent is done when its sub-tasks are. */
  readonly parent: string | undefined;
  /** `[P]`, `Parallelizable: Yes` is true; `No` or a missing `[P]` in a dialect that has it is false; undefined where the dialect says nothing. */
  readonly parallel: boolean | undefined;
  /** The text says that all tasks so marked run in parallel: it waits for none before it by the order of the document alone. */
  readonly free?: boolean;
  /** A task that only checks: smart-ralph's `[VERIFY]`, S4's `- [ ] VERIFY …`. */
  readonly verifies: boolean;
  /** Labels as written, without brackets: `US1`, `P:3.2`, `Edge Case`. */
  readonly labels: readonly string[];
  /** `US1`, from a label or the phase. */
  readonly stories: readonly string[];
  /** Ids of requirements that it names: `FR-003`. */
  readonly requirements: readonly string[];
  /** Files that a field of its own declares (`Files:`, `files_affected`, `output_file`); mentions in text are read by `plan/resources`. */
  readonly files: readonly DeclaredFile[];
  readonly priority?: string;
  readonly estimate?: Estimate;
  readonly skills?: readonly string[];
  /** A command that shows it is done: smart-ralph's `Verify:`. */
  readonly command?: string;
}

export interface PlanLine {
  readonly line: number;
  readonly text: string;
}

export interface DeclaredFile {
  /** A path or a glob, with `/`, as written. */
  readonly path: string;
  /** Undefined where the field does not say. */
  readonly access: "read" | "write" | undefined;
  /** Guessed of words about all tasks of a phase: `all changes within one file`. */
  readonly inferred?: true;
  readonly place: FilePlace;
}

/** How long something is expected to take, in minutes of working time: 8 hours a day, 5 days a week (`plan/estimates.ts`). */
export interface Estimate {
  readonly minutes: number;
  /** Three-point, where the text gives a range. */
  readonly low?: number;
  readonly high?: number;
  /** `phase`: a share of what its phase is said to take (`plan/phase-shares.ts`). */
  readonly source: "text" | "complexity" | "phase" | "default";
  readonly place?: FilePlace;
}

/** What must hold at the end of a phase, a task, or the plan. */
export interface Verification {
  /** Unique among tasks and verifications: `VERIFY 1` (phase), `VERIFY 1.2` (task), `VERIFY` (the plan, success criteria), with `#2`, …. */
  readonly key: string;
  /** What it verifies: a phase, one task, a batch of tasks, or the whole plan (none of them). */
  readonly phase?: string;
  readonly tasks?: readonly string[];
  /** False: the next phase does not wait for it. */
  readonly blocking: boolean;
  readonly title: string;
  readonly criteria: readonly Criterion[];
  /** Commands that decide it, where given (`#### Gate 3.2`, `gate.command`). */
  readonly commands: readonly string[];
  readonly place: FilePlace;
}

export interface Criterion {
  readonly text: string;
  readonly box: Box | undefined;
  readonly place: FilePlace;
}

/** Why there is an edge. */
export type Origin =
  /** A phase waits for the one before. */
  | "barrier"
  /** The text says so: `depends on T012`, `{deps:}`, a waves table, mermaid, JSON. */
  | "explicit"
  /** A `[SEQUENTIAL]` group. */
  | "sequential"
  /** The text says that two tasks change one file, or are serialised on it. */
  | "same-file"
  /** Between what is verified and its verification, and on to what waits for it. */
  | "verification"
  /** Spec Kit's order of setup, foundation, stories, polish. */
  | "story"
  /** Not marked parallel in a dialect that has such a mark: runs in the order of the document. */
  | "order"
  /** A task waits for its sub-tasks. */
  | "part"
  /** Guessed from what the text names; can be switched off. */
  | "inferred";

export type Strength = "hard" | "soft";

/** `dependent` waits for `dependency`; both are keys of tasks or verifications. */
export interface Dependency {
  readonly dependency: string;
  readonly dependent: string;
  readonly origin: Origin;
  readonly strength: Strength;
  /** The words that say so. */
  readonly place: FilePlace;
  readonly reason?: string;
}

export interface Sequence {
  /** Keys of tasks, in the order they run. */
  readonly tasks: readonly string[];
  /** As written: `3.1-3.4`. */
  readonly range: string;
  readonly reason: string;
  readonly place: FilePlace;
}

/** Keys of tasks that run beside each other, and each beside all of `beside`; those may still be ordered among themselves. */
export interface ParallelTasks {
  readonly tasks: readonly string[];
  readonly beside: readonly string[];
  readonly place: FilePlace;
}

export interface UpstreamPlan {
  readonly name: string;
  readonly reason: string;
  readonly place: FilePlace;
}

/** A diagnostic of a plan; says what the dialect's own tool makes of the place, where it differs. */
export interface PlanDiagnostic extends Diagnostic {
  /** What the original does with it: does not see it, or reads something else. */
  readonly original?: "dropped" | "misread";
  /** Key of the task that is said to wait for what is not there. */
  readonly task?: string;
  /** Further places that belong to it, e.g. every edge along a cycle, in order. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  /** What stands there, as one sentence: `1.2 waits for 1.1 (explicit)`. */
  readonly message: string;
  readonly place: FilePlace;
}

/** One file of a plan, as text. */
export interface PlanText {
  /** Path as the user wrote it, or relative to the project. */
  readonly file: string;
  readonly text: string;
}
