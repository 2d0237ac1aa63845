import { showEffort } from "./effort.ts";
import { blocks, bullets, count, inline, mermaidLabel, sentence, table } from "./markdown.ts";
import { tasksOf, type PlanModel, type PlannedPhase, type PlannedTask } from "./plan-model.ts";

/** `## Implementation phases` and then each phase in the plan grammar, so that plan tools find its tasks. */
export const phaseSections = (model: PlanModel): string =>
  blocks(overview(model), ...model.phases.map((phase) => phaseSection(phase)));

function overview(model: PlanModel): string {
  const estimation = model.analyses.estimation;
  const open = tasksOf(model).filter(({ effort }) => effort === undefined).length;
  const rows = model.phases.map((phase) => [
    String(phase.number),
    phase.title,
    String(phase.tasks.length),
    phase.effort ? showEffort(phase.effort) : "not estimated",
    before(phase).join(", ") || "—",
  ]);
  const total = model.total
    ? [["**Total**", "", String(tasksOf(model).length), showEffort(model.total), ""]]
    : [];
  return blocks(
    "## Implementation phases",
    estimation
      ? `Effort is in person-days, optimistic/likely/pessimistic, by ${sentence(inline(estimation.method))} Confidence: ${estimation.confidence}.`
      : "Nobody estimated this work: the estimation analysis is missing. The phases follow the priorities of the specification.",
    table(["Phase", "Title", "Tasks", "Effort", "Needs phase"], [...rows, ...total]),
    open > 0 && estimation
      ? `${count(open, "task")} added by the review ${open === 1 ? "has" : "have"} no estimate; the total excludes ${open === 1 ? "it" : "them"}.`
      : undefined,
    phaseDiagram(model),
    estimation && estimation.sequencing.length > 0
      ? blocks(
          "**Why this order:**",
          bullets(
            estimation.sequencing.map((text) =>
              sentence(inline(withPhaseNumbers(text, model.phases))),
            ),
          ),
        )
      : undefined,
  );
}

/** The estimator's ids of phases, as the numbers that they have here. */
function withPhaseNumbers(text: string, phases: readonly PlannedPhase[]): string {
  const numbers = new Map(phases.map(({ key, number }) => [key, number]));
  return text.replace(/\bPH?\d+\b/g, (id) => {
    const number = numbers.get(id);
    return number === undefined ? id : `phase ${number}`;
  });
}

/** Numbers of the phases that tasks of this one wait for. */
const before = (phase: PlannedPhase): readonly string[] =>
  [
    ...new Set(
      phase.tasks.flatMap(({ dependsOn }) => dependsOn.map((id) => id.split(".")[0] ?? "")),
    ),
  ]
    .filter((number) => number !== String(phase.number))
    .toSorted((a, b) => Number(a) - Number(b));

function phaseDiagram({ phases }: PlanModel): string | undefined {
  const edges = phases.flatMap((phase) =>
    before(phase).map((number) => `  p${number} --> p${phase.number}`),
  );
  if (edges.length === 0) return undefined;
  return [
    "```mermaid",
    "flowchart LR",
    ...phases.map(({ number, title }) => `  p${number}[${mermaidLabel(`${number}: ${title}`)}]`),
    ...edges,
    "```",
  ].join("\n");
}

function phaseSection(phase: PlannedPhase): string {
  return blocks(
    `## Phase ${phase.number}: ${phase.title}`,
    [
      `**Objective:** ${sentence(inline(phase.goal))}`,
      phase.effort && `**Effort:** ${showEffort(phase.effort)} (optimistic/likely/pessimistic)`,
    ]
      .filter(Boolean)
      .join("\n\n"),
    phase.tasks.map(taskLine).join("\n"),
    phase.deliverables.length > 0 &&
      blocks(
        "**Deliverables:**",
        bullets(phase.deliverables.map((text) => sentence(inline(text)))),
      ),
    phase.verify.length > 0 &&
      blocks(
        `**VERIFY Phase ${phase.number}:**`,
        phase.verify.map((line) => `- [ ] ${line}`).join("\n"),
      ),
  );
}

function taskLine({ id, title, ids, dependsOn, effort, origin }: PlannedTask): string {
  return [
    `- [ ] ${id} ${title}`,
    ids.length > 0 && `(${ids.join(", ")})`,
    dependsOn.length > 0 && `(depends: ${dependsOn.join(", ")})`,
    effort ? `[${showEffort(effort)}]` : "[not estimated]",
    origin === "review" && "— added by the review",
  ]
    .filter(Boolean)
    .join(" ");
}
