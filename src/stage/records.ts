import type { DecisionKind } from "../core/event.ts";
import type { Json } from "../core/json.ts";

/** How a role ended: the value that is journaled, whatever happened. */
export interface RoleResult {
  readonly [key: string]: Json | undefined;
  readonly role: string;
  readonly title: string;
  readonly status: "succeeded" | "partial" | "failed";
  /** The agent that gave the answer, or the last one asked. */
  readonly agent: string;
  readonly round: number;
  readonly attempts: number;
  /** The answer, matching the role's contract, or the simplified result. */
  readonly value: Json;
  /** Why it did not succeed. */
  readonly reason: string | null;
}

/** An artifact as proposed at a gate. */
export interface Proposed {
  readonly [key: string]: Json | undefined;
  readonly name: string;
  readonly digest: string;
  readonly bytes: number;
  /** Path relative to the project where approval writes it. */
  readonly target: string;
  /** Digest of the file that is there now and would be replaced, or null. */
  readonly replaces: string | null;
}

/** What the deterministic checks and the review say of a proposal; shown first at the gate. */
export interface GateFigures {
  readonly [key: string]: Json | undefined;
  readonly requirementsTotal: number;
  readonly requirementsCovered: number;
  readonly notCovered: readonly string[];
  readonly qualityScore: number;
  readonly conflicts: number;
  readonly escalated: readonly string[];
  readonly openQuestions: readonly string[];
  readonly failedChecks: readonly string[];
  readonly orphanTasks: number;
  readonly unmitigatedRisks: number;
  readonly unmeasurableCriteria: number;
  readonly signedOff: boolean;
  readonly qaNotes: string;
  /** Roles that did not succeed, with why. */
  readonly partial: readonly string[];
  readonly reworkRounds: number;
}

/** What a gate shows and binds a decision to. */
export interface GateInfo {
  readonly [key: string]: Json | undefined;
  readonly stage: string;
  readonly round: number;
  /** SHA-256 over the manifest of everything shown: the token a decision must name. */
  readonly digest: string;
  readonly prompt: string;
  readonly artifacts: readonly Proposed[];
  readonly figures: GateFigures;
  /** What changed under the gate since it was last asked, if it was voided. */
  readonly notice: string | null;
  /** Folder with the proposed files, absolute. */
  readonly folder: string;
}

/** Why a run is held, and how to go on. */
export interface HoldInfo {
  readonly [key: string]: Json | undefined;
  readonly stage: string;
  readonly code: "STAGE_QUORUM_NOT_MET" | "STAGE_AGENT_FAILED" | "STAGE_CRITICAL_CONFLICT";
  readonly reason: string;
  /** One line per role that failed: which and why. */
  readonly failures: readonly string[];
  readonly hint: string;
}

/** A person's decision as it is journaled. */
export interface Decision {
  readonly [key: string]: Json | undefined;
  readonly kind: DecisionKind;
  readonly by: string;
  readonly digest: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly reason: string | null;
  readonly changes: string | null;
  readonly edits: { readonly [name: string]: string } | null;
}

/** How a stage ended. */
export interface StageOutcome {
  readonly [key: string]: Json | undefined;
  readonly status: "completed" | "rejected";
  readonly decision: Decision;
  readonly written: readonly string[];
  readonly message: string;
  readonly nextSteps: readonly string[];
}
