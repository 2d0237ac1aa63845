import type { Level } from "../depth/depth.ts";
import type { AdditionName } from "./addition.ts";
import type { ScoreName } from "./readings.ts";

/** Whether stages run one by one or as parts of the complete workflow. */
export type WorkflowKind = "stage" | "complete";

/** When a rule fires. Data: a figure, a comparison, a threshold; no expressions. */
export type Condition =
  | {
      readonly on: ScoreName;
      readonly is: "above" | "below";
      readonly threshold: number;
      /** In the complete workflow, where it differs. */
      readonly inComplete?: number;
    }
  | { readonly on: "implementation"; readonly is: "phased" }
  | { readonly on: "resources"; readonly is: "limited" };

/**
 * What a rule does to a stage. Each can only tighten: fewer agents at once, more depth, more iterations, more that is
 * asked for. None touches quorum, retries or checks, and the gate only becomes stricter.
 */
export type Effect =
  | { readonly does: "limit-concurrency"; readonly to: number }
  /** Multiplies the times that the user did not set. */
  | { readonly does: "extend-timeouts"; readonly by: number }
  /** Depth of all specialists at least as at this level of complexity. */
  | { readonly does: "deepen"; readonly to: Level }
  | { readonly does: "deepen-role"; readonly role: string; readonly to: Level }
  /** How often the synthesizer writes at least; each time after the first on its own draft. */
  | { readonly does: "iterate"; readonly times: number }
  | { readonly does: "review-comprehensively" }
  | { readonly does: "detail-qa" }
  /** Approval is recorded with its reason. */
  | { readonly does: "make-gate-strict" }
  | { readonly does: "require-section"; readonly section: AdditionName }
  /** The discovery stage comes before this one. */
  | { readonly does: "discover-first" }
  /** One after the other, whatever the concurrency says. */
  | { readonly does: "run-sequentially" }
  /** Where the user set neither how the cache is used nor for how long. */
  | { readonly does: "cache-aggressively" }
  | { readonly does: "simplify-outputs" }
  | { readonly does: "skip-optional" };

export type Rule = {
  /** Unique, kebab-case. */
  readonly name: string;
  /** Where it comes from: seed and section, or the user's file. */
  readonly source: string;
  /** Names of the stages that it is about; all where it says nothing, those of users, too. */
  readonly stages?: readonly string[];
  /** Only in these workflows; all where it says nothing. */
  readonly workflows?: readonly WorkflowKind[];
  readonly when: Condition;
  readonly then: readonly Effect[];
};
