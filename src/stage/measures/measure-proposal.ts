import type { Measures } from "../../core/event.ts";
import type { Spec } from "../../spec/model.ts";
import { ownIds } from "../checks/ids.ts";
import { mainArtifact } from "../checks/main-artifact.ts";
import { readPlan } from "../checks/read-plan.ts";
import type { QualityFigures } from "../checks/quality-figures.ts";
import type { StageSpec } from "../stage-spec.ts";

/** What is counted in what a gate shows, and recorded when it opens. */
export function measureProposal(
  figures: QualityFigures,
  {
    spec,
    stage,
    artifacts,
  }: {
    readonly spec: Spec;
    readonly stage: Pick<StageSpec, "artifacts">;
    readonly artifacts: Readonly<Record<string, string>>;
  },
): Measures {
  const { tasks } = readPlan(mainArtifact(stage, artifacts).text, ownIds(spec));
  const known = new Set(tasks.map(({ id }) => id));
  const dependencies = tasks.flatMap(({ id, dependsOn }) =>
    dependsOn.map((other) => ({ id, other })),
  );
  return {
    requirements: figures.requirementsTotal,
    requirements_covered: figures.requirementsCovered,
    tasks: figures.tasks,
    tasks_aligned: figures.tasks - figures.orphanTasks.length,
    dependencies: dependencies.length,
    dependencies_clear: dependencies.filter(({ id, other }) => known.has(other) && other !== id)
      .length,
  };
}
