import { architecture } from "./architecture/architecture.ts";
import { implementationPatterns } from "./implementation-patterns.ts";
import type { AnalysisInput } from "./input.ts";
import type { Finding } from "./model.ts";
import { parallelTasks } from "./parallel-tasks.ts";
import { parallelPhases } from "./phases/parallel-phases.ts";
import { parallelPlans } from "./plans/parallel-plans.ts";
import { recommendations } from "./recommendations/recommendations.ts";

/** What makes a finding of the input and of those before it. */
type Finder = (input: AnalysisInput, before: readonly Finding[]) => Finding;

const FINDERS: readonly Finder[] = [
  architecture,
  parallelPlans,
  parallelPhases,
  parallelTasks,
  implementationPatterns,
  recommendations,
];

/** S4's analysis of these plans, as far as the files given allow (PX-04). The same input gives the same findings. */
export const analyze = (input: AnalysisInput): readonly Finding[] => [...findingsOf(input)];

/** One finding after the other: each may take seconds for a large plan. */
export function* findingsOf(input: AnalysisInput): Generator<Finding, void> {
  const findings: Finding[] = [];
  for (const find of FINDERS) {
    const finding = find(input, findings);
    findings.push(finding);
    yield finding;
  }
}
