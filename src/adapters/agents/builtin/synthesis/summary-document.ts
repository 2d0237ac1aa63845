import { coverageOf } from "../../../../stage/checks/coverage.ts";
import { expectedEffort } from "./effort.ts";
import { blocks, count, inline, sentenceList, table } from "./markdown.ts";
import { tasksOf, type PlanModel } from "./plan-model.ts";
import { featureOverview } from "./summary-feature.ts";
import { dependenciesIdentified, technicalApproach } from "./summary-approach.ts";
import { nextSteps, risksAndMitigation } from "./summary-risks.ts";

/**
 * planning-summary.md: what a lead reads before deciding, in one or two pages: problem, approach, phases, risks, next
 * steps. Made only of this spec's facts; details are in plan.md.
 */
export const summaryDocument = (model: PlanModel, plan: string): string =>
  `${blocks(
    `# Planning summary: ${model.name}`,
    keyNumbers(model, plan),
    featureOverview(model),
    technicalApproach(model),
    dependenciesIdentified(model),
    risksAndMitigation(model),
    nextSteps(model),
    "Details: [plan.md](plan.md).",
  )}\n`;

function keyNumbers(model: PlanModel, plan: string): string {
  const { facts, spec, review, analyses } = model;
  const escalated = (review?.conflicts ?? []).filter(({ fate }) => fate === "escalated").length;
  const asked = [
    count(facts.ids.length, "requirement"),
    count(spec.criteria.length, "success criterion", "success criteria"),
    count(spec.stories.length, "user story", "user stories"),
  ];
  return table(
    ["Key numbers", ""],
    [
      ["Asked for", sentenceList(asked)],
      ["Covered by the plan", covered(model, plan)],
      ["Work", `${count(tasksOf(model).length, "task")} in ${count(model.phases.length, "phase")}`],
      ...effort(model),
      ["Open questions", openQuestions(model)],
      ...(escalated > 0
        ? [["To decide", `${count(escalated, "contradiction")} that only a person can settle`]]
        : []),
      ["Review score", review ? `${Math.round(review.quality_score)} of 100` : "not reviewed"],
      ...(analyses.partial.length > 0
        ? [["Missing", `${analyses.partial.map(({ role }) => inline(role)).join(", ")} analysis`]]
        : []),
    ],
  );
}

function covered({ spec }: PlanModel, plan: string): string {
  const { total, covered: ids } = coverageOf(spec, plan);
  if (total === 0) return "nothing to count: the specification uses no ids";
  return ids.length === total
    ? `all ${total} requirements and criteria`
    : `${ids.length} of ${total}; ${total - ids.length} named as not covered`;
}

function openQuestions({ review }: PlanModel): string {
  const questions = review?.open_questions ?? [];
  const blocking = questions.filter((question) => question.blocking).length;
  if (questions.length === 0) return "none";
  return `${questions.length}, ${blocking > 0 ? `${blocking} of them blocking work` : "none of them blocking the start"}`;
}

function effort(model: PlanModel): readonly (readonly [string, string])[] {
  const { estimation } = model.analyses;
  if (!estimation || !model.total) return [["Effort", "not estimated"]];
  const tasks = tasksOf(model);
  const estimated = tasks.flatMap((task) => (task.effort ? [task.effort] : []));
  const { mean, p80 } = expectedEffort(estimated);
  const [optimistic, , pessimistic] = model.total;
  const open = tasks.length - estimated.length;
  return [
    [
      "Effort",
      `${mean} person-days expected; ${p80} hold in four of five cases; range ${Math.floor(optimistic)} to ${Math.ceil(pessimistic)}`,
    ],
    [
      "Basis",
      `three-point estimates (PERT) of ${count(estimated.length, "task")}, confidence ${estimation.confidence}${open > 0 ? `; ${count(open, "added task")} not estimated` : ""}`,
    ],
  ];
}
