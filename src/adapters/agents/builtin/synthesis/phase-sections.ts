import { idsIn } from "../../../../stage/checks/ids.ts";
import { dependencyList, idRuns } from "./compact-lists.ts";
import { expectedEffort, showDays, showEffort } from "./effort.ts";
import {
  blocks,
  bullets,
  count,
  inline,
  mermaidLabel,
  sentence,
  sentenceList,
  table,
} from "./markdown.ts";
import { phasesBefore } from "./phase-order.ts";
import { tasksOf, type PlanModel, type PlannedPhase, type PlannedTask } from "./plan-model.ts";

/** `## Implementation phases` and then each phase in the plan grammar, so that plan tools find its tasks. */
export const phaseSections = (model: PlanModel): string =>
  blocks(overview(model), ...model.phases.map((phase) => phaseSection(phase, model)));

function overview(model: PlanModel): string {
  const estimation = model.analyses.estimation;
  const open = tasksOf(model).filter(({ effort }) => effort === undefined).length;
  const rows = model.phases.map((phase) => [
    String(phase.number),
    phase.title,
    String(phase.tasks.length),
    phase.effort ? showEffort(phase.effort) : "not estimated",
    phasesBefore(phase).join(", ") || "—",
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
    expected(model),
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
    whoIsNeeded(model),
  );
}

/** S0 §3: who has to be there for it, each with the reason. */
function whoIsNeeded({ analyses }: PlanModel): string | undefined {
  const needed = analyses.estimation?.resources ?? [];
  if (needed.length === 0) return undefined;
  return blocks(
    "**Who is needed:**",
    bullets(
      needed.map(({ role, why, effort_days: days }) =>
        sentence(
          inline(`${role}${days === undefined ? "" : ` (${count(days, "likely day")})`}: ${why}`),
        ),
      ),
    ),
  );
}

/** What the three points come to, and how. */
function expected(model: PlanModel): string | undefined {
  const points = tasksOf(model).flatMap(({ effort }) => (effort ? [effort] : []));
  if (points.length === 0) return undefined;
  const { mean, p80 } = expectedEffort(points);
  return `Expected: ${showDays(mean)} person-days, the PERT mean (o + 4l + p) / 6 of the total. ${showDays(p80)} hold in four of five cases (P80), by normal approximation with deviation (p − o) / 6 of the total: one method sized all tasks, so errors are taken to point the same way and not to cancel out.`;
}

/** The estimator's ids of phases, as the numbers that they have here: `Phases 2, 3 and 4 need nothing of each other`. */
function withPhaseNumbers(text: string, phases: readonly PlannedPhase[]): string {
  const numbers = new Map(phases.map(({ key, number }) => [key, String(number)]));
  const id = /\bPH?\d+\b/.source;
  const told = text.replace(new RegExp(`${id}(?:(?:, | and )${id})*`, "g"), (list) => {
    const known = list.split(/, | and /).map((key) => numbers.get(key));
    const found = known.filter((number) => number !== undefined);
    if (found.length < known.length) return list;
    return `${found.length > 1 ? "phases" : "phase"} ${sentenceList(found)}`;
  });
  return told.charAt(0).toUpperCase() + told.slice(1);
}

function phaseDiagram({ phases }: PlanModel): string | undefined {
  const edges = phases.flatMap((phase) =>
    phasesBefore(phase).map((number) => `  p${number} --> p${phase.number}`),
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

/** What tasks of a plan are printed by; `estimated` false where nobody was asked for efforts. */
interface Whole {
  readonly phases: readonly PlannedPhase[];
  readonly estimated?: boolean;
}

/** A phase in the plan grammar: its tasks, then what must hold at its end. */
export function phaseSection(phase: PlannedPhase, whole: Whole): string {
  return blocks(
    `## Phase ${phase.number}: ${phase.title}`,
    [
      `**Objective:** ${sentence(inline(phase.goal))}`,
      phase.effort && `**Effort:** ${showEffort(phase.effort)} (optimistic/likely/pessimistic)`,
    ]
      .filter(Boolean)
      .join("\n\n"),
    phase.tasks.map((task) => taskLines(task, whole)).join("\n"),
    phase.deliverables.length > 0 &&
      blocks(
        "**Deliverables:**",
        bullets(phase.deliverables.map((text) => sentence(inline(text)))),
      ),
    phase.verify.length > 0 &&
      blocks(
        `**VERIFY Phase ${phase.number}:**`,
        phase.verify.map((line) => `- [ ] ${line.replace(/^(?=\d)/, "Check: ")}`).join("\n"),
      ),
  );
}

function taskLines(task: PlannedTask, { phases, estimated = true }: Whole): string {
  const { id, title, details, ids, dependsOn, effort, origin } = task;
  const line = [
    `- [ ] ${id} ${title}`,
    ids.length > 0 && !ids.every((one) => idsIn(title).includes(one)) && `(${idRuns(ids)})`,
    dependsOn.length > 0 && `(depends: ${dependencyList(task, phases)})`,
    effort ? `[${showEffort(effort)}]` : estimated && "[not estimated]",
    origin === "review" && "— added by the review",
  ];
  return [line.filter(Boolean).join(" "), ...details.map((text) => `  - ${sentence(text)}`)].join(
    "\n",
  );
}
