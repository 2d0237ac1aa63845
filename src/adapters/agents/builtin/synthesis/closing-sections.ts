import { normalId } from "../../../../stage/checks/ids.ts";
import { unmeasurableCriteria } from "../../../../stage/checks/measurable-criteria.ts";
import type { ReviewSummary } from "../../../../stage/contracts/leading.ts";
import { blocks, bullets, cell, inline, sentence, sentenceList, table } from "./markdown.ts";
import { idRuns } from "./compact-lists.ts";
import type { PlanModel } from "./plan-model.ts";
import { showsInUse } from "./shows-in-use.ts";
import { capitalize } from "../text/terms.ts";
import { existingParts } from "./existing-parts.ts";
import { otherFeatures } from "./other-features.ts";
import { quoted, REQUESTED } from "./requests.ts";

/** `## Success metrics`: each criterion, its target, and where it is measured. */
export function metricsSection(model: PlanModel): string {
  const metrics = model.analyses.requirements?.success_metrics ?? [];
  const targets = new Map(metrics.map(({ id, target }) => [normalId(id), target]));
  const vague = new Set(unmeasurableCriteria(model.spec).map(normalId));
  if (model.spec.criteria.length === 0)
    return blocks(
      "## Success metrics",
      metrics.length > 0
        ? bullets(metrics.map(({ statement }) => sentence(inline(statement))))
        : "The specification states no success criteria. Agree on how success will be measured before work starts.",
    );
  return blocks(
    "## Success metrics",
    table(
      ["Id", "Criterion", "Target", "Measured"],
      model.spec.criteria.map(({ id, text }) => {
        const key = normalId(id);
        const phase = model.phases.find(({ criteria }) => criteria.includes(key));
        const target = targets.get(key);
        return [
          key,
          cell(text),
          vague.has(key)
            ? "not measurable as stated"
            : target && !repeats(target, text)
              ? cell(target)
              : "as stated",
          phase
            ? showsInUse(text)
              ? "in use, after release"
              : `end of phase ${phase.number}`
            : "—",
        ];
      }),
    ),
    vague.size > 0 &&
      `${sentenceList([...vague])} ${vague.size === 1 ? "states" : "state"} nothing that can be measured: ask for a number or a condition.`,
  );
}

/** A target that is the criterion again, whole or cut. */
const repeats = (target: string, criterion: string): boolean =>
  target.length > 40 && criterion.startsWith(target.replace(/\s*…$/, ""));

/** `## Dependencies`: on the outside, then between requirements. */
export function dependenciesSection(model: PlanModel): string {
  const ids = new Set(model.facts.ids);
  const all = model.analyses.requirements?.dependencies ?? [];
  const outside = all.filter(({ to }) => !ids.has(normalId(to)));
  const points = model.analyses.architecture?.integration_points ?? [];
  const stated = model.spec.dependencies.map(({ text }) => sentence(inline(text)));
  const internal = [...model.facts.needs].map(([from, to]) => {
    const reasons = all
      .filter((edge) => normalId(edge.from) === from && to.includes(normalId(edge.to)))
      .map(({ reason }) => inline(reason));
    return sentence(`${from} needs ${sentenceList(to)}: ${[...new Set(reasons)].join("; ")}`);
  });
  const external = [
    ...stated,
    ...points.map(({ name, purpose, requirements }) => {
      const named = requirements.filter((id) => !purpose.includes(id));
      return sentence(
        `**${inline(name)}**: ${inline(purpose)}${named.length > 0 ? ` (${idRuns(named.map(normalId))})` : ""}`,
      );
    }),
    ...otherFeatures(model).map(({ name, text }) => `**${name}**: ${sentence(inline(text))}`),
    ...existingParts(model.spec).map(
      ({ name, where, text }) =>
        `**${inline(capitalize(name))}**, there already (${where}): ${sentence(inline(text))}`,
    ),
    ...outside.map(({ from, to, reason }) =>
      sentence(`${inline(from)} needs ${inline(to)}: ${inline(reason)}`),
    ),
  ];
  return blocks(
    "## Dependencies",
    "### On things outside this feature",
    external.length > 0 ? bullets([...new Set(external)]) : "None that the specification names.",
    "### Between requirements",
    internal.length > 0
      ? bullets(internal)
      : model.analyses.requirements
        ? "None found: the requirements can be built in any order."
        : "Unknown: there is no requirements analysis.",
  );
}

/** Those that do not repeat what the spec assumes. */
const estimationAssumptions = ({ analyses }: PlanModel): readonly string[] =>
  (analyses.estimation?.assumptions ?? []).filter((text) => !/^from the spec\b/i.test(text));

/** `## Assumptions`: each with who made it. */
export function assumptionsSection(model: PlanModel): string {
  const groups: readonly (readonly [string, readonly string[]])[] = [
    ["From the specification", model.spec.assumptions.map(({ text }) => text)],
    ["Constraints of the specification", model.spec.constraints.map(({ text }) => text)],
    ["Made by the estimation", estimationAssumptions(model)],
    ["Requested at the gate", model.requests.assumptions],
  ];
  const filled = groups.filter(([, items]) => items.length > 0);
  return blocks(
    "## Assumptions",
    filled.length === 0 && "Neither the specification nor an analyst states any.",
    ...filled.map(([title, items]) =>
      blocks(`### ${title}`, bullets(items.map((text) => sentence(inline(text))))),
    ),
  );
}

/** Sources that say where in the spec a question stands; others only say which analyst asked. */
const PLACE = /\bline \d+/;

/** `## Open questions`: blocking ones first, then what analysts could not know. */
export function questionsSection(model: Pick<PlanModel, "review" | "requests">): string {
  const questions = (model.review?.open_questions ?? []).toSorted(
    (a, b) => Number(b.blocking) - Number(a.blocking),
  );
  const asked = [
    ...questions.map(({ question, source = "", blocking }) => {
      const place = PLACE.test(source) && !PLACE.test(question) ? ` (${inline(source)})` : "";
      return `${blocking ? "**Blocks work:** " : ""}${sentence(`${inline(question)}${place}`)}`;
    }),
    ...model.requests.questions.map((text) => `${sentence(inline(text))} (asked at the gate)`),
  ];
  const gaps = groupedGaps(model.review?.gaps ?? []);
  return blocks(
    "## Open questions",
    asked.length > 0 ? bullets(asked) : "None.",
    gaps.length > 0 && blocks("### What the analyses could not know", bullets(gaps)),
  );
}

/** What each analyst is about, in the order of the list. */
const SUBJECTS = new Map([
  ["requirements", "Requirements"],
  ["architecture", "Design"],
  ["risk", "Risks"],
  ["estimation", "Effort"],
  ["core", "Core"],
  ["integrations", "Integrations"],
  ["tests", "Tests"],
  ["docs", "Documentation"],
]);

/** One line for each subject that gaps are about. */
function groupedGaps(gaps: ReviewSummary["gaps"]): readonly string[] {
  const titles = [...new Set([...SUBJECTS.values(), "Analyses"])];
  const titleOf = (source: string | undefined) => SUBJECTS.get(source ?? "") ?? "Analyses";
  return titles.flatMap((title) => {
    const own = gaps.filter(({ source }) => titleOf(source) === title);
    const told = [...new Set(own.map(({ description }) => sentence(inline(description))))];
    return told.length > 0 ? [`**${title}:** ${told.join(" ")}`] : [];
  });
}

/** `## Review`: how complete the analyses (or what else was reviewed) are, and each conflict with its fate. */
export function reviewSection(
  { review }: Pick<PlanModel, "review">,
  reviewed: "analyses" | "preparations" = "analyses",
): string {
  if (!review) return blocks("## Review", `The ${reviewed} were not reviewed.`);
  return blocks(
    "## Review",
    `Quality of the ${reviewed}: ${Math.round(review.quality_score)} of 100.`,
    review.completeness_check.length > 0 &&
      table(
        ["Looked at", "Complete", "Found"],
        review.completeness_check.map(({ item, complete, note }) => [
          cell(item),
          complete ? "yes" : "no",
          cell(note ?? ""),
        ]),
      ),
    review.conflicts.length === 0
      ? `The ${reviewed} do not contradict each other.`
      : blocks(
          "### How disagreements were settled",
          reviewed === "analyses" &&
            "The analysts worked from the specification alone, so they can differ.",
          ...review.conflicts.map(conflictText),
        ),
  );
}

const conflictText = (conflict: ReviewSummary["conflicts"][number]): string =>
  blocks(
    `**${inline(conflict.id)}: ${inline(conflict.topic)}** (${conflict.severity}, ${conflict.fate})`,
    bullets([
      ...conflict.statements.map(
        ({ source, statement }) => `${inline(source)}: ${sentence(inline(statement))}`,
      ),
      conflict.resolution === null
        ? "Not settled: a person has to decide."
        : `${conflict.fate === "noted" ? "Noted" : "Settled"}: ${sentence(inline(conflict.resolution))}`,
    ]),
  );

/** What was asked for at the gate or by QA, word for word, with what became of it. */
export const requestedSection = ({ requests }: Pick<PlanModel, "requests">): string | undefined =>
  requests.all.length === 0
    ? undefined
    : blocks(
        `## ${REQUESTED}`,
        "Asked for after an earlier version, in the words of whoever asked.",
        bullets(requests.all.map(({ text, result }) => `“${quoted(text)}” — ${result}.`)),
      );
