import { coverageOf } from "../../../../stage/checks/coverage.ts";
import { expectedEffort, showDays } from "./effort.ts";
import {
  bare,
  blocks,
  cell,
  count,
  inline,
  lowered,
  sentence,
  sentenceList,
  short,
  spelled,
  table,
} from "./markdown.ts";
import { deedAgainst } from "./mitigation.ts";
import { tidy } from "./plain-words.ts";
import { tasksNaming, tasksOf, type PlanModel } from "./plan-model.ts";
import { normalId } from "../../../../stage/checks/ids.ts";
import { ownerOf } from "./risk-section.ts";
import { featureOverview } from "./summary-feature.ts";
import { dependenciesIdentified, openTopics, technicalApproach } from "./summary-approach.ts";
import { nextSteps } from "./summary-next-steps.ts";
import { risksAndMitigation, weightiest } from "./summary-risks.ts";

/**
 * planning-summary.md: what a lead reads before deciding, in one or two pages: what to decide, size, biggest risk, open
 * questions; then problem, approach, phases, risks, next steps. Made only of this spec's facts; details are in plan.md.
 */
export const summaryDocument = (model: PlanModel, plan: string): string =>
  `${blocks(
    `# Planning summary: ${model.name}`,
    toDecide(model),
    keyFacts(model, plan),
    featureOverview(model),
    technicalApproach(model),
    dependenciesIdentified(model),
    risksAndMitigation(model),
    nextSteps(model),
    "Details: [plan.md](plan.md).",
  )}\n`;

const escalatedIn = ({ review }: PlanModel) =>
  (review?.conflicts ?? []).filter(({ fate }) => fate === "escalated");

/** What only a person can decide, before or with the approval. */
function toDecide(model: PlanModel): string {
  const contradictions = escalatedIn(model).map(({ topic }) => lowered(inline(bare(topic))));
  const blocking = (model.review?.open_questions ?? []).filter((question) => question.blocking);
  const topics = openTopics(model).map(lowered);
  const { facts, spec } = model;
  const first = [
    facts.ids.length + spec.stories.length + spec.unnumbered.length === 0 &&
      "whether a specification with neither requirements nor user stories can be planned at all",
    contradictions.length > 0 &&
      `${lowered(spelled(contradictions.length))} ${contradictions.length === 1 ? "contradiction" : "contradictions"} in the specification (${contradictions.slice(0, 3).join("; ")})`,
    blocking.length > 0 &&
      `${count(blocking.length, "question")} that ${blocking.length === 1 ? "blocks" : "block"} work of highest priority`,
    model.analyses.partial.length > 0 &&
      `whether a plan without ${sentenceList(model.analyses.partial.map(({ role }) => inline(role)))} analysis is enough`,
  ].filter((text) => text !== false);
  const whole =
    first.length > 0
      ? `first ${sentenceList(first)}; then whether to build it as planned`
      : "whether to build it as planned";
  return `**To decide now:** ${whole}.${
    topics.length > 0
      ? ` ${spelled(topics.length)} technical ${topics.length === 1 ? "choice" : "choices"} (${sentenceList(topics, 4)}) can wait until the work on ${topics.length === 1 ? "it" : "them"} starts.`
      : ""
  }`;
}

function keyFacts(model: PlanModel, plan: string): string {
  const { analyses } = model;
  return table(
    ["In short", ""],
    [
      ["Size", size(model)],
      ["Biggest risk", biggestRisk(model)],
      ["Open", open(model)],
      ["Coverage", covered(model, plan)],
      ...(analyses.partial.length > 0
        ? [["Missing", `${analyses.partial.map(({ role }) => inline(role)).join(", ")} analysis`]]
        : []),
    ],
  );
}

function size(model: PlanModel): string {
  const { estimation } = model.analyses;
  const tasks = tasksOf(model);
  const work = `${count(tasks.length, "task")} in ${count(model.phases.length, "phase")}`;
  if (!estimation || !model.total) return `not estimated; ${work}`;
  const estimated = tasks.flatMap((task) => (task.effort ? [task.effort] : []));
  const { mean, p80 } = expectedEffort(estimated);
  const [optimistic, , pessimistic] = model.total.map(Math.round);
  const left = tasks.length - estimated.length;
  return [
    `${showDays(mean)} person-days expected, ${showDays(p80)} in four of five cases, ${optimistic} to ${pessimistic} at the extremes`,
    `${work}${left > 0 ? ` (${left} not estimated)` : ""}`,
    `confidence ${estimation.confidence}`,
  ].join("; ");
}

function biggestRisk(model: PlanModel): string {
  if (!model.analyses.risk) return "unknown: there is no risk analysis";
  const [worst] = weightiest(model);
  if (!worst) return "none beyond the open points below";
  const tasks = tasksNaming(model, normalId(worst.id)).map(({ id }) => id);
  const answer = [
    lowered(deedAgainst(worst)),
    [tasks.length > 0 && `task ${tasks.join(", ")}`, ownerOf(model, worst)]
      .filter(Boolean)
      .join(", "),
  ];
  return `${cell(short(sentence(tidy(worst.description)), 190))} Score ${worst.score} of 9. Answer: ${cell(`${answer[0]} (${answer[1]})`)}`;
}

function open(model: PlanModel): string {
  const questions = model.review?.open_questions ?? [];
  const blocking = questions.filter((question) => question.blocking).length;
  const choices = openTopics(model).length;
  const parts = [
    questions.length > 0 &&
      `${count(questions.length, "question")} for the author, ${blocking > 0 ? `${blocking} blocking work` : "none blocking the start"}`,
    choices > 0 && count(choices, "technical choice"),
    escalatedIn(model).length > 0 &&
      `${count(escalatedIn(model).length, "contradiction")} that only a person can settle`,
    !model.review && "the analyses were not reviewed",
  ].filter((text) => text !== false);
  return parts.length > 0 ? parts.join("; ") : "nothing";
}

function covered({ spec, facts }: PlanModel, plan: string): string {
  const { total, covered: ids } = coverageOf(spec, plan);
  if (total === 0) return "nothing to count: the specification uses no ids";
  if (ids.length < total)
    return `${ids.length} of ${total}; ${total - ids.length} named as not covered`;
  return `all ${sentenceList(
    [
      count(facts.ids.length, "requirement"),
      count(total - facts.ids.length, "success criterion", "success criteria"),
    ].filter((text) => !text.startsWith("0 ")),
  )} have a place in the plan`;
}
