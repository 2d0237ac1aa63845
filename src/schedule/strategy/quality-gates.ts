/** What a wave is held against before it counts as done (S3 `quality_assurance`; MISSION WV-10). */
export interface QualityAssurance {
  readonly gates: readonly QualityGate[];
  /** S3 `testing_coordination` and `code_review`: who sees to what. */
  readonly testing: Readonly<Record<TestingKind, string>>;
  readonly codeReview: {
    readonly requirements: string;
    readonly crossTeam: string;
    readonly architecture: string;
    readonly timelines: string;
  };
}

export type TestingKind = "unit" | "integration" | "system" | "performance";

export interface QualityGate {
  /** `qg_001` */
  readonly id: string;
  readonly name: string;
  readonly wave: number;
  readonly trigger: "wave_completion";
  readonly criteria: readonly GateCriterion[];
  /** Roles. */
  readonly approvers: readonly string[];
  readonly failureHandling: string;
  /** The first units of what waits until it is passed. */
  readonly blocks: readonly string[];
}

export interface GateCriterion {
  readonly text: string;
  /** Where it comes from: the plan's own words, or S3's where it has none. */
  readonly source: "deliverable" | "verification" | "sync" | "standard";
  /** Ids of activities that have to be done for it. */
  readonly activities: readonly string[];
}
