import { PLAIN_EXECUTION, type ExecutionSettings } from "../../execution/execution-settings.ts";
import { kindOf, type AgentKinds, type AnyDefinition } from "../agents/agent-kind.ts";
import type { AgentDefinition } from "../agents/kinds.ts";
import type { FilePlace } from "../../core/place.ts";
import { BUILT_IN_RULES } from "../rules/built-in-rules.ts";
import type { ResourceMode } from "../rules/resources.ts";
import type { Rule } from "../rules/rule.ts";
import { PROMPT_FOLDER } from "./defaults.ts";
import type { AgentCost } from "../budget/agent-cost.ts";
import type { BudgetSpec } from "../budget/budget-spec.ts";
import { agentCosts } from "./agent-costs.ts";
import { budgetOf } from "./budget-options.ts";
import type { ConfigFile } from "./config-schema.ts";
import { executionOf } from "./execution-options.ts";
import { ALONE, machinesOf, type MachineSettings } from "./machines-options.ts";
import { rulesOf } from "./own-rules.ts";
import { sandboxOptions } from "../sandbox/sandbox-options.ts";
import type { SandboxOptions } from "../sandbox/sandbox-settings.ts";
import { recipeOf } from "../workspace/workspace-fields.ts";
import { PLAIN_RECIPE, type WorkspaceRecipe } from "../workspace/workspace-settings.ts";
import type { StageOptions } from "./stage-options.ts";
import { SCORE_NAMES, type ScoreSettings } from "../rules/readings.ts";
import { secretsOf, type SecretDefinition } from "./secret-options.ts";
import type { PromptPlaces } from "./prompt-folder.ts";
import type { Locate } from "./locate.ts";

/** The user's configuration, read and checked. What is absent is left to the defaults. */
export interface Config<Definition extends AnyDefinition = AgentDefinition> {
  /** Agents besides `builtin`. */
  readonly agents: readonly Definition[];
  /** Options by stage, of built-in ones and the user's; a stage that is left out is as it comes. */
  readonly stages: Readonly<Record<string, StageOptions>>;
  /** Who may decide at gates whose stage names nobody; null: whoever does. */
  readonly reviewers: readonly string[] | null;
  /** Scores in place of computed ones. */
  readonly scores: ScoreSettings;
  /** Adaptive rules in force: the built-in ones that are not switched off, then the user's own. */
  readonly rules: readonly Rule[];
  /** Whether the machine is measured, or taken to be short or ample. */
  readonly resources: ResourceMode;
  /** What every run may use; null: nothing is said of it. */
  readonly budget: BudgetSpec | null;
  /** What is known of what the agents cost, by name. */
  readonly costs: ReadonlyMap<string, AgentCost>;
  /** Agents at once over all runs and workers of the project. */
  readonly agentLimit: number | null;
  /** The most calls at once by provider. */
  readonly providerLimits: ReadonlyMap<string, number>;
  /** Runs that one worker executes at once. */
  readonly workerConcurrency: number | null;
  /** Secrets that commands print. */
  readonly secrets: readonly SecretDefinition[];
  /** Names of variables whose values are secret though their names don't say so. */
  readonly redact: readonly string[];
  /** Files of the project that roles have their prompts from. */
  readonly promptPlaces: PromptPlaces;
  /** Folder of those files, relative to the project. */
  readonly promptFolder: string;
  /** What holds for the sandbox of all agents. */
  readonly sandbox: SandboxOptions;
  /** How plans are carried out. */
  readonly execution: ExecutionSettings;
  /** What holds for the sandbox of commands that check work, over that of all agents. */
  readonly checksSandbox: SandboxOptions;
  /** How clones for tasks are made ready. */
  readonly workspace: WorkspaceRecipe;
  /** What clones of the repository have in common. */
  readonly machines: MachineSettings;
  /** Path of bubblewrap; null: the one on PATH. */
  readonly bubblewrap: string | null;
  /** Where agents are defined, by name. */
  readonly agentPlaces: Readonly<Record<string, FilePlace>>;
}

/** The configuration of who has none. */
export const NO_CONFIG: Config = {
  agents: [],
  stages: {},
  reviewers: null,
  scores: {},
  rules: BUILT_IN_RULES,
  resources: "auto",
  budget: null,
  costs: new Map(),
  agentLimit: null,
  providerLimits: new Map(),
  workerConcurrency: null,
  secrets: [],
  redact: [],
  promptPlaces: {},
  promptFolder: PROMPT_FOLDER,
  sandbox: {},
  execution: PLAIN_EXECUTION,
  checksSandbox: {},
  workspace: PLAIN_RECIPE,
  machines: ALONE,
  bubblewrap: null,
  agentPlaces: {},
};

/** The configuration that a checked file makes; `stages` are its options with prompt files read. */
export const toConfig = <Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
  file: ConfigFile,
  stages: Config["stages"],
  locate: Locate,
): Config<Definition> => ({
  agents: Object.entries(file.agents ?? {}).map(([name, options]) =>
    kindOf(kinds, options).define(name, options),
  ),
  stages,
  reviewers: file.gates?.reviewers ?? null,
  scores: setScores(file.scores ?? {}),
  rules: rulesOf(file.rules ?? {}),
  resources: file.resources ?? "auto",
  budget: file.budget ? budgetOf(file.budget) : null,
  costs: agentCosts(kinds, file),
  agentLimit: file.limits?.agents ?? null,
  providerLimits: new Map(Object.entries(file.limits?.providers ?? {})),
  workerConcurrency: file.worker?.concurrency ?? null,
  secrets: secretsOf(file.secrets ?? {}),
  redact: file.redact ?? [],
  promptPlaces: {},
  promptFolder: file.prompts ?? PROMPT_FOLDER,
  sandbox: sandboxOptions(file.sandbox),
  execution: executionOf(file.execution),
  checksSandbox: sandboxOptions(file.execution?.sandbox),
  workspace: recipeOf(file.workspace),
  machines: machinesOf(file.machines),
  bubblewrap: file.sandbox?.bubblewrap ?? null,
  agentPlaces: Object.fromEntries(
    Object.keys(file.agents ?? {}).map((name) => [name, locate(["agents", name], "key")]),
  ),
});

/** An empty list names nobody, as none does. */
/** Who may decide at the gate of a stage; null: whoever does. */
export const reviewersOf = (
  { stages, reviewers }: Pick<Config, "stages" | "reviewers">,
  stage: string,
): readonly string[] | null => stages[stage]?.gate?.reviewers ?? reviewers;

const setScores = (scores: NonNullable<ConfigFile["scores"]>): ScoreSettings =>
  Object.fromEntries(
    SCORE_NAMES.flatMap((name) => (scores[name] === undefined ? [] : [[name, scores[name]]])),
  );
