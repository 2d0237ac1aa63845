import type { WavegateError } from "../core/error.ts";
import type { FilePlace } from "../core/place.ts";
import type { Result } from "../core/result.ts";
import type { Templates } from "../integrations/templates.ts";
import type { Agent, Agents } from "../ports/agent.ts";
import type { Artifacts, ProjectFiles } from "../ports/artifacts.ts";
import type { AuditLog } from "../ports/audit.ts";
import type { Clock } from "../ports/clock.ts";
import type { CommitLog } from "../ports/commit-log.ts";
import type { DependencyAudit } from "../ports/dependency-audit.ts";
import type { Documents } from "../ports/documents.ts";
import type { Engine } from "../ports/engine.ts";
import type { Database, HealthCheck } from "../ports/health.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import type { FileWatch } from "../ports/file-watch.ts";
import type { PlanContext } from "../ports/plan-context.ts";
import type { FindOtherRepository } from "../ports/other-repository.ts";
import type { PlanFiles } from "../ports/plan-files.ts";
import type { ProjectPaths } from "../ports/project-paths.ts";
import type { ExactSolver } from "../ports/exact-solver.ts";
import type { ScheduleSearch } from "../ports/schedule-search.ts";
import type { ProjectTree } from "../ports/project-tree.ts";
import type { Machine } from "../ports/machine.ts";
import type { Repository } from "../ports/repository.ts";
import type { ApartBranch, Landing } from "../ports/landing.ts";
import type { EndForsaken } from "../ports/leftovers.ts";
import type { IsOver, Kept, RepositoryState } from "../ports/workspaces.ts";
import type { RunFolders } from "../ports/run-folders.ts";
import type { Ledgers } from "../ports/ledgers.ts";
import type { WorkspaceRecipe } from "../stage/workspace/workspace-settings.ts";
import type { ExecutionSettings } from "../execution/execution-settings.ts";
import type { AgentCosts } from "../stage/budget/agent-cost.ts";
import type { BudgetSpec } from "../stage/budget/budget-spec.ts";
import type { Locate } from "../stage/config/locate.ts";
import type { PromptPlaces } from "../stage/config/prompt-folder.ts";
import type { StageWishes } from "../stage/config/resolve-stage.ts";
import type { AdaptSettings } from "../stage/rules/adapting.ts";
import type { StageSpec } from "../stage/stage-spec.ts";

/** What the configuration says, resolved against the built-in stages. */
export interface Settings {
  /** Name of the configuration's file in the project; null where there is none. */
  readonly configFile: string | null;
  /** The configuration as it is written, and where each of its values stands. */
  readonly written: unknown;
  readonly locate: Locate;
  /** The built-in stages, and those of the configuration. */
  readonly stageNames: readonly string[];
  /** A stage of `stageNames` as configured, with what one request wants of it laid over. */
  readonly stage: (name: string, wishes: StageWishes) => StageSpec;
  /** Who may decide at the gate of a stage; null: whoever does. */
  readonly reviewers: (stage: string) => readonly string[] | null;
  /** How stages are fitted to the work. */
  readonly adapting: AdaptSettings;
  /** What every run may use; null: nothing is said of it. */
  readonly budget: BudgetSpec | null;
  /** How plans are carried out. */
  readonly execution: ExecutionSettings;
  /** How clones for tasks are made ready. */
  readonly workspace: WorkspaceRecipe;
  /** What is known of what agents cost. */
  readonly costs: AgentCosts;
  /** Agents at once over all runs of the project, if limited. */
  readonly agentLimit: number | null;
  /** Runs that a worker executes at once. */
  readonly workerConcurrency: number;
  /** Files of the project that roles have their prompts from, by `stage/role`. */
  readonly promptPlaces: PromptPlaces;
  /** Folder of such files, relative to the project. */
  readonly promptFolder: string;
  /** Where agents are defined, by name; none for the built-in one. */
  readonly agentPlaces: Readonly<Record<string, FilePlace>>;
}

/** Tells of runs that this process executes: which it begins, or goes on with. */
export type OnExecution = (listener: (runId: string) => void) => void;

/** Everything the use cases reach. `engine` is opened when first asked for: checking a spec needs no database. */
export interface AppPorts {
  /** Absolute path of the project. */
  readonly project: string;
  readonly settings: () => Promise<Result<Settings, WavegateError>>;
  /** Variables of the environment that decide something here; null for a value that may hold a secret. */
  readonly environment: readonly { readonly name: string; readonly value: string | null }[];
  /** Runs of the attempts that this process was started in; `""` where an attempt doesn't say its run. */
  readonly surroundingRuns: () => readonly string[];
  readonly engine: () => Promise<Engine>;
  readonly ledgers: () => Promise<Ledgers>;
  readonly agents: () => Promise<Agents>;
  /** Known agents that the configuration doesn't name; whether they are there, they say themselves. */
  readonly knownAgents: () => readonly Agent[];
  readonly artifacts: Artifacts;
  readonly files: ProjectFiles;
  readonly documents: Documents;
  readonly repository: Repository;
  readonly projectPaths: ProjectPaths;
  readonly commitLog: CommitLog;
  /** Plans and their status files. */
  readonly planFiles: PlanFiles;
  readonly planContext: PlanContext;
  readonly fileWatch: FileWatch;
  readonly otherRepository: FindOtherRepository;
  readonly scheduleSearch: ScheduleSearch;
  readonly exactSolver: ExactSolver;
  /** What git says of the repository. Rejects with a `WavegateError` where tasks can't work from it. */
  readonly repositoryState: () => Promise<RepositoryState>;
  /** Branches of runs with work that a commit does not have, the newest first; empty where git can't tell. */
  readonly apartBranches: (commit: string) => Promise<readonly ApartBranch[]>;
  /** Brings what runs landed to branches of the user. */
  readonly landing: () => Promise<Pick<Landing, "landOnto" | "mayFollow" | "uncommitted">>;
  /** Have commits of runs in this clone, which another machine may have made; what is nowhere to be had stays away. */
  readonly bringCommits: (commits: readonly string[]) => Promise<void>;
  readonly dependencyAudit: DependencyAudit;
  readonly machine: Machine;
  readonly runFolders: RunFolders;
  readonly audit: () => Promise<AuditLog>;
  readonly database: Database;
  readonly clock: Clock;
  /** A fresh id for a run about `slug`; unique, with a short random beginning, so that prefixes tell runs apart. */
  readonly newRunId: (slug: string) => string;
  /** Make the folder a project if it is none yet: whoever works for it next, or plans in it, works for the same one. */
  readonly beginProject: () => Promise<void>;
  /** What `doctor` looks at besides the database and the agents. */
  readonly health: () => Promise<readonly HealthCheck[]>;
  /** The starter configuration that `init` writes, unless one of these files is there. */
  readonly starter: {
    readonly path: string;
    readonly content: string;
    readonly unless: readonly string[];
  };
  /** Say, once of each, which of these agents (default: all) run without the sandbox that is wanted. */
  readonly warnUnprotected: (agents?: readonly string[]) => Promise<void>;
  /** What `init` writes for coding agents, as it lies in the package. */
  readonly templates: () => Promise<Templates>;
  /** Where `init` writes it. */
  readonly tree: ProjectTree;
  /** Whether a program is on PATH. */
  readonly hasProgram: (name: string) => boolean;
  /** SHA-256 in hex of a text in UTF-8. */
  readonly digestOf: (text: string) => string;
  readonly telemetry: Telemetry;
  readonly onExecution: OnExecution;
  /** Tells which runs that this process executed, whole or in part, are over, once nothing of them is done here any more. */
  readonly onOver: OnExecution;
  readonly endForsaken: EndForsaken;
  readonly clearWorkspaces: (isOver: IsOver) => Promise<readonly Kept[]>;
  readonly close: () => Promise<void>;
}
