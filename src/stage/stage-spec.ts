import type { BudgetSpec } from "./budget/budget-spec.ts";
import type { CacheMode, CacheTtls } from "./cache/policy.ts";
import type { ContractName } from "./contracts.ts";
import type { Directions } from "./directions.ts";

/** How long things may take, in milliseconds. */
export type Timeouts = {
  readonly agentMs: number;
  readonly stallMs: number;
  readonly reviewMs: number;
  readonly synthesisMs: number;
  readonly qaMs: number;
  /** The whole stage up to the gate; a person's time is not counted. */
  readonly stageMs: number;
};

/** How failed attempts are tried again. */
export type RetryPolicy = {
  /** Attempts after the first. */
  readonly retries: number;
  /** Wait before the first retry; doubled for each further one, ± half, never above `maxMs`. */
  readonly initialMs: number;
  readonly maxMs: number;
};

/** How many specialists must succeed for the review to start. All three must hold. */
export type Quorum = {
  readonly minimum: number;
  /** 0 to 1, of all roles, rounded up. */
  readonly ratio: number;
  readonly required: readonly string[];
};

export type RoleSpec = {
  /** Unique in the stage, kebab-case. */
  readonly name: string;
  readonly title: string;
  /** Name of the agent that plays it. */
  readonly agent: string;
  /** Asked when the agent has used up its retries. */
  readonly fallback?: string;
  readonly contract: ContractName;
  /** What to do: plain text with the named placeholders of `prompts.ts`, nothing else. */
  readonly prompt: string;
  /** Other roles whose answers it needs; empty means it works from the spec alone, at once. */
  readonly needs: readonly string[];
  /** `complex` doubles its timeout, `simple` takes a third. */
  readonly size: "simple" | "normal" | "complex";
  /** At most this many of this role at once over all runs of the project. */
  readonly concurrency?: number;
  /** Overrides the profile's. */
  readonly timeoutMs?: number;
  readonly stallMs?: number;
  /** What depth and rules ask of it besides; set when the stage begins. */
  readonly directions?: Directions;
  /** Memory of its agent's processes, in MiB; 0 for no limit. Overrides the stage's. */
  readonly memoryMib?: number;
  /** What it may use in a run, and what one call of it is taken to use. */
  readonly budget?: BudgetSpec;
};

/** What a stage must produce, checked in code. */
export type ArtifactContract = {
  /** File name, written next to the spec after approval. */
  readonly name: string;
  readonly required: boolean;
  /** Made only where it was asked for, and then required. */
  readonly onDemand?: true;
  /** Headings that must be there, each with text under it. Compared without case and punctuation. */
  readonly sections: readonly string[];
};

/** A document that a stage works from, besides the specification. */
export type StageRequirement = {
  /** File name, next to the specification. */
  readonly name: string;
  /** Stage whose approved artifact it must be, but for ticked task boxes byte for byte, and made from this very specification; null for any file. */
  readonly approvedBy: string | null;
  /** Files that serve instead, first found first. */
  readonly or: readonly string[];
  /** What the first of them must hold to count; without it, being there is enough. */
  readonly holds?: "tasks";
  /** What to do when it is missing: one imperative sentence. */
  readonly hint: string;
};

/** Which deterministic checks the artifacts of a stage must pass (ST-10). */
export type CheckSet = "plan" | "implementation-plan" | "report";

/**
 * One stage: specialists in parallel → quorum → reviewer → synthesizer → QA → gate. Data only: the built-in stages
 * are written in it and users write theirs in the same form.
 */
export type StageSpec = {
  readonly name: string;
  readonly title: string;
  readonly profile: "api" | "coding-agent";
  readonly timeouts: Timeouts;
  /** Specialists at once in one run of the stage. */
  readonly concurrency: number;
  /** `sequential`: one after the other in the order of the roles, whatever the concurrency says (S1 §9.3). */
  readonly order: "parallel" | "sequential";
  readonly retry: RetryPolicy;
  readonly quorum: Quorum;
  /** Whether roles that failed are tried once more, one after the other, when the quorum is lost. */
  readonly sequentialSecondTry: boolean;
  /** What a role that cannot be filled leaves behind: S0's simplified analysis, S2's minimal plan. */
  readonly simplified: "analysis" | "plan";
  readonly roles: readonly RoleSpec[];
  readonly reviewer: RoleSpec;
  readonly synthesizer: RoleSpec;
  readonly qa: RoleSpec;
  /** Of preparation: whether the work is cut into phases that are validated one by one (S2 §7). */
  readonly implementation?: "whole" | "phased";
  /** How often the synthesizer writes before QA looks; each time after the first on its own draft (S0 §7.1, S1 §9.1). */
  readonly synthesisIterations: number;
  /** Most rounds of rework that QA can ask for. */
  readonly reworkRounds: number;
  readonly artifacts: readonly ArtifactContract[];
  readonly checks: CheckSet;
  /**
   * Documents next to the specification that its roles get, besides those that every stage's roles get;
   * `repository.json` stands for what is measured of the project's files when the run starts.
   */
  readonly reads: readonly string[];
  /** Whether known holes of the dependencies are looked for, which sends names and versions of packages outside. */
  readonly audit?: boolean;
  /** What must be there before it starts (PR-02, S1 §10.1). */
  readonly requires: readonly StageRequirement[];
  /** Memory of one agent's processes, in MiB; 0 for no limit. Default: the profile's. */
  readonly memoryMib?: number;
  /** What it may use in a run, and what one call in it is taken to use. */
  readonly budget?: BudgetSpec;
  /** How earlier answers of agents are used again (ST-17). */
  readonly cache: CacheMode;
  /** How long an answer counts in `normal` mode. */
  readonly cacheTtls: CacheTtls;
  /** `strict`: an approval is recorded with its reason, too. */
  readonly gate: { readonly prompt: string; readonly strict?: boolean };
  /** Said when the stage is approved and written (S0 §9). */
  readonly closing: { readonly message: string; readonly nextSteps: readonly string[] };
};
