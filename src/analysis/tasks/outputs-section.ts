import type { AnalysedPlan, RelatedFile } from "../input.ts";
import { namesNothing, outputsOf } from "../measure/shared-files.ts";
import type { Section } from "../model.ts";
import { counted, named, rowOf, stated, tableOf } from "../phrases.ts";
import { planSection } from "../plan-section.ts";

/** What tasks leave behind, and who reads it. */
export function outputsSection(plan: AnalysedPlan, files: readonly RelatedFile[]): Section {
  const outputs = outputsOf(plan.uses).toSorted(
    (a, b) => b.writers.length + b.readers.length - (a.writers.length + a.readers.length),
  );
  const shared = outputs.filter(({ writers }) => writers.length > 1);
  const read = outputs.filter(({ readers }) => readers.length > 0);
  const silent = plan.plan.tasks.filter(({ key }) => namesNothing(plan.uses, key));
  const findings = files.filter(({ path }) => path.includes(`plan-outputs/${plan.name}/findings/`));
  return planSection(plan, "outputs", "What tasks write, and who reads it", [
    {
      kind: "list",
      items: [
        stated(
          `${counted(outputs.length, "thing")} written by tasks that name it; ${shared.length} by more than one task, ${read.length} read by another task.`,
          { value: outputs.length, unit: "things written" },
          outputs.slice(0, 1).flatMap(({ writers }) => writers.map(({ use }) => use.place)),
        ),
        stated(
          `${counted(silent.length, "task")} of ${plan.plan.tasks.length} ${silent.length === 1 ? "names" : "name"} nothing they touch: nothing is known of their conflicts.`,
          { value: silent.length, unit: "tasks that name nothing", of: plan.plan.tasks.length },
          silent.slice(0, 3).map(({ place }) => place),
        ),
        stated(
          `${counted(findings.length, "file")} in the findings folder of the plan.`,
          { value: findings.length, unit: "findings files" },
          findings.slice(0, 3).map(({ path }) => ({ file: path })),
        ),
      ],
    },
    ...(outputs.length === 0
      ? []
      : [
          tableOf(
            "What is written (a guess where no field declares it)",
            ["What", "Written by", "Read by", "Declared"],
            outputs.map(({ resource, writers, readers }) =>
              rowOf(
                [
                  resource,
                  named(writers.map(({ task }) => task)),
                  named(readers.map(({ task }) => task)) || null,
                  writers.every(({ use }) => use.sure) ? "yes" : "guessed",
                ],
                [...writers, ...readers].slice(0, 3).map(({ use }) => use.place),
              ),
            ),
          ),
        ]),
  ]);
}
