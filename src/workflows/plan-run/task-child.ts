import type { BudgetFigures } from "../../core/budget-figures.ts";
import type { Usage } from "../../core/event.ts";
import type { FileChange } from "../../ports/workspaces.ts";
import type { ResourceUse } from "../../plan/resources/model.ts";
import type { Expectation } from "../../execution/expectation.ts";
import type { TaskReport } from "../../execution/checkpoints/task-notes.ts";
import type { TaskEvent } from "../../execution/task-event.ts";
import type { StopReason } from "../../stage/records.ts";
import type { Stored } from "./taken-plans.ts";

/** The stage that calls of a run of plans are counted under. */
export const IMPLEMENTATION_STAGE = "implementation";

/** A command of ours over the work. */
export type TaskCheck = {
  readonly name: string;
  readonly command: string;
  /** What shows that it passed. */
  readonly expects: Expectation;
};

/** What every child of a run of plans is told. */
export type ChildBase = {
  readonly task: string;
  /** For people. */
  readonly title: string;
  readonly attempt: number;
  /** Number of its start among all of the run. */
  readonly sequence: number;
  /** Commit to work from. */
  readonly base: string;
  readonly checks: readonly TaskCheck[];
  readonly agent: string;
  /** All that the agent is told. */
  readonly prompt: string;
  /** Where `base` was tested: the same command need not be run on it again. */
  readonly proven?: ProvenCommit;
  readonly limits: ChildLimits;
};

export type ChildLimits = {
  readonly taskTimeoutMs: number;
  readonly stallMs: number;
  readonly checkTimeoutMs: number;
  readonly agentLimit: number | null;
  readonly maxMemoryBytes: number | null;
  readonly budgeted: boolean;
};

/** What bounds a task's changes. Paths are relative to the project. */
export type TaskBounds = {
  readonly uses: readonly Stored<ResourceUse>[];
  /** Nobody but the run itself changes these; a folder (with a final `/`) stands for all in it. */
  readonly kept: readonly string[];
  /** It asks for a check, which commands make: nothing need be changed. */
  readonly mayChangeNothing: boolean;
  /** What the configuration protects: changes of it wait for a person's word. */
  readonly protect: readonly string[];
  /** Files that the repository had before. */
  readonly filesBefore: number;
  /** Paths that a person let through, relative to the repository. */
  readonly shown: readonly string[];
};

/** A task that an agent works on; with `result`, one whose result a person let through: it is judged again, and checked. */
export type TaskInput = ChildBase & {
  readonly bounds: TaskBounds;
  /** Commits that the prompt speaks of. */
  readonly mentions?: readonly string[];
  readonly result: TaskResult | null;
};

/** A verification, or a task that only checks. `prose`: criteria that an agent judges. */
export type VerifyInput = ChildBase & { readonly prose: readonly string[] };

/** A commit that a command passed on, in a clone that nobody had worked in. */
export type ProvenCommit = {
  readonly commit: string;
  readonly command: string;
  /** What shows it, as a line. */
  readonly shown: string;
};

/** What an attempt left, as it was collected. Paths are relative to the repository. */
export type TaskResult = {
  readonly ref: string;
  readonly commit: string;
  readonly base: string;
  readonly changes: readonly Stored<FileChange>[];
  /** Files that the plan declares and that it has not. */
  readonly absent?: readonly string[];
  /** Folder of the project in its repository, `""` or with a final `/`. */
  readonly prefix: string;
  /** What the agent said of it, one text. */
  readonly report: string;
  /** The same in its parts, where it kept to them. */
  readonly told: Stored<TaskReport> | null;
};

/** What an agent used, over all calls of a child. */
export type ChildCost = {
  readonly usage: { readonly [key in keyof Usage]: Usage[key] };
  readonly priced: boolean;
  /** How the run stands with it. */
  readonly budget: BudgetFigures | null;
  readonly outputBytes: number;
  /** How long it was at work. Milliseconds. */
  readonly agentMs: number;
  /** What ended the last call lay outside of the agent: whether it said anything tells nothing of it. */
  readonly outside?: true;
};

/** What came of an attempt. */
export type TaskOutput = {
  /** In order, after `started`. */
  readonly events: readonly Stored<TaskEvent>[];
  readonly result: TaskResult | null;
  /** Null where nobody was asked. */
  readonly cost: ChildCost | null;
  readonly changedFiles: number;
  /** By the clock of whoever worked. Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Digest of the artifact with what shows it. */
  readonly evidence: string | null;
  /** Only a person can mend it: the attempt does not count, and nothing more is begun before. */
  readonly stop: StopReason | null;
};
