import type { Spec } from "../../../../spec/model.ts";
import type { Analyses } from "../../../../stage/checks/read-analyses.ts";
import type { ThreePoint } from "../../../../stage/checks/read-plan.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import type { Facts } from "../review/facts.ts";
import type { Directive } from "../review/finding.ts";
import type { Requests } from "./requests.ts";

export interface PlannedTask {
  /** What it was called before it got its number. */
  readonly key: string;
  /** `N.M`. */
  readonly id: string;
  readonly title: string;
  /** What stands below its line: finished Markdown. */
  readonly details: readonly string[];
  /** Requirement, criterion, story and risk ids. */
  readonly ids: readonly string[];
  readonly dependsOn: readonly string[];
  /** Absent: nobody estimated it. */
  readonly effort: ThreePoint | undefined;
  /** Who asked for it. */
  readonly origin: "estimation" | "review" | "spec";
}

export interface PlannedPhase {
  /** The estimator's id of it, empty when nobody estimated. */
  readonly key: string;
  readonly number: number;
  readonly title: string;
  readonly goal: string;
  readonly deliverables: readonly string[];
  readonly tasks: readonly PlannedTask[];
  readonly effort: ThreePoint | undefined;
  /** What must hold at its end: finished Markdown lines. */
  readonly verify: readonly string[];
  /** Success criteria checked at its end. */
  readonly criteria: readonly string[];
}

export interface NotCovered {
  readonly id: string;
  readonly reason: string;
}

/** Everything both documents are written from. */
export interface PlanModel {
  readonly name: string;
  readonly spec: Spec;
  readonly facts: Facts;
  readonly analyses: Analyses;
  readonly review: ReviewSummary | undefined;
  readonly directives: readonly Directive[];
  readonly phases: readonly PlannedPhase[];
  readonly total: ThreePoint | undefined;
  readonly notCovered: readonly NotCovered[];
  readonly requests: Requests;
}

export const tasksOf = (model: PlanModel): readonly PlannedTask[] =>
  model.phases.flatMap(({ tasks }) => tasks);

export const tasksNaming = (model: PlanModel, id: string): readonly PlannedTask[] =>
  tasksOf(model).filter(({ ids }) => ids.includes(id));

/** Components of a requirement, those that the review assigned marked. */
export function componentsCarrying(model: PlanModel, id: string): readonly string[] {
  const own = model.facts.componentsFor(id);
  if (own.length > 0) return own;
  return model.directives.flatMap((directive) =>
    directive.kind === "assign" && directive.requirement === id
      ? [`${directive.component} (by review)`]
      : [],
  );
}
