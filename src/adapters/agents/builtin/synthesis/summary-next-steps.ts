import { z } from "zod";
import { idsIn } from "../../../../stage/checks/ids.ts";
import { phaseRuns } from "./compact-lists.ts";
import { homesOf } from "./home-phases.ts";
import {
  bare,
  blocks,
  clause,
  inline,
  lowered,
  sentence,
  sentenceList,
  short,
} from "./markdown.ts";
import { withoutCitations } from "./plain-words.ts";
import { tasksOf, type PlanModel } from "./plan-model.ts";
import { rounds } from "./phase-order.ts";
import { openTopics, topicIds } from "./summary-approach.ts";

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

function questions(model: PlanModel): readonly string[] {
  const all = (model.review?.open_questions ?? []).toSorted(
    (a, b) => Number(b.blocking) - Number(a.blocking),
  );
  const rest = all.length - ASKED;
  const lines = [
    ...all.slice(0, ASKED).map(({ question, blocking }) => {
      const needed = blocking ? " **Work on it waits for this.**" : neededFor(model, question);
      return `${sentence(inline(short(question, 260)))}${needed}`;
    }),
    ...(rest > 0 ? [`and ${rest} more, listed in plan.md.`] : []),
    ...model.requests.questions.map((text) => sentence(inline(text))),
  ];
  if (lines.length === 0) return [];
  return [
    ["**Ask the author of the specification:**", ...lines.map((line) => `   - ${line}`)].join("\n"),
  ];
}

/** ` Needed for phase 4.`, where the phase is known that builds what a text names. */
function neededFor(model: PlanModel, text: string): string {
  const phase = firstPhaseOf(model, idsIn(text));
  return phase === undefined || model.phases.length < 2 ? "" : ` Needed for phase ${phase}.`;
}

function firstPhaseOf({ phases }: PlanModel, ids: readonly string[]): number | undefined {
  const homes = homesOf(phases);
  const at = Math.min(...ids.flatMap((id) => homes.get(id) ?? []));
  return phases[at]?.number;
}

function choices(model: PlanModel): readonly string[] {
  const { analyses, review } = model;
  const topics = openTopics(model);
  const phase = firstPhaseOf(model, topicIds(model));
  const missing = analyses.partial.map(({ role }) => inline(role));
  return [
    ...(topics.length > 0
      ? [
          `**Choose${phase === undefined || phase === 1 ? "" : ` before phase ${phase}`}** (lead developer): ${sentenceList(topics.map(lowered))}.`,
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
  const ids = sentenceList(
    open.map(({ id }) => id),
    6,
  );
  return [
    open.length === 1
      ? `Estimate task ${ids}, which the review added; the effort above excludes it.`
      : `Estimate the ${open.length} tasks that the review added (${ids}); the effort above excludes them.`,
  ];
}

function start(model: PlanModel): readonly string[] {
  const [first] = model.phases;
  if (!first) return [];
  const ready = first.tasks
    .filter(({ dependsOn, origin }) => dependsOn.length === 0 && origin !== "review")
    .slice(0, 3);
  const [, next = []] = rounds(model.phases);
  const side =
    next.length > 1
      ? ` After it, phases ${sentenceList(phaseRuns(next.map(({ number }) => number)))} can be staffed side by side.`
      : "";
  return [
    `**Start phase ${first.number}, ${first.title}:** ${sentenceList(ready.map(({ id, title }) => `“${id} ${bare(clause(title, 100))}”`))} can begin ${ready.length > 1 ? "at once, side by side" : "at once"}.${side}`,
  ];
}
