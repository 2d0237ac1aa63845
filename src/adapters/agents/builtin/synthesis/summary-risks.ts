import { z } from "zod";
import { HIGH_RISK } from "../../../../stage/checks/risk-mitigations.ts";
import {
  bare,
  blocks,
  cell,
  count,
  inline,
  sentence,
  sentenceList,
  short,
  table,
} from "./markdown.ts";
import { CONTRADICTION } from "../review/contradiction-findings.ts";
import { tidy, withoutCitations } from "./plain-words.ts";
import { tasksOf, type PlanModel } from "./plan-model.ts";
import { byScore, ownerOf } from "./risk-section.ts";

const TOP = 5;

/** `## Risks and mitigation`: the worst ones. */
export function risksAndMitigation(model: PlanModel): string {
  const risks = model.analyses.risk?.risks;
  if (!risks)
    return blocks("## Risks and mitigation", "There is no risk analysis: the risks are unknown.");
  if (risks.length === 0)
    return blocks("## Risks and mitigation", "The risk analysis found none in the specification.");
  const high = risks.filter(({ score }) => score >= HIGH_RISK).length;
  const decided = risks.filter(({ category }) => category === CONTRADICTION).length;
  const rest = byScore(risks).filter(({ category }) => category !== CONTRADICTION);
  const top = rest.slice(0, TOP);
  return blocks(
    "## Risks and mitigation",
    [
      `${count(risks.length, "risk")} found, ${high === 0 ? "none" : high} of them high (score ${HIGH_RISK} or more of 9).`,
      decided > 0 &&
        `${count(decided, "is a contradiction", "are contradictions")} in the specification, to be decided first (see the next steps).`,
      rest.length > top.length ? `The ${top.length} worst${decided > 0 ? " others" : ""}:` : "",
    ]
      .filter(Boolean)
      .join(" "),
    top.length > 0 &&
      table(
        ["Risk", "Score", "Mitigation", "Owner"],
        top.map((risk) => [
          cell(short(tidy(risk.description), 200)),
          String(risk.score),
          cell(short(tidy(risk.mitigation), 280)),
          cell(ownerOf(model, risk)),
        ]),
      ),
  );
}

/** `## Recommended next steps`: what to do on Monday, in order. */
export function nextSteps(model: PlanModel): string {
  const steps = [
    ...decisions(model),
    ...questions(model),
    ...choices(model),
    ...estimates(model),
    ...start(model),
  ];
  return blocks(
    "## Recommended next steps",
    steps.map((step, index) => `${index + 1}. ${step}`).join("\n"),
  );
}

const decisions = ({ review }: PlanModel): readonly string[] =>
  (review?.conflicts ?? [])
    .filter(({ fate }) => fate === "escalated")
    .map((conflict) => {
      const sides = conflict.statements.map(
        ({ source, statement }) =>
          `${inline(withoutCitations(source))} says “${inline(quoteless(short(statement, 160)))}”`,
      );
      const { advice, decider } = said.parse(conflict);
      return [
        `**Decide** (${inline(decider.toLowerCase())}): ${sentence(inline(bare(conflict.topic)))}`,
        `${sides.join(", ")}.`,
        advice && sentence(inline(advice)),
      ]
        .filter(Boolean)
        .join(" ");
    });

/** What our reviewer adds to a conflict that needs a decision. */
const said = z.object({
  advice: z.string().optional(),
  decider: z.string().catch("product owner").default("product owner"),
});

/** Without the quotes and full stop around it. */
const quoteless = (text: string) => bare(text).replace(/^[“"]|[”"]$/g, "");

/** Most questions asked one by one. */
const ASKED = 4;

function questions({ review, requests }: PlanModel): readonly string[] {
  const all = (review?.open_questions ?? []).toSorted(
    (a, b) => Number(b.blocking) - Number(a.blocking),
  );
  const rest = all.length - ASKED;
  const lines = [
    ...all
      .slice(0, ASKED)
      .map(
        ({ question, blocking }) =>
          `${sentence(inline(short(withoutCitations(question), 240)))}${blocking ? " **Work on it waits for this.**" : ""}`,
      ),
    ...(rest > 0 ? [`and ${rest} more, listed in plan.md.`] : []),
    ...requests.questions.map((text) => sentence(inline(text))),
  ];
  if (lines.length === 0) return [];
  return [
    [
      "**Get answers from the author of the specification:**",
      ...lines.map((line) => `   - ${line}`),
    ].join("\n"),
  ];
}

function choices({ analyses, review }: PlanModel): readonly string[] {
  const options = analyses.architecture?.alternatives ?? [];
  const open = [...new Set(options.map(({ topic }) => topic))].filter((topic) =>
    options.every((option) => option.topic !== topic || option.decision === "open"),
  );
  const missing = analyses.partial.map(({ role }) => inline(role));
  return [
    ...(open.length > 0
      ? [
          `**Choose** (lead developer): ${sentenceList(open.map((topic) => inline(bare(withoutCitations(topic)))))}.`,
        ]
      : []),
    ...(missing.length > 0
      ? [`Run the ${sentenceList(missing)} analysis again; this plan lacks it.`]
      : []),
    ...(review ? [] : ["Have the analyses reviewed: there is no review."]),
  ];
}

function estimates(model: PlanModel): readonly string[] {
  const open = tasksOf(model).filter(({ effort }) => effort === undefined);
  if (open.length === 0 || !model.analyses.estimation) return [];
  return [
    `Estimate the ${count(open.length, "task")} that the review added (${sentenceList(
      open.map(({ id }) => id),
      6,
    )}); the effort above excludes ${open.length === 1 ? "it" : "them"}.`,
  ];
}

function start({ phases }: PlanModel): readonly string[] {
  const [first] = phases;
  if (!first) return [];
  const ready = first.tasks
    .filter(({ dependsOn, origin }) => dependsOn.length === 0 && origin !== "review")
    .slice(0, 3);
  return [
    `**Start with phase 1, ${first.title}:** ${sentenceList(ready.map(({ id, title }) => `“${id} ${bare(short(title, 90))}”`))} can begin ${ready.length > 1 ? "at once, side by side" : "at once"}.`,
  ];
}
