import type { Diagnostic } from "../../core/diagnostic.ts";
import type { FilePlace } from "../../core/place.ts";
import type { PlanHead, Tally } from "../../plan/answers/plan-head.ts";
import type { BoxState } from "../../plan/model.ts";
import type { FailureMode } from "../failure-mode.ts";
import type { ProjectTests } from "../project-tests.ts";
import type { ExecutionPattern } from "../patterns.ts";

/** What a run of plans would be, before anything of it is begun or spent: JSON prints it as it is. Times in minutes from the start. */
export interface RunPreview {
  readonly plans: readonly PreviewPlan[];
  readonly rules: PreviewRules;
  readonly left: { readonly tasks: number; readonly verifications: number };
  /** Phases of all plans in the order of the documents; work outside of phases has `key` null. */
  readonly phases: readonly PreviewPhase[];
  readonly estimate: PreviewEstimate;
  readonly cost: PreviewCost;
  readonly conflicts: PreviewConflicts;
  /** What will need a person, or may: in the order of the plans. */
  readonly people: readonly PreviewQuestion[];
  /** What will be checked, in the order of the plans. */
  readonly checks: readonly PreviewCheck[];
  /** What every landing runs. */
  readonly tests: ProjectTests;
  /** What an earlier run found of them on the very commit that all starts from; null where none is known. */
  readonly base: PreviewBase | null;
  /** Where nothing is left to do: runs whose work for it is not in HEAD, on branches of theirs. */
  readonly unlanded: readonly string[];
  readonly repository: PreviewRepository;
  readonly problems: readonly Diagnostic[];
}

export interface PreviewPlan {
  readonly name: string;
  readonly head: PlanHead;
  readonly tally: Tally;
}

export interface PreviewRules {
  readonly pattern: ExecutionPattern;
  readonly failures: FailureMode;
  readonly workers: number;
  /** Plans, and phases of one plan, that have something at work at once; null: as many as there are. */
  readonly plans: number | null;
  readonly phases: number | null;
  /** Tasks of a batch, for the pattern that has them. */
  readonly batch: number | null;
  /** Attempts of a task after the first. */
  readonly retries: number;
}

export interface PreviewPhase {
  /** Name of the plan. */
  readonly plan: string;
  readonly key: string | null;
  readonly title: string;
  /** Keys of phases of the plan that it waits for. */
  readonly after: readonly string[];
  readonly rows: readonly PreviewRow[];
}

/** A task or a verification. */
export interface PreviewRow {
  /** In the graph: with the plan's name in front where there are several plans. */
  readonly key: string;
  readonly kind: "task" | "verification";
  readonly text: string;
  readonly state: BoxState;
  /** What the plan expects it to take. */
  readonly minutes: number;
  /** As expected; null for what is done already, and for what is done with its parts. */
  readonly start: number | null;
  readonly end: number | null;
  /** On the longest way to the end: what makes it later makes all of it later. */
  readonly critical: boolean;
  /** Keys of work not done that it waits for itself; what others imply and the order of phases are left out. */
  readonly waitsFor: readonly string[];
  /** Its parts, which it is done with. */
  readonly parts: readonly string[];
  readonly place: FilePlace;
}

export interface PreviewEstimate {
  /** Minutes to the end, if everything takes what the plan expects. */
  readonly expected: number;
  /** The same over draws of durations; null where the plan is too large to be drawn. */
  readonly spread: { readonly p50: number; readonly p80: number; readonly p95: number } | null;
  /** How often it was drawn, and how far apart: lognormal, the mean as expected. */
  readonly draws: number;
  readonly sigma: number;
  /** No order is shorter with so many workers and one writer of a thing at a time, if everything takes what is expected. */
  readonly bound: number;
  /** Minutes of all work together, and part of the workers' time that it takes, 0 … 1. */
  readonly work: number;
  readonly utilisation: number;
  /** Minutes that all of it takes longer because no two write one thing at once. */
  readonly apart: number;
  /** Whether these are the decisions of the run itself; `dag` where the work is too large for those of another pattern, which then takes longer. */
  readonly model: "decisions" | "dag";
  /** Tasks whose minutes no text says. */
  readonly guessed: number;
}

/** What agents may cost. Money is never guessed: where nothing is known, that is told. */
export interface PreviewCost {
  /** Who works on tasks; null where nobody is named. */
  readonly agent: string | null;
  /** Calls if nothing fails, and if everything uses all its attempts. */
  readonly calls: { readonly least: number; readonly most: number };
  /** US dollars; null where they are not known. */
  readonly usd: { readonly low: number; readonly high: number } | null;
  readonly tokens: { readonly low: number; readonly high: number } | null;
  /** What it rests on, or why nothing is known: one sentence. */
  readonly basis: string;
  /** The most that the run may use, where it is limited. */
  readonly limit: { readonly usd: number | null; readonly tokens: number | null };
}

export interface PreviewConflicts {
  /** Pairs of tasks that nothing orders and that write one thing: they are kept apart. */
  readonly pairs: number;
  /** Most pairs first. */
  readonly hot: readonly {
    readonly resource: string;
    readonly pairs: number;
    readonly writers: readonly string[];
    /** Whether a field of the plan declares it; a guess otherwise. */
    readonly sure: boolean;
  }[];
  /** False where globs and folders hold more than was followed. */
  readonly complete: boolean;
  /** Keys of tasks that name nothing that they change: collisions of theirs show only when they are landed. */
  readonly unknown: readonly string[];
}

/** What a person has to say a word on, or may have to. */
export interface PreviewQuestion {
  readonly kind:
    /** Its text names files besides those that it declares to change: a change of them is asked about. */
    | "outside-declared"
    /** It is to change what may run code elsewhere, which is always asked about. */
    | "protected-change"
    /** A sync point with a gate. */
    | "gate"
    /** Somebody is at work on it, by the plan. */
    | "in-progress"
    /** Nothing is moved before a person has looked. */
    | "review"
    /** Nobody is named that works on tasks: it can't begin. */
    | "agent"
    /** The project's tests do not pass on what it begins from: it waits before anything is begun. */
    | "failing-tests"
    /** A verification that names neither a command nor a criterion. */
    | "agent-asked";
  /** Undefined where it is about all of the run. */
  readonly key?: string;
  readonly message: string;
  readonly paths: readonly string[];
  readonly place?: FilePlace;
  /** False: only if the agent does what it may well do. */
  readonly sure: boolean;
}

export interface PreviewCheck {
  /** Key of the verification or task. */
  readonly key: string;
  /** Run by us, in a working copy; null where it is prose, which an agent judges that did not do the work. */
  readonly command: string | null;
  readonly text: string;
  readonly place?: FilePlace;
}

export interface PreviewBase {
  readonly runId: string;
  readonly outcome: "passed" | "failed" | "not-run";
  readonly shown: string;
}

export interface PreviewRepository {
  /** Commit that all work starts from. */
  readonly commit: string;
  /** Short name; null where HEAD is detached. */
  readonly branch: string | null;
  readonly dirty: boolean;
  readonly shallow: boolean;
  readonly lfs: boolean;
  readonly submodules: readonly string[];
  /** Branch that results are moved to as they land; null: they stay on the run's own branch until a person asks. */
  readonly target: string | null;
  /** It is missing, and made when the run begins. */
  readonly targetIsNew: boolean;
}
