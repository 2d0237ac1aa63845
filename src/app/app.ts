import type { Diagnostic } from "../core/diagnostic.ts";
import type { WavegateError } from "../core/error.ts";
import type { DecisionKind, Progress, RecordedEvent } from "../core/event.ts";
import type { Result } from "../core/result.ts";
import type { MetricsReport } from "../history/metrics/metrics-report.ts";
import type { Span, Trace } from "../history/trace/span.ts";
import type { AgentList, AgentsRequest } from "./list-agents.ts";
import type { AuditEntry, AuditStanding } from "../ports/audit.ts";
import type { RunRecord, RunStatus } from "../ports/engine.ts";
import type { Database, HealthCheck } from "../ports/health.ts";
import type { Spec } from "../spec/model.ts";
import type { RunCall } from "./run-calls.ts";
import type { CallReason } from "./why-answered.ts";
import type { PlanHoldInfo } from "../execution/plan-message.ts";
import type { GateInfo, HoldInfo, WorkInfo } from "../stage/records.ts";
import type { InitReport, InitRequest } from "./init-project.ts";
import type { PlanCases } from "./plans/plan-cases.ts";
import type { ExecutionCases } from "./execution/execution-cases.ts";
import type { ScheduleCases } from "./schedule/schedule-cases.ts";
import type { BudgetSpec } from "../stage/budget/budget-spec.ts";
import type { Raise } from "../stage/budget/ledger.ts";
import type { BudgetStanding } from "../stage/budget/standing.ts";
import type { StageWishes } from "../stage/config/resolve-stage.ts";
import type { Readings, ScoreSettings } from "../stage/rules/readings.ts";
import type {
  CheckedConfig,
  ExplainedConfig,
  PrintedConfig,
  PrintRequest,
} from "./config-cases.ts";
import type { EjectedPrompt, PromptEntry, ShownPrompt } from "./prompt-cases.ts";
import type { ResourceMode } from "../stage/rules/resources.ts";

/** What `wavegate check` found in a spec. */
export interface CheckReport {
  readonly file: string;
  /** SHA-256 of the file's bytes, in hex. */
  readonly digest: string;
  readonly text: string;
  readonly spec: Spec;
  readonly diagnostics: readonly Diagnostic[];
}

/** What `wavegate score` counted (ST-16). */
export interface ScoreReport {
  readonly file: string;
  readonly title: string;
  readonly readings: Readings;
}

/** What a run of one stage is asked for. */
export interface StageRequest {
  /** Path as the user gave it: a spec file, or a folder that holds `spec.md`. */
  readonly spec: string;
  /** Plays every role, whatever the configuration says. */
  readonly agent?: string;
  readonly profile?: "api" | "coding-agent";
  readonly concurrency?: number;
  /** Ask every agent, whatever the cache has. */
  readonly refresh?: boolean;
  /** For a review: look for known holes of the dependencies, which sends names and versions of packages outside. */
  readonly audit?: boolean;
  /** For a review: artifacts that are made only on demand. */
  readonly artifacts?: NonNullable<StageWishes["artifacts"]>;
  /** In place of computed scores, before those of the configuration. */
  readonly scores?: ScoreSettings;
  /** In place of what is measured of the machine. */
  readonly resources?: ResourceMode;
  /** `phased`: preparation cuts the work into phases that are validated one by one (S2 §7). */
  readonly implementation?: "whole" | "phased";
  /** What the run may use, in place of what the configuration says. */
  readonly budget?: BudgetSpec;
  /** Leave the run for a `wavegate worker` instead of running it here. */
  readonly detach?: boolean;
}

/** What a run of several stages is asked for. */
export interface CompleteRequest extends StageRequest {
  /** The first stage; without it `plan`. */
  readonly from?: "plan" | "prepare" | "review";
  /** The last stage; without it `review`. */
  readonly until?: "plan" | "prepare" | "review";
}

/** A run for people: the engine's record with what its waits and result mean. */
export interface RunView {
  readonly record: RunRecord;
  /** Set while a gate waits for a decision. */
  readonly gate?: GateInfo;
  /** Who may decide at that gate by the configuration as it is now; absent: whoever does. */
  readonly reviewers?: readonly string[];
  /** Set while a failure that can be resumed holds the run. */
  readonly hold?: HoldInfo;
  /** Set while the run waits for work that is done outside of it. */
  readonly work?: WorkInfo;
  /** What a person can do next with a run that has ended. */
  readonly nextSteps?: readonly string[];
  /** Set while a run of plans waits for answers of a person. */
  readonly asks?: PlanHoldInfo;
  /** The stage that it is in, where that is known without a look at its history. */
  readonly stage?: string;
  /** What it used and may use; absent where no agent was asked that uses anything, and in lists. */
  readonly budget?: BudgetStanding;
  /** Absolute path of the run's folder. */
  readonly folder: string;
}

/** One artifact as a gate shows it. */
export interface ProposedArtifact {
  readonly name: string;
  readonly digest: string;
  readonly content: string;
  /** Where approval writes it, relative to the project. */
  readonly target: string;
  /** What is there now, if anything; approval replaces exactly this. */
  readonly existing: string | undefined;
  /** What was approved before, where the gate asks again about it. */
  readonly approved?: string;
}

export interface DecideRequest {
  readonly run: string;
  /** Digest of what is decided on, or a prefix of at least 6 characters. */
  readonly digest: string;
  readonly kind: DecisionKind;
  /** Who decides; shown and recorded. */
  readonly by: string;
  /** Required for `reject`, recorded for all. */
  readonly reason?: string;
  /** For `modify`: what to change, in words. */
  readonly changes?: string;
  /** For `modify`: whole edited artifacts by name. */
  readonly edits?: Readonly<Record<string, string>>;
  /** What the person judges besides, by short name, 1 to 5: `{ satisfaction: 4 }`. Recorded for the metrics. */
  readonly ratings?: Readonly<Record<string, number>>;
}

export interface ResumeRequest {
  readonly run: string;
  /** Who resumes; recorded. */
  readonly by: string;
  /** What the roles that come after must know or do; only for a held run. */
  readonly note?: string;
  /** Limits of budgets to raise; only for a held run. */
  readonly raises?: readonly Raise[];
}

/** Of which runs metrics are asked for: of one, or of those created since. */
export type MetricsRequest = { readonly run: string } | { readonly sinceMs: number };

/** Metrics of these runs, and how the runs stand. */
export interface RunsMetrics extends MetricsReport {
  /** How many runs have which status. */
  readonly statuses: Readonly<Partial<Record<RunStatus, number>>>;
  /** ISO 8601, UTC: only runs created since then; absent for one run. */
  readonly since?: string;
}

/** One file of a run's logs. */
export interface LogFile {
  /** Relative to the run's folder. */
  readonly path: string;
  readonly bytes: number;
}

/**
 * The use cases, over ports. Run arguments take an id, a unique prefix of one, or `latest`. Methods reject with a
 * `WavegateError` for what a user can meet.
 */
export interface App {
  /** Absolute path of the project: where `.wavegate/` is. */
  readonly project: string;

  /** Write the starter configuration, and skills, commands and hooks for coding agents; or take them away. */
  init(request?: InitRequest): Promise<InitReport>;
  check(spec: string): Promise<CheckReport>;
  /** The scores of a spec and its repository, under those that the configuration and `scores` set. */
  score(spec: string, scores?: ScoreSettings): Promise<ScoreReport>;
  /** Validate everything, create a run of one stage, and start it here (or for workers). */
  plan(request: StageRequest): Promise<{ readonly runId: string }>;
  prepare(request: StageRequest): Promise<{ readonly runId: string }>;
  review(request: StageRequest): Promise<{ readonly runId: string }>;
  /** All stages in one run, with a gate after each; before the review it waits for the implementation. */
  complete(request: CompleteRequest): Promise<{ readonly runId: string }>;
  /** The same for any stage by its name, a built-in one or one of the configuration. */
  runStage(name: string, request: StageRequest): Promise<{ readonly runId: string }>;

  runs(filter?: {
    readonly limit?: number;
    readonly status?: RunStatus;
  }): Promise<readonly RunView[]>;
  show(run: string): Promise<RunView>;
  events(run: string, after: number, signal?: AbortSignal): AsyncIterable<RecordedEvent>;
  onProgress(listener: (progress: Progress) => void): Promise<() => void>;
  /** Resolves when the run ends or waits; `afterWait` passes over a wait of that name. */
  settled(
    run: string,
    options?: { readonly afterWait?: string; readonly signal?: AbortSignal },
  ): Promise<RunView>;

  /** What the open gate of a run shows, byte for byte. */
  proposal(run: string): Promise<readonly ProposedArtifact[]>;
  /** Record a decision on the open gate, and carry the run on here unless a live worker has it. */
  decide(
    request: DecideRequest,
  ): Promise<Result<{ readonly runId: string; readonly wait: string }, WavegateError>>;
  /** Carry on a run whose process ended, or retry what failed in a held one. */
  resume(request: ResumeRequest): Promise<{ readonly runId: string; readonly afterWait?: string }>;
  cancel(run: string, by: string): Promise<RunView>;

  /** Every call of an agent so far, and every earlier answer that was taken instead. */
  calls(run: string): Promise<readonly RunCall[]>;
  /** Why calls asked their agents or did not (ST-17): all, or those that a step, role or stage names. */
  why(run: string, step?: string): Promise<readonly CallReason[]>;

  metrics(request: MetricsRequest): Promise<RunsMetrics>;
  /** The trace of a run as far as it is recorded. */
  trace(run: string): Promise<Trace>;
  /** Spans as one OTLP JSON request. */
  encodeTrace(runId: string, spans: readonly Span[]): Promise<string>;
  logs(run: string): Promise<readonly LogFile[]>;
  readLog(run: string, path: string): Promise<string>;

  /** Execute runs of this project that nobody executes, until the signal aborts. */
  work(options: { readonly concurrency?: number; readonly signal: AbortSignal }): Promise<void>;
  /** The agents of the project, and known ones that are here besides. */
  agents(request?: AgentsRequest): Promise<AgentList>;
  doctor(): Promise<readonly HealthCheck[]>;

  /** What agents are told: read, shown whole, put into files of the project. */
  readonly prompts: {
    list(): Promise<readonly PromptEntry[]>;
    show(request: { readonly role: string; readonly spec?: string }): Promise<ShownPrompt>;
    eject(names: readonly string[]): Promise<readonly EjectedPrompt[]>;
  };
  /** The configuration: reject with all its problems, say what holds and where it comes from, say what a key means. */
  readonly config: {
    check(): Promise<CheckedConfig>;
    print(request: PrintRequest): Promise<PrintedConfig>;
    explain(key: string): Promise<ExplainedConfig>;
  };
  /** What is asked of plan files, and their edits. */
  readonly plans: PlanCases;
  readonly schedules: ScheduleCases;
  /** Plans carried out. */
  readonly executions: ExecutionCases;
  readonly database: Database;
  readonly audit: {
    verify(): Promise<Result<AuditStanding, WavegateError>>;
    entries(): Promise<readonly AuditEntry[]>;
  };
  /** Abort what runs here, leave it resumable, let go of everything. */
  close(): Promise<void>;
}
