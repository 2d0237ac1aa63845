import type { FilePlace } from "../../core/place.ts";

/**
 * What a plan says itself of what can go wrong and what is done about it, in its own words (S3 `risk_assessment`, `mitigation_strategies`,
 * `resource_constraints`). Nothing of the schedule is computed from it; what is derived from the schedule stands beside it.
 */
export interface GivenPlanning {
  readonly risks: readonly GivenRisk[];
  readonly strategies: readonly GivenStrategy[];
  readonly constraints: readonly GivenConstraint[];
}

export interface GivenRisk {
  readonly id: string;
  readonly name: string;
  /** As written: `coordination_risk`. */
  readonly category: string;
  /** As written: `medium`, `30%`. */
  readonly probability?: string;
  /** As written: `high`, `2 weeks`. */
  readonly impact?: string;
  /** Ids of activities and teams that it touches. */
  readonly activities: readonly string[];
  readonly teams: readonly string[];
  readonly detection?: string;
  readonly trigger?: string;
  readonly signs: readonly string[];
  readonly prevention: readonly string[];
  readonly response: readonly string[];
  readonly contingency?: string;
  readonly owner?: GivenOwner;
  readonly place: FilePlace;
}

export interface GivenOwner {
  readonly name: string;
  /** Why it is this one, where no owner is written. */
  readonly why?: string;
}

export interface GivenStrategy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly implementation: readonly string[];
  readonly successMetrics: readonly string[];
  readonly monitoring: string;
  /** Ids of risks that it answers. */
  readonly risks: readonly string[];
  readonly place: FilePlace;
}

export interface GivenConstraint {
  /** Id of the shared resource that is made of it. */
  readonly resource: string;
  readonly description: string;
  readonly impact: string;
  readonly mitigation: string;
  readonly place: FilePlace;
}
