import type { Wave } from "./waves.ts";
import type { Coordination } from "./coordination/coordination.ts";

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

/** S3 `quality_gates`: what every wave is held against; the first where a plan names no deliverables. */
const DELIVERABLES_DONE = "All wave deliverables completed";
const STANDARD = [
  "Integration tests passing",
  "Code review requirements met",
  "Documentation updated",
] as const;
/** S3 `approval_required`. */
const APPROVERS = ["technical_lead", "architect"] as const;
const ON_FAILURE = "Block next wave until resolved";

/** S3 `testing_coordination` and `code_review`. */
const TESTING: QualityAssurance["testing"] = {
  unit: "Each team responsible for their components",
  integration: "Coordinated cross-team integration testing",
  system: "End-to-end testing after wave completion",
  performance: "Continuous performance monitoring",
};
const CODE_REVIEW: QualityAssurance["codeReview"] = {
  requirements: "All code reviewed before merge",
  crossTeam: "For shared components and interfaces",
  architecture: "For significant design decisions",
  timelines: "24-hour review SLA",
};

/** What the plan itself verifies, by id of group or activity: texts of its verifications. */
export type Verifications = ReadonlyMap<string, readonly string[]>;

export function qualityOf(
  waves: readonly Wave[],
  { syncs }: Pick<Coordination, "syncs">,
  verifications: Verifications = new Map(),
): QualityAssurance {
  const criteriaOfSync = new Map(syncs.map(({ id, criteria }) => [id, criteria]));
  return {
    gates: waves.map((wave, index): QualityGate => ({
      id: `qg_${String(wave.number).padStart(3, "0")}`,
      name: `${wave.name}: quality gate of wave ${wave.number}`,
      wave: wave.number,
      trigger: "wave_completion",
      criteria: criteriaOf(wave, criteriaOfSync, verifications),
      approvers: APPROVERS,
      failureHandling: ON_FAILURE,
      blocks: waves[index + 1]?.units.map(({ id }) => id) ?? [],
    })),
    testing: TESTING,
    codeReview: CODE_REVIEW,
  };
}

function criteriaOf(
  wave: Wave,
  syncs: ReadonlyMap<string, readonly string[]>,
  verifications: Verifications,
): readonly GateCriterion[] {
  const all = wave.units.flatMap(({ activities }) => activities);
  const own = wave.units.flatMap(({ id, activities, deliverables }): readonly GateCriterion[] => [
    ...deliverables.map((text) => ({ text, source: "deliverable" as const, activities })),
    ...[id, ...activities.filter((each) => each !== id)].flatMap((each) =>
      (verifications.get(each) ?? []).map((text) => ({
        text,
        source: "verification" as const,
        activities: each === id ? activities : [each],
      })),
    ),
  ]);
  const agreed = wave.syncs.flatMap((sync) =>
    (syncs.get(sync) ?? []).map((text): GateCriterion => ({
      text,
      source: "sync",
      activities: [],
    })),
  );
  const standard = [...(own.length === 0 ? [DELIVERABLES_DONE] : []), ...STANDARD];
  return [
    ...own,
    ...agreed,
    ...standard.map((text): GateCriterion => ({
      text,
      source: "standard",
      activities: text === DELIVERABLES_DONE ? all : [],
    })),
  ];
}
