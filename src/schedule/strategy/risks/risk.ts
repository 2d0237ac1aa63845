import type { FilePlace } from "../../../core/place.ts";
import type { Level } from "../measured.ts";

/** What can go wrong, what would show it, and what is done then: S3's risk register (MISSION WV-09). */
export interface RiskRegister {
  /** Worst first. */
  readonly risks: readonly Risk[];
  readonly strategies: readonly MitigationStrategy[];
  readonly coverage: RiskCoverage;
}

export interface Risk {
  /** `coord_001`: the category and a number; of a given one its own. */
  readonly id: string;
  readonly source: RiskSource;
  readonly name: string;
  /** A `RiskCategory`; of a given one as the plan writes it. */
  readonly category: string;
  readonly probability: Likelihood;
  readonly impact: Impact;
  /** By `RISK_MATRIX` from the levels of the two. */
  readonly level: RiskLevel;
  readonly affected: {
    readonly activities: readonly string[];
    readonly sessions: readonly string[];
    readonly teams: readonly string[];
    readonly people: readonly string[];
    readonly resources: readonly string[];
  };
  /** Statements, each with the number that it rests on. */
  readonly evidence: readonly Evidence[];
  readonly detectionMethod: string;
  readonly trigger: RiskTrigger;
  readonly earlyWarningSigns: readonly string[];
  readonly preventionMeasures: readonly string[];
  readonly responseProcedures: readonly string[];
  readonly contingencyPlan: string;
  /** Who watches it: a role of the decision hierarchy, or a team. */
  readonly owner: string;
}

/** Where it is from: a rule of ours found it in graph and schedule, or the plan itself names it; then its words are the plan's. */
export type RiskSource =
  | { readonly kind: "derived"; readonly rule: string }
  | { readonly kind: "given"; readonly place: FilePlace };

export type RiskLevel = "low" | "medium" | "high";

export type RiskCategory =
  | "coordination_risk"
  | "technical_integration_risk"
  | "resource_conflict_risk"
  | "quality_risk"
  | "schedule_risk";

export interface Likelihood {
  /** 0 … 1; undefined where a plan has only a word for it. */
  readonly value?: number;
  readonly level: RiskLevel;
  /** `simulated`: counted in the runs; `given`: the plan says so; `assumed`: a documented rate of ours, `medium` where a plan says nothing. */
  readonly source: "simulated" | "given" | "assumed";
}

export interface Impact {
  /** Minutes that the whole ends later if it happens; undefined where a plan has only a word for it. */
  readonly minutes?: number;
  readonly days?: number;
  readonly level: RiskLevel;
}

/** What a plan says of itself rests on no number. */
export interface Evidence {
  readonly text: string;
  readonly value?: number;
  readonly unit?: string;
}

/** When it has come true. `metric` can be watched by a program, `sign` only by people. */
export type RiskTrigger =
  | {
      readonly kind: "metric";
      readonly metric: WatchedMetric;
      /** Ids of activities, people or resources; the whole where it is empty. */
      readonly subjects: readonly string[];
      readonly comparison: "above" | "below";
      readonly threshold: number;
      readonly unit: string;
    }
  | { readonly kind: "sign"; readonly text: string };

/** What an executor can measure; each is described in `WATCHED_METRICS` (`risks/watched-metrics.ts`). */
export type WatchedMetric =
  | "finish-late-minutes"
  | "start-late-minutes"
  | "duration-over-minutes"
  | "waiting-minutes"
  | "person-away"
  | "same-file-changes"
  | "open-dependencies"
  | "failed-tries"
  | "missing-participants"
  | "deadline-margin-minutes";

export interface MitigationStrategy {
  readonly id: string;
  /** `given`: the plan's own, in its words. */
  readonly source: "derived" | "given";
  readonly name: string;
  readonly description: string;
  readonly implementation: readonly string[];
  readonly successMetrics: readonly string[];
  readonly monitoring: string;
  /** Ids of the risks that it answers. */
  readonly risks: readonly string[];
}

export interface RiskCoverage {
  readonly high: number;
  /** High ones with prevention, response, contingency and an owner. */
  readonly mitigated: number;
  /** 0 … 100; 100 where there is none. */
  readonly percent: number;
  readonly level: Level;
}
