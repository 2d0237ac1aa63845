import type { AnalysedPlan, RelatedFile } from "../input.ts";
import { namesNothing, outputsOf, type Output } from "../measure/shared-files.ts";
import type { Section, Statement } from "../model.ts";
import { counted, named, rowOf, stated, tableOf } from "../phrases.ts";
import { planSection } from "../plan-section.ts";

/** What tasks leave behind, and who reads it. */
export function outputsSection(plan: AnalysedPlan, files: readonly RelatedFile[]): Section {
  const outputs = outputsOf(plan.uses).toSorted(
    (a, b) => b.writers.length + b.readers.length - (a.writers.length + a.readers.length),
  );
  const findings = files.filter(({ path }) => path.includes(`plan-outputs/${plan.name}/findings/`));
  return planSection(plan, "outputs", "What tasks write, and who reads it", [
    {
      kind: "list",
      items: itemsOf(plan, outputs, findings),
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

function itemsOf(
  plan: AnalysedPlan,
  outputs: readonly Output[],
  findings: readonly RelatedFile[],
): readonly Statement[] {
  const shared = outputs.filter(({ writers }) => writers.length > 1);
  const read = outputs.filter(({ readers }) => readers.length > 0);
  const silent = plan.plan.tasks.filter(({ key }) => namesNothing(plan.uses, key));
  return [
    stated(
      outputs.length === 0
        ? "No task names anything that it writes."
        : `${counted(outputs.length, "thing is", "things are")} written by tasks that name ${outputs.length === 1 ? "it" : "them"}; ${shared.length} by more than one task, ${read.length} read by another task.`,
      { value: outputs.length, unit: "things written" },
      outputs.slice(0, 1).flatMap(({ writers }) => writers.map(({ use }) => use.place)),
    ),
    stated(
      silent.length === 0
        ? `All ${plan.plan.tasks.length} tasks name something that they touch.`
        : `${silent.length} of ${counted(plan.plan.tasks.length, "task")} ${silent.length === 1 ? "names nothing it touches: nothing is known of its conflicts" : "name nothing they touch: nothing is known of their conflicts"}.`,
      { value: silent.length, unit: "tasks that name nothing", of: plan.plan.tasks.length },
      silent.slice(0, 3).map(({ place }) => place),
    ),
    ...(plan.plan.dialect === "plan-file"
      ? [
          stated(
            `${findings.length === 0 ? "No file is" : counted(findings.length, "file is", "files are")} in the findings folder of the plan.`,
            { value: findings.length, unit: "findings files" },
            findings.slice(0, 3).map(({ path }) => ({ file: path })),
          ),
        ]
      : []),
  ];
}
